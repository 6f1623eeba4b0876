import assert from "node:assert/strict";
import { python } from "./python.ts";
import { ANY, testPython } from "./test_python.ts";

/** Starts processes in each way there is, writes their ids to a file, and never ends. */
const FAMILY = `
import multiprocessing, os, subprocess, sys, time

def stay():
    time.sleep(600)

if __name__ == "__main__":
    ids = [os.getpid()]
    for method in multiprocessing.get_all_start_methods():
        child = multiprocessing.get_context(method).Process(target=stay)
        child.start()
        ids.append(child.pid)
    ids.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid)
    with open(file + ".part", "w") as out:
        out.write(" ".join(map(str, ids)))
    os.rename(file + ".part", file)
    while True:
        pass
`;

testPython(
  "an aborted python() ends all processes it started",
  ANY,
  async (path) => {
    const { file, ids } = await makeFile();
    const controller = new AbortController();
    const run = python(FAMILY, {
      python: path,
      args: { file },
      signal: controller.signal,
    });
    const ended = assert.rejects(run, { message: "enough" });
    const found = await ids();
    controller.abort(new Error("enough"));
    await ended;
    assert.ok(found.length >= 3);
    await allGone(found);
  },
);

testPython("python() ends when its time is over", ANY, async (path) => {
  await assert.rejects(
    python("import time\ntime.sleep(600)", { python: path, timeoutMs: 100 }),
    {
      name: "TimeoutError",
      message:
        "Cannot finish Python code: still running after 100 ms (timeoutMs)",
    },
  );
});

testPython("python() starts nothing after an abort", ANY, async (path) => {
  const signal = AbortSignal.abort(new Error("before"));
  await assert.rejects(python("1", { python: path, signal }), {
    message: "before",
  });
});

testPython(
  "Python ends with the process that started it",
  ANY,
  async (path) => {
    const { file, ids } = await makeFile();
    const program = `
    import { python } from "${new URL("./python.ts", import.meta.url)}";
    await python(${JSON.stringify(FAMILY)}, ${
      JSON.stringify({ python: path, args: { file } })
    });`;
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--no-config",
        "--no-lock",
        "--allow-all",
        "--quiet",
        `data:text/javascript,${encodeURIComponent(program)}`,
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
    const found = await ids();
    child.kill("SIGKILL");
    await child.status;
    await allGone(found);
  },
);

testPython(
  "python() leaves no process behind that its code did not wait for",
  ANY,
  async (path) => {
    const code = `
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid`;
    const id = await python(code, { python: path });
    await allGone([Number(id)]);
  },
);

/** A file that appears once the processes run. */
async function makeFile() {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/ids`;
  return {
    file,
    async ids(): Promise<readonly number[]> {
      await until(() => exists(file), "the processes run");
      const text = await Deno.readTextFile(file);
      await Deno.remove(folder, { recursive: true });
      return text.split(" ").map(Number);
    },
  };
}

async function allGone(ids: readonly number[]): Promise<void> {
  await until(() => !ids.some(isAlive), "all processes are gone");
}

function isAlive(id: number): boolean {
  try {
    // A process that has ended and is not yet collected is gone, too.
    const stat = Deno.readTextFileSync(`/proc/${id}/stat`);
    return !/^\d+ \(.*\) [ZX]/.test(stat);
  } catch {
    // No such file: no such process.
    return false;
  }
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    // Not yet.
    return false;
  }
}

/** Nothing tells of a foreign process's end, so it is looked for. */
async function until(isTrue: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!isTrue()) {
    assert.ok(performance.now() < deadline, `Waited too long until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

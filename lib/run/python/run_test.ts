import assert from "node:assert/strict";
import { PythonError } from "./error.ts";
import { python, runPython } from "./python.ts";
import { ANY, PYTHONS, testPython } from "./test_python.ts";

for (const { executable, version } of PYTHONS) {
  Deno.test(`python() runs threads, asyncio and processes, ${version}`, async () => {
    const code = `
import asyncio, threading, multiprocessing

def square(n):
    return n * n + offset

def in_threads():
    found = []
    threads = [threading.Thread(target=lambda n=n: found.append(square(n))) for n in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return sorted(found)

def in_processes(method):
    with multiprocessing.get_context(method).Pool(2) as pool:
        return pool.map(square, range(3))

async def later(n):
    await asyncio.sleep(0)
    return square(n)

if __name__ == "__main__":
    found = [in_threads(), await asyncio.gather(*map(later, range(3)))]
    for method in multiprocessing.get_all_start_methods():
        found.append(in_processes(method))
found if __name__ == "__main__" else None`;
    const results = await python(code, {
      python: executable,
      args: { offset: 1 },
      timeoutMs: 30_000,
    }) as unknown[];
    assert.ok(results.length > 2);
    for (const result of results) assert.deepEqual(result, [1, 2, 5]);
  });
}

testPython(
  "python() gives the last expression, like a notebook",
  ANY,
  async (path) => {
    const check = async (code: string, expected: unknown) =>
      assert.deepEqual(await python(code, { python: path }), expected);
    await check("", null);
    await check("x = 1", null);
    await check("x = 1\nx + 1", 2);
    await check("'''doc'''", "doc");
    await check("1\ndef f(): pass", null);
    await check("from __future__ import annotations\n(1, (2,))", [1, [2]]);
    await check("import sys\nsys.exit()", null);
    await check("import sys\nsys.stdin.read()", "");
    await check("__name__", "__main__");
  },
);

testPython(
  "python() raises what Python raises, with the line",
  ANY,
  async (path) => {
    const code = `def half(n):
    if n % 2:
        raise ValueError("odd: %d" % n)
    return n // 2

try:
    half(4) + {}[1]
except KeyError as error:
    half(7)
`;
    const error = await python(code, { python: path }).then(
      () => assert.fail("it raised nothing"),
      (error) => error,
    );
    assert.ok(error instanceof PythonError);
    assert.equal(String(error), "ValueError: odd: 7");
    assert.equal(error.line, 3);
    assert.match(
      error.traceback,
      /File "<cell>", line 9, in <module>\n +half\(7\)/,
    );
    assert.match(error.traceback, /raise ValueError\("odd: %d" % n\)/);
    assert.doesNotMatch(error.traceback, /_skein/);
    assert.match(
      error.stack ?? "",
      /^ValueError: odd: 7\n {4}at half: raise ValueError\("odd: %d" % n\) \(Python <cell>:3:1\)\n {4}at <module>: half\(7\) \(Python <cell>:9:1\)\n {4}at /,
    );
    assert.ok(error.cause instanceof PythonError);
    assert.equal(error.cause.name, "KeyError");
    await assert.rejects(python("def f(:", { python: path }), {
      name: "SyntaxError",
      line: 1,
    });
    await assert.rejects(python("import sys\nsys.exit(3)", { python: path }), {
      name: "SystemExit",
      message: "3",
    });
    await assert.rejects(python("await later()", { python: path }), {
      name: "NameError",
      line: 1,
    });
  },
);

testPython(
  "runPython() tells times and interpreter",
  ANY,
  async (path, known) => {
    const run = await runPython("import time\ntime.sleep(0.01)\n7", {
      python: path,
    });
    assert.equal(run.value, 7);
    assert.ok(run.runMs >= 9 && run.startMs > 0);
    assert.ok(run.totalMs >= run.startMs + run.runMs);
    assert.ok(run.cpuMs >= 0);
    assert.equal(run.python.version, known.version);
  },
);

testPython(
  "python() waits for threads that go on, as a script does",
  ANY,
  async (path) => {
    const folder = await Deno.makeTempDir();
    const file = `${folder}/late`;
    const code = `
import threading
def late():
    threading.main_thread().join()
    open(file, "w").close()
threading.Thread(target=late).start()`;
    await python(code, { python: path, args: { file } });
    await Deno.remove(file);
    await Deno.remove(folder);
  },
);

testPython("python() passes prints on as they come", ANY, async (path) => {
  const program = `
    import { python } from "${new URL("./python.ts", import.meta.url)}";
    await python("import sys\\nprint('one', end='')\\nprint(' two')\\nprint('bad', file=sys.stderr)\\nprint('€')\\nimport os\\nos.write(1, b'x' * 70000)\\nNone", { python: ${
    JSON.stringify(path)
  } });`;
  const { stdout, stderr } = await runDeno(program, ["--allow-all"]);
  assert.equal(stdout, `one two\n€\n${"x".repeat(70_000)}`);
  assert.equal(stderr, "bad\n");
});

testPython(
  "python() needs no permission but to run Python",
  ANY,
  async (path) => {
    const program = `
    import { python } from "${new URL("./python.ts", import.meta.url)}";
    const options = { python: ${JSON.stringify(path)} };
    console.log(await python("import sys\\nsys.modules['_skein_guest'].FOLDER", options));
    console.log(await python("while True: pass", { ...options, timeoutMs: 50 }).catch(String));`;
    const { stdout } = await runDeno(program, [`--allow-run=${path}`]);
    const [folder, ended] = stdout.trim().split("\n");
    assert.match(folder ?? "", /skein-python-/);
    assert.match(
      ended ?? "",
      /^TimeoutError: Cannot finish Python code: .* 50 ms/,
    );
    await assert.rejects(Deno.stat(folder ?? ""), Deno.errors.NotFound);
  },
);

Deno.test("python() says what it needs where nothing is permitted", async () => {
  const program = `
    import { python } from "${new URL("./python.ts", import.meta.url)}";
    console.log(await python("1").catch(String));`;
  const { stdout } = await runDeno(program, []);
  assert.match(
    stdout,
    /^Error: Cannot find Python: python3, python, .*python3\.9: not permitted, allow one with `skein run --allow-run=python3`; expected CPython 3\.9 or newer$/m,
  );
});

Deno.test("python() says what it looked for where there is none", async () => {
  await assert.rejects(python("1", { python: "no-such-python" }), {
    message:
      "Cannot find Python: no-such-python: not there; expected CPython 3.9 or newer",
  });
});

Deno.test("python() refuses arguments before anything starts", async () => {
  const check = (args: Record<string, unknown>, message: RegExp) =>
    assert.rejects(python("1", { args, python: "no-such-python" }), {
      name: "TypeError",
      message,
    });
  await check(
    { "a b": 1 },
    /^Cannot hand "a b" to Python: it is no name there/,
  );
  await check({ f: () => 1 }, /^Cannot hand "f" to Python: a function found/);
});

testPython("python() tells of an interpreter that dies", ANY, async (path) => {
  await assert.rejects(
    python("import os\nos._exit(3)", { python: path }),
    /^Error: Cannot finish Python code: the interpreter ended with code 3, expected a result/,
  );
});

testPython(
  "python() works where told, with variables of the environment",
  ANY,
  async (path) => {
    const folder = await Deno.realPath(await Deno.makeTempDir());
    await Deno.writeTextFile(`${folder}/beside.py`, "value = 5");
    const code =
      "import os, beside\n[os.getcwd(), os.environ['GREETING'], beside.value]";
    assert.deepEqual(
      await python(code, {
        python: path,
        cwd: folder,
        env: { GREETING: "hi" },
      }),
      [folder, "hi", 5],
    );
    await Deno.remove(folder, { recursive: true });
  },
);

async function runDeno(program: string, flags: readonly string[]) {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-config",
      "--no-lock",
      "--quiet",
      ...flags,
      `data:text/javascript,${encodeURIComponent(program)}`,
    ],
    signal: AbortSignal.timeout(60_000),
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { stdout: decode(stdout), stderr: decode(stderr) };
}

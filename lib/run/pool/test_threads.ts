/**
 * What the tests of this folder share: counting what runs, waiting with a deadline.
 * @module
 */
import assert from "node:assert/strict";

/** Counts threads that run JavaScript, and child processes; 0 where that cannot be known. */
export function countRunning(): number {
  if (Deno.build.os !== "linux") return 0;
  let count = 0;
  for (const { name } of Deno.readDirSync("/proc/self/task")) {
    const path = `/proc/self/task/${name}`;
    if (readText(`${path}/comm`).startsWith("worker-")) count++;
    count += readText(`${path}/children`).split(" ").filter(Boolean).length;
  }
  return count;
}

/** Waits until no more than `count` run. */
export async function untilRunning(count: number): Promise<void> {
  await until(() => countRunning() <= count, `no more than ${count} run`);
}

/** Waits for something that the system does in its own time. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  while (!await isTrue()) {
    assert.ok(!deadline.aborted, `Waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Memory that a thread sets to tell that it has come to some point. */
export function createFlag(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** Waits until a thread has set a flag. */
export async function untilSet(flag: Int32Array): Promise<void> {
  await until(() => Atomics.load(flag, 0) !== 0, "a thread has set its flag");
}

/** Runs a program in a process of its own. */
export async function runScript(
  program: string,
  flags: readonly string[] = ["-A"],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const address = `data:text/javascript,${encodeURIComponent(program)}`;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, "--no-config", "--no-lock", "--quiet", address],
    signal: AbortSignal.timeout(30_000),
  }).output();
  const read = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: read(stdout), stderr: read(stderr) };
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    // The thread has just ended.
    return "";
  }
}

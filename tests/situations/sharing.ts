/**
 * Situations of what is shared, left behind, or held when a program ends.
 * @module
 */
import { pool } from "../../lib/run/pool/pool.ts";
import { process } from "../../lib/run/pool/process.ts";
import { Channel, Mutex } from "../../lib/sync/mod.ts";
import { report } from "./look.ts";
import type { Said, Situation } from "./situation.ts";

/** What errors say that a program gets. */
async function errorsOf(
  ...promises: readonly Promise<unknown>[]
): Promise<Said> {
  const outcomes = await Promise.allSettled(promises);
  const texts = outcomes.map((outcome) =>
    outcome.status === "fulfilled"
      ? `gave ${JSON.stringify(outcome.value)}`
      : String(outcome.reason)
  );
  return report({ findings: [], texts });
}

/** Runs a script that uses the library, and tells whether it ended by itself. */
async function runScript(code: string): Promise<Said> {
  const url = (path: string) => JSON.stringify(import.meta.resolve(path));
  const text = `import { Mutex, Channel, Semaphore } from ${
    url("../../lib/sync/mod.ts")
  };
import { pool } from ${url("../../lib/run/pool/pool.ts")};
${code}
console.log("the script is done");`;
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(path, text);
    const signal = AbortSignal.timeout(20_000);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-check", path],
      stdout: "piped",
      stderr: "piped",
      signal,
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) =>
      new TextDecoder().decode(bytes)
    );
    return report({ findings: [], texts: [out!, err!] }, [
      signal.aborted && "the script was kept alive",
    ]);
  } finally {
    await Deno.remove(path);
  }
}

function script(name: string, code: string): Situation {
  return { name, run: () => runScript(code), must: [/the script is done/] };
}

/** Sharing. */
export const SHARING: readonly Situation[] = [
  {
    name: "shared memory is given to a process",
    run: async () => {
      await using count = process((cells: unknown) => typeof cells);
      const memory = new SharedArrayBuffer(8);
      return await errorsOf(
        count(memory),
        count(new Int32Array(memory)),
        count({ deep: [new Uint8Array(memory, 1, 2)] }),
        count(new Mutex()),
        count(new Map([["orders", new Channel()]])),
      );
    },
    must: [/a Mutex found.*processes share no memory/, /a shared Int32Array/],
    never: [/^gave/],
  },
  {
    name: "plain values are given to a process",
    run: async () => {
      await using sum = process((values: Int32Array) => values.length);
      return await errorsOf(sum(new Int32Array(3)));
    },
    must: [/^gave 3$/],
    never: [/shared/],
  },
  {
    name: "a job leaves a promise behind that rejects while another job runs",
    run: async () => {
      await using threads = pool({ size: 1 });
      const leave = () => {
        (async () => {
          await new Promise((resolve) => setTimeout(resolve, 30));
          throw new RangeError("left behind");
        })();
        return "left";
      };
      const nap = async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return "napped";
      };
      return await errorsOf(threads.run(leave), threads.run(nap));
    },
    must: [/gave "left"/, /gave "napped"/],
    never: [/Cannot finish "nap"/],
  },
  {
    name: "a job rejects beside its own promise",
    run: async () => {
      await using threads = pool({ size: 1 });
      const fail = () => {
        Promise.reject(new RangeError("beside"));
        return new Promise(() => {});
      };
      return await errorsOf(threads.run(fail), threads.run(() => "next"));
    },
    must: [/Cannot finish "fail".*beside/, /gave "next"/],
  },
  script("a script holds a lock at its end", "await new Mutex().lock();"),
  script(
    "a script waits for a lock that nobody will give back",
    "const lock = new Mutex(); await lock.lock(); void lock.lock();",
  ),
  script(
    "a script receives from a channel into which nobody sends",
    "void new Channel().receive();",
  ),
  script(
    "a thread with nothing to do holds a lock that a script waits for",
    `const lock = new Mutex();
await pool({ size: 1 }).run(async (lock: Mutex) => void await lock.lock(), [lock]);
void lock.lock();`,
  ),
  script(
    "a thread gives a lock back that a script waits for",
    `const lock = new Mutex();
const threads = pool({ size: 1 });
await threads.ready();
void threads.run((lock: Mutex) => {
  const guard = lock.lockSync();
  const endMs = performance.now() + 300;
  while (performance.now() < endMs);
  guard.unlock();
}, [lock]);
await new Promise((resolve) => setTimeout(resolve, 100));
(await lock.lock()).unlock();`,
  ),
];

/**
 * Two who hand over to one another: tasks, threads, processes.
 *
 * Pairs that share a core are pinned to it by a shell, in a process of their own.
 * @module
 */
import { explainNode, system } from "../../platform/mod.ts";
import { openLink } from "../../run/mod.ts";
import {
  explainNoRun,
  FLAGS,
  openProcess,
  openTalker,
  openWebWorker,
  toAddress,
} from "../peers.ts";
import type { SwitchKind } from "./switch_cost.ts";

/** Takes one sample: milliseconds for one hand-over. */
export type HandOver = (signal: AbortSignal) => Promise<number>;

/** How often a pair hands over in a sample. */
export const COUNTS: Readonly<Record<SwitchKind, number>> = {
  await: 40_000,
  thread: 4_000,
  process: 2_000,
};

/** Two tasks; each `await` lets the other one go on. */
export async function betweenTasks(): Promise<number> {
  const turns = COUNTS.await / 2;
  const task = async () => {
    for (let turn = 0; turn < turns; turn++) await null;
  };
  const startMs = performance.now();
  await Promise.all([task(), task()]);
  return (performance.now() - startMs) / COUNTS.await;
}

/** Two threads of this process, on whichever cores they get. */
export async function betweenThreads(signal: AbortSignal): Promise<number> {
  await using one = openWebWorker(THREAD, signal);
  await using other = openWebWorker(THREAD, signal);
  await Promise.all([one.next(), other.next()]);
  const memory = new SharedArrayBuffer(4);
  [one, other].forEach((peer, me) => peer.send({ memory, me }));
  const [ms] = await Promise.all([one.next(), other.next()]);
  return Number(ms) / COUNTS.thread;
}

/** Two threads of a process that is pinned to one core. */
export function betweenPinnedThreads(signal: AbortSignal): Promise<number> {
  return runShell(`${PIN}exec "$@"`, THREADS, signal);
}

/** Two processes with a pipe each way, pinned or not. */
export function betweenPipedProcesses(isPinned: boolean): HandOver {
  const pin = isPinned ? PIN : "";
  return (signal) => runShell(`${pin}${COUPLE}`, PROCESS, signal);
}

/** Two processes with a loopback socket between them: no program but Deno is needed. */
export async function betweenConnectedProcesses(
  signal: AbortSignal,
): Promise<number> {
  const open = () => openTalker(CONNECTED, "hello", signal);
  await using answering = await open();
  await using leading = await open();
  const ask = (peer: typeof leading, words: string) => {
    peer.tell(words);
    return peer.hear();
  };
  const port = await ask(answering, "listen");
  return Number(await ask(leading, port)) / COUNTS.process;
}

/** Tells why no pair can run in processes of its own; `null` if one can. */
export async function explainNoPairs(
  programs: readonly ("bash" | "taskset")[],
): Promise<string | null> {
  const inNode = explainNode("Processes were left out");
  if (inNode !== null) return inNode;
  for (const command of [...programs, system().execPath()]) {
    const reason = await explainNoRun(command);
    if (reason !== null) return reason;
  }
  return null;
}

async function runShell(
  script: string,
  program: string,
  signal: AbortSignal,
): Promise<number> {
  const deno = [system().execPath(), "run", ...FLAGS, toAddress(program)];
  await using shell = openProcess(
    "bash",
    ["-c", script, "bash", ...deno],
    signal,
  );
  const ms = Number(await shell.next());
  if (ms > 0) return ms;
  throw new Error(
    `Cannot measure the cost of handing over: the pair answered ${ms}, ` +
      `expected milliseconds`,
  );
}

/** Pins the shell, and with it all that it starts, to the first core that it may use. */
const PIN = `list=$(taskset -cp $$) && list=\${list##* } && ` +
  `taskset -cp "\${list%%[,-]*}" $$ >/dev/null || exit 9\n`;
/** Joins two processes by a pipe each way; the second one says what it measured. */
const COUPLE = `exec 3>&1
coproc PEER { exec "$@" 0; }
"$@" 1 <&"\${PEER[0]}" >&"\${PEER[1]}" 2>&3
`;
/** One of two threads: takes its turn, and gives it to the other. */
const THREAD = `
addEventListener("message", ({ data: { memory, me } }) => {
  const turn = new Int32Array(memory);
  const take = (turns) => {
    for (let i = 0; i < turns; i++) {
      while (Atomics.load(turn, 0) !== me) Atomics.wait(turn, 0, 1 - me);
      Atomics.store(turn, 0, 1 - me);
      Atomics.notify(turn, 0);
    }
  };
  take(${COUNTS.thread / 10});
  const startMs = performance.now();
  take(${COUNTS.thread / 2});
  postMessage(performance.now() - startMs);
});
postMessage("here");
`;
/** Two such threads in a process. */
const THREADS = `
const memory = new SharedArrayBuffer(4);
const results = await Promise.all([0, 1].map((me) => new Promise((resolve) => {
  const worker = new Worker(${
  JSON.stringify(toAddress(THREAD))
}, { type: "module" });
  worker.onmessage = ({ data }) =>
    data === "here" ? worker.postMessage({ memory, me }) : resolve(data);
})));
console.log(results[0] / ${COUNTS.thread});
Deno.exit();
`;
/** One of two processes: number 1 leads and measures, number 0 answers. */
const PROCESS = `
const byte = new Uint8Array(1);
const read = () => Deno.stdin.readSync(byte);
const write = () => Deno.stdout.writeSync(byte);
const trip = (count) => {
  for (let i = 0; i < count; i++) {
    write();
    read();
  }
};
if (Deno.args[0] === "0") {
  while (read() !== null) write();
} else {
  trip(${COUNTS.process / 10});
  const startMs = performance.now();
  trip(${COUNTS.process / 2});
  const ms = (performance.now() - startMs) / ${COUNTS.process};
  Deno.stderr.writeSync(new TextEncoder().encode(ms + "\\n"));
}
`;
/** One of two processes that connect: listens and answers, or is told the port and measures. */
const CONNECTED = `
const link = (${openLink})();
const byte = new Uint8Array(1);
for (let line; (line = await link.readLine()) !== null;) {
  const [marker, words] = line.split(" ");
  const say = (said) => link.write(marker + " " + said + "\\n");
  if (words === "hello") await say(words);
  else if (words === "listen") {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    await say(listener.addr.port);
    const peer = await listener.accept();
    peer.setNoDelay(true);
    while (await peer.read(byte) !== null) await peer.write(byte);
  } else {
    const peer = await Deno.connect({ hostname: "127.0.0.1", port: Number(words) });
    peer.setNoDelay(true);
    const trip = async (count) => {
      for (let i = 0; i < count; i++) {
        await peer.write(byte);
        await peer.read(byte);
      }
    };
    await trip(${COUNTS.process / 10});
    const startMs = performance.now();
    await trip(${COUNTS.process / 2});
    await say(performance.now() - startMs);
  }
}
`;

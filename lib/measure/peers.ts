/**
 * Those who are talked with while it is timed: a Worker, a thread, a process.
 *
 * Each runs a small program that answers: a Worker by a message, a process by a
 * line. What is said is up to who measures.
 * @module
 */
import { nodeStandIn, openWorker, system } from "../platform/mod.ts";
import { startChild } from "../run/process/mod.ts";

/** One to talk with; disposing of it ends it. */
export interface Peer extends AsyncDisposable {
  /** Sends a message to a Worker, or bytes to a process. */
  send(message: unknown, transfer?: Transferable[]): void;
  /** Waits for so many answers, one by default, and gives the last. */
  next(count?: number): Promise<unknown>;
}

export function openWebWorker(program: string, signal: AbortSignal): Peer {
  const worker = openWorker(toAddress(program), "measured");
  const inbox = openInbox(signal);
  worker.onmessage = ({ data }) => inbox.take(data);
  worker.onerror = (event) => {
    // Otherwise the error would end this process too.
    event.preventDefault();
    inbox.fail(new Error(`Cannot measure Worker: ${event.message}`));
  };
  return toPeer(worker, inbox);
}

/** Loads what starts threads of `node:worker_threads`. */
export async function loadThreads(): Promise<
  (program: string, signal: AbortSignal) => Peer
> {
  const { Worker } = await import("node:worker_threads");
  const prelude = nodeStandIn()?.threadPrelude ?? "";
  return (program, signal) => {
    const worker = new Worker(new URL(toAddress(prelude + program)));
    const inbox = openInbox(signal);
    worker.on("message", inbox.take);
    worker.on("error", inbox.fail);
    return toPeer(worker, inbox);
  };
}

function toPeer(
  worker: {
    postMessage(message: unknown, transfer: ArrayBuffer[]): void;
    terminate(): unknown;
  },
  { next, close }: Inbox,
): Peer {
  return {
    send: (message, transfer = []) =>
      worker.postMessage(message, transfer as ArrayBuffer[]),
    next,
    async [Symbol.asyncDispose]() {
      await worker.terminate();
      close();
    },
  };
}

/** Waits for the first word of one who was just started; ends it if none comes. */
export async function whenHere(peer: Peer): Promise<Peer> {
  try {
    await peer.next();
    return peer;
  } catch (error) {
    await peer[Symbol.asyncDispose]();
    throw error;
  }
}

/** A process like those of `process(fn)`, which answers each line. */
export interface Talker extends AsyncDisposable {
  readonly pid: number;
  /** Writes a line. Who is gone gives no answer, which is said then. */
  tell(words: string): void;
  /** Waits for an answer. */
  hear(): Promise<string>;
}

/** Starts a process that reads lines, each after the marker of its answer; asks it for a first one. */
export async function openTalker(
  program: string,
  first: string,
  signal: AbortSignal,
): Promise<Talker> {
  const marker = `\u001e${crypto.randomUUID()} `;
  await using opened = new AsyncDisposableStack();
  const child = opened.use(await startChild(program, { marker, signal }));
  const tell = (words: string) =>
    void child.send(`${marker.trim()} ${words}`).catch(() => {});
  const hear = async () => {
    const report = await child.receive();
    if (report !== null) return report;
    const end = await child.explainEnd();
    throw new Error(`Cannot measure process: it ${end}, expected it to stay`);
  };
  tell(first);
  await hear();
  const all = opened.move();
  return {
    pid: child.pid,
    tell,
    hear,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Starts a program of which nothing is read or written. */
export function startSilent(
  command: string,
  args: readonly string[] = [],
): Deno.ChildProcess {
  // The global constructor, looked up now: a host may have put its own there.
  return new (system().Command)(command, {
    args: [...args],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** A program that ended before it said anything, such as a stub that offers to install it. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

/** Tells whether an error means that a program is not there. */
export function isNotInstalled(error: unknown): boolean {
  return error instanceof system().errors.NotFound ||
    error instanceof NoAnswerError;
}

/** Starts a program that answers in lines; what it answers is the last line. */
export function openProcess(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
): Peer {
  signal.throwIfAborted();
  // The global constructor, looked up now: a host may have put its own there.
  const process = new (system().Command)(command, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const input = process.stdin.getWriter();
  const output = process.stdout.getReader();
  return tiePeer(signal, {
    name: command,
    read: async () => (await output.read()).value ?? null,
    send: (bytes) => input.write(bytes),
    async end() {
      endProcess(process);
      await output.cancel().catch(() => {});
      await input.close().catch(() => {});
      await process.status;
    },
  });
}

/** The line to a process. */
export interface PeerLine {
  /** What it is called when it ends too early. */
  readonly name: string;
  /** Gives the next bytes; `null` when there are no more. */
  read(): Promise<Uint8Array | null>;
  send(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends the process, and waits until it has gone; harmless when it has. */
  end(): Promise<void>;
}

/** Talks by a line with a process that answers in lines; the signal ends it. */
export function tiePeer(signal: AbortSignal, line: PeerLine): Peer {
  const inbox = openInbox(signal);
  const end = () => void line.end();
  signal.addEventListener("abort", end, { once: true });
  const heard = hear(line, inbox);
  return {
    send(bytes) {
      // Fails if it has ended; then there is no answer either, which is said.
      line.send(bytes as Uint8Array<ArrayBuffer>).catch(() => {});
    },
    next: inbox.next,
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", end);
      inbox.close();
      await line.end();
      await heard;
    },
  };
}

/** Ends a process; harmless when it has ended. */
export function endProcess(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch (error) {
    // "Child process has already terminated": as wanted.
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Tells why a program may not be run; `null` if it may. It never prompts. */
export async function explainNoRun(command: string): Promise<string | null> {
  const { state } = await system().permissions.query({ name: "run", command });
  return state === "granted"
    ? null
    : `running "${command}" is not permitted, ` +
      `allow it with \`skein run --allow-run=${command}\``;
}

async function hear(
  { read, name }: PeerLine,
  inbox: Inbox,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (let bytes; (bytes = await read()) !== null;) {
      const lines = (rest + decoder.decode(bytes, { stream: true }))
        .split("\n");
      rest = lines.pop()!;
      for (const line of lines) inbox.take(line);
    }
  } catch {
    // The line broke: as if it had ended.
  }
  inbox.fail(
    new NoAnswerError(`Cannot start "${name}": it ended without an answer`),
  );
}

/** What was said and not yet asked for. */
interface Inbox {
  readonly take: (message: unknown) => void;
  readonly fail: (error: unknown) => void;
  readonly next: (count?: number) => Promise<unknown>;
  readonly close: () => void;
}

function openInbox(signal: AbortSignal): Inbox {
  let arrived = 0;
  let last: unknown;
  let failure: { readonly error: unknown } | null = null;
  let waiting:
    | { readonly count: number; readonly ends: PromiseWithResolvers<unknown> }
    | null = null;
  const settle = () => {
    if (waiting === null) return;
    const { count, ends } = waiting;
    if (failure === null && arrived < count) return;
    waiting = null;
    if (failure !== null) return ends.reject(failure.error);
    arrived -= count;
    ends.resolve(last);
  };
  const fail = (error: unknown) => {
    failure ??= { error };
    settle();
  };
  const abort = () => fail(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  return {
    take(message) {
      arrived++;
      last = message;
      settle();
    },
    fail,
    next(count = 1) {
      const ends = Promise.withResolvers<unknown>();
      waiting = { count, ends };
      settle();
      return ends.promise;
    },
    close: () => signal.removeEventListener("abort", abort),
  };
}

/** The address of a module by its text. */
export function toAddress(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** Nothing of the user's may count. */
export const FLAGS: readonly string[] = [
  "--no-prompt",
  "--no-config",
  "--no-lock",
  "--quiet",
];

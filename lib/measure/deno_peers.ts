/**
 * Processes of Deno that are talked with while it is timed.
 *
 * Where a notebook may start no programs, its session starts a copy of itself:
 * the line to that is a loopback socket instead of pipes.
 * @module
 */
import { findCopyStarter, type StartCopy, system } from "../platform/mod.ts";
import { explainNoProcesses } from "../run/process/mod.ts";
import {
  explainNoRun,
  FLAGS,
  openProcess,
  type Peer,
  tiePeer,
  toAddress,
} from "./peers.ts";

/** How a process of Deno is started. */
export interface DenoDoor {
  /** What the line to it is. */
  readonly line: "pipe" | "socket";
  /** Starts a program, by its text, which talks by what `DENO_LINE` names. */
  readonly open: (program: string, signal: AbortSignal) => Promise<Peer>;
}

/** Tells why no process of Deno can be started; `null` if one can. It never prompts. */
export async function explainNoDeno(): Promise<string | null> {
  return await mayRunDeno() ? null : await explainNoProcesses();
}

/** Finds how a process of Deno is started here, where one can be. */
export async function findDenoDoor(): Promise<DenoDoor> {
  const startCopy = findCopyStarter();
  return startCopy === null || await mayRunDeno()
    ? { line: "pipe", open: openDeno }
    : {
      line: "socket",
      open: (program, signal) => openCopy(startCopy, program, signal),
    };
}

async function mayRunDeno(): Promise<boolean> {
  return await explainNoRun(system().execPath()) === null;
}

// deno-lint-ignore require-await -- The other door takes time.
async function openDeno(program: string, signal: AbortSignal): Promise<Peer> {
  const args = ["run", ...FLAGS, toAddress(program)];
  return openProcess(system().execPath(), args, signal);
}

async function openCopy(
  startCopy: StartCopy,
  program: string,
  signal: AbortSignal,
): Promise<Peer> {
  const { read, send, stop, ended } = await startCopy({ program, signal });
  return tiePeer(signal, {
    name: "a copy of this session",
    read,
    send,
    async end() {
      stop();
      await ended;
    },
  });
}

/** Begins a program that may be started by either door: gives it `readable` and `write`. */
export const DENO_LINE = `
const { readable = Deno.stdin.readable, write = (bytes) => Deno.stdout.writeSync(bytes) } =
  globalThis[Symbol.for("Skein.link")] ?? {};
`;

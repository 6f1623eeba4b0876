/**
 * A subprocess that answers calls of one function: how it is started, and what
 * it says.
 *
 * The inside is in `server_guest.ts`. One job a process is run by `process.ts`,
 * one call after another by `lib/run/pool/remote_process.ts`.
 * @module
 */
import { readCpuTimes } from "../../trace/mod.ts";
import { describeError, runJob, watchThread } from "../guest.ts";
import { type TaskText, toModuleAddress } from "../here/main_thread.ts";
import { openLink } from "../link.ts";
import {
  createStructuredText,
  type StructuredText,
} from "../structured_text.ts";
import { type Child, startChild } from "./child.ts";
import {
  type CallOutcome,
  type CallTimes,
  type ProcessOrder,
  type ReadyReport,
  serveCalls,
} from "./server_guest.ts";

/** A child whose function is loaded. */
export interface Serving {
  readonly child: Child;
  /** What it has said. */
  readonly ready: ReadyReport;
}

/** What came back of a call. */
export interface Answer {
  /** The outcome, still encoded: reading it takes time, too. */
  readonly text: string;
  readonly times: CallTimes;
}

/** Writes and reads what goes over the line. */
export const coder: StructuredText = createStructuredText();

/** Starts it; `take` gets the child as soon as there is one, to end it. */
export async function startServing(
  task: TaskText,
  signal: AbortSignal,
  take: (child: Child) => void = () => {},
): Promise<Serving> {
  const marker = `\u001e${crypto.randomUUID()} `;
  const { name, source } = task;
  const order: ProcessOrder = { marker, module: toModuleAddress(source), name };
  const child = await startChild(PROGRAM, { marker, signal });
  take(child);
  await child.send(JSON.stringify(order));
  return { child, ready: coder.decode(await hear(child, task)) as ReadyReport };
}

/** Waits for what comes back of a call. */
export async function hearAnswer(
  child: Child,
  task: TaskText,
): Promise<Answer> {
  const text = await hear(child, task);
  const times = coder.decode(await hear(child, task)) as CallTimes;
  return { text, times };
}

/** Reads the outcome of an answer. */
export function readOutcome({ text }: Answer): CallOutcome {
  return coder.decode(text) as CallOutcome;
}

async function hear(child: Child, task: TaskText): Promise<string> {
  const report = await child.receive();
  if (report !== null) return report;
  const found = `its process ${await child.explainEnd()}`;
  throw new Error(`Cannot finish "${task.name}": ${found}, expected a result`);
}

const PROGRAM = `await (${serveCalls})({
  describeError: ${describeError},
  runJob: ${runJob},
  watchThread: ${watchThread},
  readCpuTimes: ${readCpuTimes},
}, ${createStructuredText}, ${openLink});
`;

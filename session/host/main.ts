/**
 * The session process: receives commands, runs cells, emits events.
 *
 * Depends on nothing but built-ins, so that it starts fast and the user's
 * import map is the user's alone. Its stdin holds the setup, and answers to
 * questions of cells; commands arrive over a loopback socket; events leave in frames on stdout.
 * When the socket closes, the kernel is gone, and so are we.
 * @module
 */
import type {
  ErrorReport,
  ExecuteCommand,
  LookupCommand,
  SessionCommand,
  SessionEvent,
  SessionSetup,
} from "../../protocol/session.ts";
import { currentExecution } from "./attribution.ts";
import { Children } from "./children.ts";
import { readCommands } from "./commands.ts";
import { Copies } from "./copies.ts";
import { Comms } from "./comms.ts";
import { installConsole } from "./console.ts";
import { Displays } from "./displays.ts";
import { reportError } from "./errors.ts";
import { Evaluator } from "./evaluate.ts";
import { createWriter, type WriteStream } from "./frames.ts";
import {
  errorOfEvent,
  listenTo,
  messageOfEvent,
  own,
  preventDefault,
  reasonOfEvent,
  setInterval,
  setTimeout,
  TheError,
} from "./intrinsics.ts";
import { openOutlets } from "./outlets.ts";
import { createLineReader, installInput } from "./input.ts";
import { installJupyter } from "./jupyter.ts";
import { complete, inspectAt } from "./lookup.ts";
import { LocalModules } from "./local_modules.ts";
import { createMeta } from "./modules.ts";
import { NodeTracking } from "./node_tracking.ts";
import { installProcesses } from "./processes.ts";
import { installRequire } from "./require.ts";
import { installServers } from "./servers.ts";
import { installStacks } from "./stacks.ts";
import { survey } from "./survey.ts";
import { closeStdin, installNodeStdio, installStdio } from "./stdio.ts";
import { Tests } from "./tests.ts";
import { installTimers, stopTimer, stopTimers } from "./timers.ts";
import { installTrack } from "./track.ts";
import { installWorkers, isToldByDeno } from "./workers.ts";

const NODE_STDIO_DELAY_MS = 10;
const LONG_MS = 2 ** 30;

const readLine = createLineReader(Deno.stdin.readSync.bind(Deno.stdin));
const setup: SessionSetup = JSON.parse(readLine() ?? "null");
const socket = await Deno.connect({ hostname: "127.0.0.1", port: setup.port });
socket.setNoDelay(true);
await socket.write(new TextEncoder().encode(setup.token));

const frames = {
  nonce: setup.nonce,
  atomicBytes: setup.atomicBytes,
  maxEventBytes: setup.maxEventBytes,
  writer: 0,
};
const { emit: emitNow, mark, announce } = openOutlets(frames);
const exit = Deno.exit;
let lastChild = 0;
const children = new Children(announce, () => ++lastChild);
let lastWriter = 0;
const copies = new Copies(emitNow, children);
// What copies printed before the lines that were read from them comes first.
const emit = (event: SessionEvent) => {
  copies.confirm();
  emitNow(event);
};
const writeAll = createWriter(emit, currentExecution);
const tests: Tests = new Tests({
  origin: setup.notebookUrl,
  write: writeAll,
  emit,
  isRunning: (executionId) => evaluator.isRunning(executionId),
  reportLate,
});
const write: WriteStream = (name, text) => {
  if (!tests.isMuted) writeAll(name, text);
};
const read = socket.read.bind(socket);

installStacks();
installTimers();
tests.install();
installConsole(write);
installStdio(write);
closeStdin();
installWorkers({
  frames,
  baseUrl: setup.folderUrl,
  children,
  nextWriter: () => 1 + lastWriter++ % 8191,
});
const processHost = {
  children,
  write,
  mayWriteRaw: () => !children.othersWriteRaw(),
};
installProcesses(processHost);
installServers(children);
const nodeTracking = new NodeTracking(processHost);

const displays = new Displays();
installJupyter(emit, displays);
installInput(emit, readLine);
const comms = new Comms(emit);
Deno.exit = (code = Deno.exitCode) => {
  // Refuses what is no exit code, as the true function does.
  const before = Deno.exitCode;
  Deno.exitCode = code;
  if (tests.isExitRefused) {
    Deno.exitCode = before;
    throw new TheError(`the test called Deno.exit(${code})`);
  }
  children.stop();
  emit({ type: "exiting", code: Deno.exitCode });
  return exit();
};

function reportInBackground(thrown: unknown): void {
  reportLate(reportError(thrown));
}
function reportLate(report: ErrorReport): void {
  const executionId = currentExecution();
  emit({ type: "error", executionId, background: true, report });
}
listenTo(globalThis, "error", (event: ErrorEvent) => {
  // Without this, Deno would end the process and with it all variables.
  preventDefault(event);
  if (isToldByDeno(event)) return;
  reportInBackground(
    errorOfEvent(event) ?? new TheError(messageOfEvent(event)),
  );
});
listenTo(globalThis, "unhandledrejection", (event: PromiseRejectionEvent) => {
  preventDefault(event);
  const reason = reasonOfEvent(event);
  // Of a Worker, when what it threw is no error.
  if (!isErrorOfWorker(reason)) reportInBackground(reason);
});

const meta = createMeta(setup.notebookUrl);
installRequire(meta, setup.modules);
const localModules = new LocalModules(setup.folderUrl, setup.modules);
const evaluator: Evaluator = new Evaluator({
  emit,
  meta,
  settle: (executionId) => displays.settle(executionId),
  runTests: (executionId) => tests.run(executionId),
  async prepareImport(url) {
    localModules.prepare(url);
    await own(nodeTracking.prepare(url));
  },
  keepModule: (name, source) => localModules.keep(name, source),
  // What subprocesses wrote to stderr is in that pipe before this mark is.
  flush(executionId) {
    // Those of a cell that has failed.
    tests.forget(executionId);
    mark({ type: "done", executionId, outcome: "ok" });
  },
  stopStarted(executionId) {
    stopTimers(executionId);
    children.stop(executionId);
  },
});

installTrack(children, copies, evaluator.turns);

function carryOut(command: SessionCommand): void {
  switch (command.type) {
    case "execute":
      prepareNodeStdio();
      void run(command);
      return;
    case "interrupt":
      // What the abort signals of cells set off is not to be ended half way.
      upkeep(() => evaluator.interrupt());
      emit({ type: "interrupted", interruptId: command.interruptId });
      return;
    case "comm":
      void evaluator.listen(command.executionId, () => comms.take(command));
      return;
    case "copy-started":
    case "copy-ended":
    case "copy-refused":
      copies.take(command);
      return;
    case "lookup":
      lookUp(command);
      return;
    case "survey":
      emit(survey(command.surveyId));
      return;
    case "stop":
      if (command.what === "timer") stopTimer(command.id);
      else children.stopOne(command.id);
      return;
    default:
      command satisfies never;
  }
}

async function run(command: ExecuteCommand): Promise<void> {
  await own(evaluator.execute(command));
  planNodeStdio();
}

function lookUp({ lookupId, what, code, cursor }: LookupCommand): void {
  if (what === "complete") {
    const found = knowing(() => complete(code, cursor)) ??
      { matches: [], types: [], start: cursor, end: cursor };
    emit({ type: "completions", lookupId, ...found });
  } else {
    const isDetailed = what === "inspect-detailed";
    const text = knowing(() => inspectAt(code, cursor, isDetailed));
    emit({ type: "description", lookupId, text });
  }
}

/** What cells have broken can not be looked up, which must not break us. */
function knowing<T>(find: () => T): T | null {
  try {
    return find();
  } catch {
    return null;
  }
}

/**
 * Node's streams take 20 ms to load: not before the first answer is given, but
 * before the second cell. Not at once either: an interrupt of the first cell
 * may still be on its way to V8, and must not end a load that is half done.
 */
let nodeStdio: "later" | "due" | "ready" = "later";
function planNodeStdio(): void {
  if (nodeStdio !== "later") return;
  nodeStdio = "due";
  setTimeout(prepareNodeStdio, NODE_STDIO_DELAY_MS);
}
function prepareNodeStdio(): void {
  if (nodeStdio !== "due") return;
  nodeStdio = "ready";
  upkeep(() => {
    try {
      installNodeStdio(write);
    } catch {
      // A cell has broken what Node needs; its text still arrives, as raw text.
    }
  });
}

function isErrorOfWorker(thrown: unknown): boolean {
  const message = knowing(() => (thrown as Error | null)?.message);
  return message === "Unhandled error in child worker.";
}

/** Else an interrupt would take it for a cell that computes, and have it ended. */
function upkeep(work: () => void): void {
  emit({ type: "upkeep", isOver: false });
  try {
    work();
  } finally {
    emit({ type: "upkeep", isOver: true });
  }
}

emit({
  type: "ready",
  pid: Deno.pid,
  deno: Deno.version.deno,
  v8: Deno.version.v8,
});
// V8 may end our own loop instead of a cell that is over in that very moment:
// with nothing left to wait for, Deno would end the process.
setInterval(() => {}, LONG_MS);
async function listen(): Promise<void> {
  const isWhole = await own(readCommands(read, carryOut));
  children.stop();
  exit(isWhole ? 0 : setup.brokenLineCode);
}

// The kernel calls this through the inspector when nobody listens any more.
Object.defineProperty(globalThis, Symbol.for("skein.revive"), {
  value(interruptId: number) {
    void listen();
    carryOut({ type: "interrupt", interruptId });
  },
});
await listen();

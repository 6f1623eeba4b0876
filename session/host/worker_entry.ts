/**
 * The first module of each Worker that a cell starts: makes what it prints and
 * starts belong to that cell. Runs in the Worker, before its script; a Worker of
 * a Worker has it as well.
 * @module
 */
import { belongTo, currentExecution } from "./attribution.ts";
import { Children } from "./children.ts";
import { installConsole } from "./console.ts";
import { createWriter } from "./frames.ts";
import { apply, nodeProcess } from "./intrinsics.ts";
import { openOutlets } from "./outlets.ts";
import { installProcesses } from "./processes.ts";
import { installStacks } from "./stacks.ts";
import { installNodeStdio, installStdio } from "./stdio.ts";
import { WORKER_SETUP, type WorkerSetup } from "./worker_setup.ts";
import { installWorkers } from "./workers.ts";

const scope = globalThis as unknown as Record<string, unknown>;
const setup = scope[WORKER_SETUP] as WorkerSetup;
delete scope[WORKER_SETUP];
const { frames, executionId, childId, name, baseUrl } = setup;

belongTo(executionId);
// Deno was given another one, by which its own messages can be told apart.
scope.name = name;
const { emit, announce } = openOutlets(frames);
const write = createWriter(emit, currentExecution);
const { floor, random } = Math;
const children = new Children(announce, () => floor(random() * 2 ** 52));
installStacks();
installConsole(write);
installStdio(write);
installWorkers({
  frames,
  baseUrl,
  children,
  // Half of the numbers are for Workers of Workers, who can not ask for one:
  // two that wrote long messages at once would need the same one in 8192.
  nextWriter: () => 8192 + floor(random() * 8192),
});
// Who writes raw text is agreed on in the main thread, which may be busy.
installProcesses({ children, write, mayWriteRaw: () => false });
announceEnd("close", scope);
announceEnd("exit", Deno as unknown as Record<string, unknown>);
installProcess();

/** A Worker that ends by its own wish tells of it while it can. */
function announceEnd(name: string, holder: Record<string, unknown>): void {
  const end = holder[name] as (...args: unknown[]) => unknown;
  Object.defineProperty(holder, name, {
    value: (...args: unknown[]) => {
      announce({ type: "ended", childId });
      return apply(end, holder, args);
    },
    configurable: true,
    writable: true,
  });
}

/** Node's streams take 20 ms to load: not before the Worker asks for them. */
function installProcess(): void {
  Object.defineProperty(globalThis, "process", {
    get() {
      const process = nodeProcess();
      Object.defineProperty(globalThis, "process", {
        value: process,
        configurable: true,
        writable: true,
      });
      installNodeStdio(write);
      return process;
    },
    set(value: unknown) {
      Object.defineProperty(globalThis, "process", {
        value,
        configurable: true,
        writable: true,
      });
    },
    configurable: true,
  });
}

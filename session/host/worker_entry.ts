/**
 * The first module of each Worker that a cell starts: makes its console write
 * frames in the name of that cell. Runs in the Worker, before its script.
 * @module
 */
import { installConsole } from "./console.ts";
import { createEmitter, createSink, STDOUT_BUFFER_BYTES } from "./frames.ts";
import { installStdio } from "./stdio.ts";
import { WORKER_SETUP, type WorkerSetup } from "./worker_setup.ts";

const scope = globalThis as unknown as Record<string, unknown>;
const { frames, executionId } = scope[WORKER_SETUP] as WorkerSetup;
delete scope[WORKER_SETUP];

const writeSync = Deno.stdout.writeSync.bind(Deno.stdout);
const emit = createEmitter(frames, createSink(writeSync, STDOUT_BUFFER_BYTES));
const write = (name: "stdout" | "stderr", text: string) =>
  emit({ type: "stream", executionId, name, text });
installConsole(write);
installStdio(write);

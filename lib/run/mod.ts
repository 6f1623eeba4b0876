/**
 * Tasks, and how they run: shipped by their text, watched, told of.
 *
 * Threads, processes and Python have doors of their own: `pool/`, `process/`, `python/`.
 * @module
 */
export { type RemoteJobOptions, runInProcess, runInWorker } from "./apart.ts";
export { watchThread } from "./guest.ts";
export {
  loadTask,
  runHere,
  runWatched,
  type TaskText,
  toModuleAddress,
} from "./here/main_thread.ts";
export { openLink } from "./link.ts";
export { childrenOf, findFreeReferences, type FunctionNode } from "./scope.ts";
export { createStructuredText } from "./structured_text.ts";
export { type Task, task, toTask } from "./task.ts";

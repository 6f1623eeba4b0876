/**
 * What programs of threads and processes begin with in Node, so that the rest
 * of their text is the same as in Deno.
 *
 * Pure: texts.
 * @module
 */
import { fillGaps } from "./gaps.ts";
import { openWorkerScope } from "./node_scope.ts";

/** Of a thread of `node:worker_threads`. */
export const THREAD_PRELUDE: string = `(${fillGaps})();
(${openWorkerScope})();
`;

/** Of a process; `Deno` is a name in that module only, and no global one. */
export const CHILD_PRELUDE: string = `(${fillGaps})();
const Deno = (() => {
  const { Readable } = process.getBuiltinModule("node:stream");
  const { writeSync } = process.getBuiltinModule("node:fs");
  const exit = (code) => process.exit(code);
  globalThis.close = () => exit(0);
  return {
    exit,
    stdin: { readable: Readable.toWeb(process.stdin) },
    stdout: { writeSync: (bytes) => writeSync(1, bytes) },
  };
})();
`;

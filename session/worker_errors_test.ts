import assert from "node:assert/strict";
import { type RawPiece, splitWorkerErrors } from "./worker_errors.ts";

function check(text: string, expected: readonly RawPiece[]): void {
  const nameOf = (id: string) => id === "1" ? "Cell [7]" : undefined;
  assert.deepEqual(splitWorkerErrors(text, nameOf), expected);
}

Deno.test("splitWorkerErrors() leaves other text alone", () => {
  check("", []);
  check("a\nb", [{ executionId: null, text: "a\nb" }]);
  const ownName = 'error: Uncaught (in worker "") Error: x\n';
  check(ownName, [{ executionId: null, text: ownName }]);
  const quoted = 'said: error: Uncaught (in worker "#1 a") x\n';
  check(quoted, [{ executionId: null, text: quoted }]);
});

Deno.test("splitWorkerErrors() tells whose Worker it was, and keeps its name", () => {
  check(
    'before\nerror: Uncaught (in worker "#12 ") Error: a\n    at f (blob:x:1:2)\n' +
      'error: Uncaught (in worker "#3 my "name"") (in promise) Error: b\n',
    [
      { executionId: null, text: "before\n" },
      {
        executionId: "12",
        text:
          'error: Uncaught (in worker "") Error: a\n    at f (blob:x:1:2)\n',
      },
      {
        executionId: "3",
        text: 'error: Uncaught (in worker "my "name"") (in promise) Error: b\n',
      },
    ],
  );
});

Deno.test("splitWorkerErrors() leaves out the frames of the runtime", () => {
  check(
    'error: Uncaught (in worker "#1 ") Error: late\nthrow new Error("late")\n      ^\n' +
      "    at Timeout._onTimeout (blob:null/1:1:23)\n" +
      "    at invokeCallback (ext:deno_node/internal/timers.mjs:4:810)\n" +
      "    at __processTimers (ext:core/01_core.js:448:21)\n",
    [{
      executionId: "1",
      text:
        'error: Uncaught (in worker "") Error: late\nthrow new Error("late")\n      ^\n' +
        "    at Timeout._onTimeout (Worker of Cell [7]:1:23)\n",
    }],
  );
});

Deno.test("splitWorkerErrors() leaves out that a Worker's Worker has failed", () => {
  const own = 'error: Uncaught (in worker "#2 in") Error: deep\n' +
    "    at blob:null/1f-a:1:7\n";
  const again = 'error: Uncaught (in worker "#2 out") (in promise) ' +
    "Error: Unhandled error in child worker.\n    at f (ext:core/x.js:1:2)\n";
  check(own + again, [{
    executionId: "2",
    text: 'error: Uncaught (in worker "in") Error: deep\n' +
      "    at Worker of a cell:1:7\n",
  }]);
  // Whoever throws such an error has a line in a script.
  const thrown = again + "throw new Error(x)\n    at f (file:///x.ts:1:2)\n";
  check(thrown, [{
    executionId: "2",
    text: thrown.replace(/#2 | {4}at f \(ext.*\n/g, ""),
  }]);
});

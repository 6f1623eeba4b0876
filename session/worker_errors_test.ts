import assert from "node:assert/strict";
import { type RawPiece, splitWorkerErrors } from "./worker_errors.ts";

function check(text: string, expected: readonly RawPiece[]): void {
  assert.deepEqual(splitWorkerErrors(text), expected);
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
        "    at Timeout._onTimeout (blob:null/1:1:23)\n",
    }],
  );
});

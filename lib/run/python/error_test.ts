import assert from "node:assert/strict";
import { PythonError } from "./error.ts";

const TRACEBACK = `Traceback (most recent call last):
  File "<cell>", line 1, in <module>
KeyError: 1

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "<cell>", line 3, in <module>
    f(0)
  File "/lib/thing.py", line 12, in f
    return (1 / n)
           ~~^~~
ZeroDivisionError: division by zero
`;

Deno.test("PythonError writes Python's frames before its own, the innermost first", () => {
  const error = new PythonError({
    name: "ZeroDivisionError",
    message: "division by zero",
    line: 3,
    traceback: TRACEBACK,
    cause: {
      name: "KeyError",
      message: "1",
      line: 1,
      traceback: "",
      cause: null,
    },
  });
  const lines = error.stack?.split("\n") ?? [];
  assert.deepEqual(lines.slice(0, 3), [
    "ZeroDivisionError: division by zero",
    "    at f: return\u00a0(1 / n) (Python /lib/thing.py:12:1)",
    "    at <module>: f(0) (Python <cell>:3:1)",
  ]);
  assert.match(lines[3] ?? "", /^ {4}at .*error_test\.ts/);
  assert.equal(error.traceback, TRACEBACK);
  assert.equal((error.cause as PythonError).name, "KeyError");
  assert.deepEqual(Object.keys(error), []);
});

Deno.test("PythonError has a frame where code cannot be read", () => {
  const error = new PythonError({
    name: "SyntaxError",
    message: "invalid syntax",
    line: 1,
    traceback:
      '  File "<cell>", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n',
    cause: null,
  });
  assert.match(error.stack ?? "", /\n {4}at def f\(: \(Python <cell>:1:1\)\n/);
  assert.equal(error.cause, undefined);
});

import assert from "node:assert/strict";
import { readParameters } from "./run.ts";

Deno.test("readParameters() takes JSON for what it is, all else for text", () => {
  const check = (texts: readonly string[], expected: [string, unknown][]) =>
    assert.deepEqual(Object.entries(readParameters(texts)), expected);
  check([], []);
  check(["x=1", "y=-1.5e3"], [["x", 1], ["y", -1500]]);
  check(["x=true", "y=null"], [["x", true], ["y", null]]);
  check([`x="1"`, `y=[1, {"a": "b"}]`], [["x", "1"], ["y", [1, { a: "b" }]]]);
  check(["x=text", "y=two words", "z=01"], [
    ["x", "text"],
    ["y", "two words"],
    ["z", "01"],
  ]);
  check(["x=", "y=a=b"], [["x", ""], ["y", "a=b"]]);
  check(["x=1", "x=2"], [["x", 2]]);
  check(["__proto__=1"], [["__proto__", 1]]);
  check(['x=é "</script>'], [["x", 'é "</script>']]);
});

Deno.test("readParameters() says what is expected", () => {
  const check = (text: string) =>
    assert.throws(
      () => readParameters([text]),
      new RangeError(
        `Cannot set parameter: found ${
          JSON.stringify(text)
        }, expected NAME=VALUE`,
      ),
    );
  check("x");
  check("=1");
  check("");
});

import assert from "node:assert/strict";
import { readParameters as readTyped } from "./parameters.ts";

/** The values alone. */
function readParameters(texts: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(readTyped(texts)).map(([name, { value }]) => [name, value]),
  );
}

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
  check(["__proto__=1"], [["__proto__", 1]]);
  check(['x=é "</script>'], [["x", 'é "</script>']]);
});

Deno.test("readParameters() never changes a number", () => {
  const check = (text: string, expected: unknown) => {
    assert.deepEqual(readParameters([`x=${text}`]), { x: expected });
  };
  check("9007199254740992", 9007199254740992);
  check("9007199254740993", 9007199254740993n);
  check("-12345678901234567890", -12345678901234567890n);
  check('{"id": [12345678901234567890]}', { id: [12345678901234567890n] });
  check("1" + "0".repeat(400), 10n ** 400n);
  check("-0", -0);
  check("0e5", 0);
  check("0.1", 0.1);
  check("1e21", 1e21);
  check("NaN", NaN);
  check("-Infinity", -Infinity);
  check(' [NaN, {"a": Infinity, "NaN": "NaN"}]', [NaN, {
    a: Infinity,
    NaN: "NaN",
  }]);
  check('"NaN"', "NaN");
  check("NaN and more", "NaN and more");
  check("{NaN: 1}", "{NaN: 1}");
  check("-NaN", "-NaN");
  for (const text of ["1e400", "-1E999", "[1e400]", '{"a": 1e-400}']) {
    assert.throws(
      () => readParameters([`x=${text}`]),
      (error: Error) =>
        error instanceof RangeError &&
        /^Cannot set parameter "x": -?1[eE]-?\d+ is beyond what a number holds/
          .test(error.message),
      text,
    );
  }
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

Deno.test("readParameters() keeps what was typed, and refuses a name twice", () => {
  assert.deepEqual(readTyped(["x=0123"]), {
    x: { value: "0123", text: "0123" },
  });
  assert.throws(() => readTyped(["x=1", "x=2"]), {
    message: 'Cannot set parameter "x": it is given twice, expected once',
  });
});

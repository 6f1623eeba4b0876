import assert from "node:assert/strict";
import { reportError } from "./errors.ts";

Deno.test("reportError() takes an error apart", () => {
  const report = reportError(new RangeError("too far"));
  assert.equal(report.name, "RangeError");
  assert.equal(report.message, "too far");
  assert.match(report.stack, /^ {4}at .*errors_test\.ts:\d+:\d+/);
  assert.equal(report.properties, undefined);
  assert.equal(report.cause, undefined);
  assert.equal(report.errors, undefined);
});

Deno.test("reportError() shows values that are no errors", () => {
  const table: readonly (readonly [unknown, string])[] = [
    [null, "null"],
    [undefined, "undefined"],
    ["text", '"text"'],
    [-0, "-0"],
    [{ a: 1 }, "{ a: 1 }"],
    [Symbol("s"), "Symbol(s)"],
  ];
  for (const [thrown, message] of table) {
    const report = { name: "Uncaught", message, stack: "" };
    assert.deepEqual(reportError(thrown), report);
  }
});

Deno.test("reportError() keeps what else an error carries", () => {
  const error = Object.assign(new Error("x"), { code: "ENOENT", errno: 2 });
  assert.equal(reportError(error).properties, '{ code: "ENOENT", errno: 2 }');
});

Deno.test("reportError() follows causes, a bounded number deep", () => {
  const error = new Error("outer", { cause: new Error("inner") });
  assert.equal(reportError(error).cause?.message, "inner");
  assert.equal(reportError(new Error("x", { cause: 5 })).cause?.message, "5");
  const circle = new Error("circle");
  circle.cause = circle;
  let depth = 0;
  for (let at = reportError(circle).cause; at; at = at.cause) depth++;
  assert.equal(depth, 5);
});

Deno.test("reportError() takes the first errors of an aggregate", () => {
  const errors = Array.from({ length: 12 }, (_, i) => new Error(String(i)));
  const report = reportError(new AggregateError(errors, "all"));
  assert.equal(report.message, "all");
  assert.deepEqual(
    report.errors?.map(({ message }) => message),
    Array.from({ length: 10 }, (_, i) => String(i)),
  );
});

Deno.test("reportError() never throws, whatever is thrown", () => {
  const fail = () => {
    throw new Error("trap");
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const hostile = new Proxy({}, {
    get: fail,
    has: fail,
    ownKeys: fail,
    getPrototypeOf: fail,
    getOwnPropertyDescriptor: fail,
  });
  const withGetters = Object.defineProperties(new Error("kept"), {
    cause: { get: fail },
    stack: { get: fail },
    name: { get: fail },
    extra: { get: fail, enumerable: true },
  });
  const broken = Object.assign(new AggregateError([], "b"), { errors: null });
  const inspects = { [Symbol.for("Deno.customInspect")]: fail };
  for (const thrown of [revoked.proxy, hostile, broken, inspects]) {
    const { name, message, stack } = reportError(thrown);
    for (const text of [name, message, stack]) {
      assert.equal(typeof text, "string");
    }
  }
  const report = reportError(withGetters);
  assert.equal(report.name, "Error");
  assert.equal(report.message, "kept");
});

Deno.test("reportError() makes text of names and messages that are none", () => {
  const error = Object.assign(new Error("m"), { name: 5, message: { a: 1 } });
  const { name, message } = reportError(error);
  assert.deepEqual([name, message], ["5", "{ a: 1 }"]);
});

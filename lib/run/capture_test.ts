// deno-lint-ignore-file
// The functions here are wrong on purpose, and are read, never called.
import assert from "node:assert/strict";
import { type AnyFunction, readShippable } from "./capture.ts";
import { describeError, runJob, watchThread } from "./guest.ts";
import { openPipe } from "./pool/process_line.ts";
import { createStructuredText } from "./structured_text.ts";
import { serveJobs } from "./pool/serve_guest.ts";

/** Makes a function of a text, as the table's cases would not pass a type check. */
function make(text: string): AnyFunction {
  return new Function(`return ${text};`)();
}

function listCaptured(fn: AnyFunction): string | null {
  try {
    readShippable(fn, fn.name || "anonymous");
    return null;
  } catch (error) {
    assert.ok(error instanceof TypeError);
    return /it uses "(.+?)" from outside/.exec(error.message)?.[1] ??
      error.message;
  }
}

Deno.test("readShippable() accepts functions that stand alone", () => {
  const check = (text: string) =>
    assert.equal(listCaptured(make(text)), null, text);
  check(`(n) => n * 2`);
  check(`function f(n) { return n < 2 ? 1 : n * f(n - 1); }`);
  check(`async function (url) { return (await fetch(url)).text(); }`);
  check(`({ a, b: [c, ...d], ...e }) => [a, c, d, e]`);
  check(`({ a = 1, ["b" + a]: b = a } = {}) => a + b`);
  check(`(a, b = a, c = () => b) => c()`);
  check(`() => { try { throw 1; } catch ({ message }) { return message; } }`);
  check(`() => { try { JSON.parse(""); } catch { return 0; } }`);
  check(
    `() => { outer: for (;;) { for (;;) { continue outer; } break outer; } }`,
  );
  check(
    `() => { class A { #x = 1; static y = this; m() { return this.#x; } } return new A(); }`,
  );
  check(
    `() => { class A {} class B extends A { m() { return super.toString(); } } return B; }`,
  );
  check(
    `() => { class A { static { var inner = 1; this.z = inner; } } return A; }`,
  );
  check(`() => { const C = class D { m() { return D; } }; return C; }`);
  check(
    `() => { const o = { limit: 1, m() { return super.toString(); } }; return o.limit; }`,
  );
  check(`() => { const limit = 3; return { limit }; }`);
  check(`(o) => o.limit + o?.limit?.deep`);
  check(`function () { return arguments.length + new.target; }`);
  check(`() => function () { return this; }`);
  check(
    `() => { return later(); function later() { return value; } var value; }`,
  );
  check(
    `() => { for (const key in {}) { key; } for (let [a, b] of []) a + b; }`,
  );
  check(`() => { for (let i = 0, n = 3; i < n; i++) { n; } }`);
  check(`() => { switch (1) { case 1: let a = 1; default: return a; } }`);
  check(`() => { if (true) { var hoisted = 1; } return hoisted; }`);
  check(
    `() => { let a, b; [a, b] = [1, 2]; ({ a, x: b } = { a: 1, x: 2 }); return a + b; }`,
  );
  check(
    `() => { const g = function inner(n) { return n && inner(n - 1); }; return g; }`,
  );
  check(
    `async () => { for await (const x of []) x; await import("npm:acorn@8.19.0"); }`,
  );
  check(`() => { function* g() { yield 1; } return [...g()]; }`);
  check("(n) => `${n} of ${undefined} ${NaN} ${Infinity}`");
  check(
    `() => [Deno.pid, process.pid, structuredClone, new Float64Array(1), Atomics, crypto]`,
  );
  check(
    `() => { async function nested() { await using x = null; using y = null; } return nested; }`,
  );
});

Deno.test("readShippable() names the variable that comes from outside", () => {
  const check = (text: string, name: string) =>
    assert.equal(listCaptured(make(text)), name, text);
  check(`(n) => n + limit`, "limit");
  check(`() => limit = 1`, "limit");
  check(`() => limit++`, "limit");
  check(`() => typeof limit`, "limit");
  check(`() => delete limit.x`, "limit");
  check(`() => ({ limit })`, "limit");
  check(`() => ({ [limit]: 1 })`, "limit");
  check(`() => ({ ...limit })`, "limit");
  check("() => `${limit}`", "limit");
  check("() => limit`x`", "limit");
  check(`(o) => o[limit]`, "limit");
  check(`(a = limit) => a`, "limit");
  check(`({ a = limit }) => a`, "limit");
  check(`({ [limit]: a }) => a`, "limit");
  check(`(a = b) => { var b = 1; return a; }`, "b");
  check(`() => { { let limit = 1; } return limit; }`, "limit");
  check(`() => { for (let i = 0; i < 1; i++); return i; }`, "i");
  check(`() => { try {} catch (error) {} return error; }`, "error");
  check(`() => { const f = function inner() {}; return inner; }`, "inner");
  check(`() => { const C = class D {}; return D; }`, "D");
  check(`() => { { function inside() {} } return inside; }`, "inside");
  check(`() => { class A extends Base {} }`, "Base");
  check(`() => { class A { x = limit; } }`, "limit");
  check(`() => { class A { [limit]() {} } }`, "limit");
  check(`() => { class A { static { limit; } } }`, "limit");
  check(`() => { [limit] = [1]; }`, "limit");
  check(`() => { ({ x: limit } = {}); }`, "limit");
  check(`() => { for (limit of []); }`, "limit");
  check(`() => () => () => limit`, "limit");
  check(`async () => { for await (const x of limit) x; }`, "limit");
  check(`() => { limit: for (;;) { break limit; } return limit; }`, "limit");
  check(`() => this`, "this");
  check(`function () { return this; }`, "this");
  check(`() => arguments`, "arguments");
  check(`() => name`, "name");
  check(`() => localStorage`, "localStorage");
  check(`() => helper(1)`, "helper");
  check(`(function () { return () => this; })`, "this");
  assert.equal(listCaptured(() => import.meta.url), "import.meta");
  class Child extends Map {
    static make() {
      return super.name;
    }
  }
  assert.equal(listCaptured(Child.make), "super");
});

Deno.test("readShippable() says where, in the function and in words", () => {
  const fn = make(`function countPrimes() {
    let count = 0;
    for (let i = 2; i < limit; i++) count++;
    return count;
  }`);
  assert.throws(() => readShippable(fn, "countPrimes"), {
    name: "TypeError",
    message:
      'Cannot ship function "countPrimes": it uses "limit" from outside ' +
      '(line 3: "for (let i = 2; i < limit; i++) count++;"), ' +
      "pass it as an argument or declare it inside",
  });
});

Deno.test("readShippable() does not take a property of globalThis for a standard name", () => {
  // Variables of notebook cells are such properties.
  Object.assign(globalThis, { fromAnotherCell: 1 });
  try {
    assert.equal(
      listCaptured(make("() => fromAnotherCell")),
      "fromAnotherCell",
    );
  } finally {
    Reflect.deleteProperty(globalThis, "fromAnotherCell");
  }
});

Deno.test("readShippable() refuses what is no plain function", () => {
  const check = (fn: unknown, message: RegExp) =>
    assert.throws(() => readShippable(fn as AnyFunction, "f"), {
      name: "TypeError",
      message,
    });
  check(Math.max, /native or bound/);
  check((() => 1).bind(null), /native or bound/);
  check(class {}, /it is a class/);
  check(function* () {}, /it is a generator/);
  check(async function* () {}, /it is a generator/);
  check({ *m() {} }.m, /it is a generator/);
  check(
    Object.getOwnPropertyDescriptor({
      get a() {
        return 1;
      },
    }, "a")?.get,
    /getter or setter/,
  );
  check(make(`function () { with ({}) {} }`), /not strict JavaScript/);
  check(make(`function () { return 010; }`), /not strict JavaScript/);
  check(make(`() => import("./beside.ts")`), /imports ".\/beside.ts" \(line 1/);
  check(make(`() => import("lodash")`), /expected a full address/);
});

Deno.test("readShippable() accepts methods, of objects and of classes", () => {
  const methods = {
    plain: 1,
    async load(n: number) {
      return await n;
    },
  };
  assert.equal(
    readShippable(methods.load as AnyFunction, "load").isMethod,
    true,
  );
  class A {
    static count(n: number): number {
      return n;
    }
  }
  assert.equal(readShippable(A.count as AnyFunction, "count").isMethod, true);
});

Deno.test("the functions that are shipped beside a task stand alone themselves", () => {
  const shipped = [
    describeError,
    runJob,
    watchThread,
    serveJobs,
    openPipe,
    createStructuredText,
  ];
  for (const fn of shipped) {
    assert.equal(listCaptured(fn as AnyFunction), null, fn.name);
  }
});

Deno.test("readShippable() tells what leaves nothing behind", () => {
  const check = (text: string, isPlain: boolean) =>
    assert.equal(readShippable(make(text), "f").isPlain, isPlain, text);
  check(`(n) => n + 1`, true);
  check(`function f(n) { return n < 2 ? 1 : n * f(n - 1); }`, true);
  check(`(a) => { a.sort(); return Math.max(...new Set(a)); }`, true);
  check(`(text) => JSON.parse(text).map(String)`, true);
  check(`async (n) => n`, false);
  check(`() => fetch("http://localhost")`, false);
  check(`() => setTimeout(() => {}, 1)`, false);
  check(`() => new Promise(() => {})`, false);
  check(`() => globalThis.setTimeout`, false);
  check(`() => Deno.readTextFile("x")`, false);
  check(`(a) => Array.fromAsync(a)`, false);
  check(`(a) => Atomics.waitAsync(a, 0, 0)`, false);
  check(`() => import("npm:zod")`, false);
  check(`(f) => (() => {}).constructor("return 1")`, false);
  check(`(value) => value.then((n) => n)`, false);
});

/**
 * tslab: what the last value of a cell is, and how cells run.
 * @module
 */
import { cells, type Group } from "../case.ts";

const DEEPER = "shows objects two levels deep";
const SAYS_NULL = "shows nothing for `null`";

/** Last values. */
export const VALUES: Group = {
  title: "Values",
  cases: [
    cells("an expression", "6 * 7", "42"),
    cells("a string", '"a" + "b"', "ab"),
    cells("a string of several lines", '"a\\nb"', { prints: "a\nb" }),
    cells("a template", "`${1 + 1} twos`", "2 twos"),
    cells("undefined shows nothing", "undefined", ""),
    cells("a call that gives nothing", "(() => {})()", ""),
    cells("null", "null", "null", SAYS_NULL),
    cells("NaN", "0 / 0", "NaN"),
    cells("minus zero", "-0", "-0"),
    cells("a bigint", "2n ** 64n", "18446744073709551616n"),
    cells("a boolean", "1 < 2", "true"),
    cells("a symbol", 'Symbol("s")', "Symbol(s)"),
    cells("a list", '[1, "two", [3]]', '[1, "two", [3]]'),
    cells("an empty list", "[]", "[]"),
    cells("a list with holes", "[, 1]", "[ <1 empty item>, 1 ]"),
    cells("an object", '({ a: 1, b: "x" })', '{ a: 1, b: "x" }'),
    cells(
      "a deep object",
      "({ a: { b: { c: { d: 1 } } } })",
      "{ a: { b: { c: { d: 1 } } } }",
      DEEPER,
    ),
    cells(
      "braces alone are an object",
      '{ x1: "one" }',
      '{ x1: "one" }',
      "takes it for a block",
    ),
    cells("a map", 'new Map([["k", 1]])', 'Map(1) { "k" => 1 }'),
    cells("a set", "new Set([1, 2])", "Set(2) { 1, 2 }"),
    cells("a typed array", "new Uint8Array([1, 2])", "Uint8Array(2) [ 1, 2 ]"),
    cells("a date", "new Date(0)", "1970-01-01T00:00:00.000Z"),
    cells("a pattern", "/a+/g", "/a+/g"),
    cells("a named function", "(function named() {})", "[Function: named]"),
    cells("a class", "(class Named {})", "[class Named]"),
    cells(
      "an instance",
      "class Point { x = 1 } \n new Point()",
      "Point { x: 1 }",
    ),
    cells("a getter", "({ get g() { return 1 } })", "{ g: [Getter] }"),
    cells(
      "a circle",
      "const ring: any = {}; ring.self = ring; ring",
      "<ref *1> { self: [Circular *1] }",
    ),
    cells(
      "a promise is not awaited",
      "new Promise(() => {})",
      "Promise { <pending> }",
    ),
    cells("a settled promise", "Promise.resolve(3)", "Promise { 3 }"),
    cells("an awaited promise", "await Promise.resolve(4)", "4"),
    cells("a semicolon hides nothing", "5;", "5"),
    cells("empty statements after it", "6;;", "6", "shows nothing then"),
    cells("a comment after it", "7 // seven", "7"),
    cells("only the last statement counts", "8\n9", "9"),
    cells("a declaration last shows nothing", "let v1 = 1; v1; let v2 = 2", ""),
    cells("a loop shows nothing", "for (const i of [1, 2]) i", ""),
    cells("a condition shows nothing", "if (true) 1", ""),
    cells("a block shows nothing", "{ 1; 2 }", ""),
    cells("an assignment", ["let v3 = 1", "v3 = 10"], "10"),
    cells("an empty cell", "", ""),
    cells("a cell of comments", "// nothing\n/* here */", ""),
    cells("printing and a value", 'console.log("said"); "value"', "said value"),
    cells("a void expression", "void 0", ""),
    cells(
      "a null prototype",
      "Object.create(null)",
      "[Object: null prototype] {}",
    ),
    cells("an error as a value", 'new RangeError("kept").message', "kept"),
    cells(
      "an async function's promise",
      "async function later() { await new Promise((done) => setTimeout(done, 9)) } \n later()",
      "Promise { <pending> }",
    ),
    cells(
      "export default of an expression",
      "export default 11",
      "11",
      "shows nothing",
    ),
  ],
};

/** How cells run. */
export const RUNNING: Group = {
  title: "Running",
  cases: [
    cells("await at the top", [
      "const w1 = await new Promise<number>((r) => setTimeout(() => r(5), 1))",
      "w1",
    ], "5"),
    cells(
      "await in a loop",
      "let w2 = 0; for await (const x of [1, 2, 3]) w2 += x; w2",
      "6",
      "can not: a syntax error",
    ),
    cells("await in an expression", "1 + (await Promise.resolve(1))", "2"),
    cells(
      "await inside of await",
      "await Promise.all([1, Promise.resolve(2)])",
      "[1, 2]",
    ),
    cells("an error", 'throw new RangeError("far")', {
      fails: "RangeError: far",
    }),
    cells(
      "an error of an awaited promise",
      'await Promise.reject(new TypeError("late"))',
      { fails: "TypeError: late" },
    ),
    cells("an error within functions", [
      'function deep(): never { throw new Error("inside") }',
      "deep()",
    ], { fails: "inside" }),
    {
      name: "the cell after an error runs",
      steps: [{ run: 'throw new Error("x")', fails: "x" }, {
        run: '"on"',
        prints: "on",
      }],
    },
    {
      name: "what was printed before an error is kept",
      steps: [{
        run: 'console.log("before"); throw new Error("then")',
        prints: "before",
        fails: "then",
      }],
    },
    {
      name: "earlier names survive an error",
      steps: [{ run: "let kept1 = 1" }, {
        run: 'kept1 = 2; throw new Error("x")',
        fails: "x",
      }, { run: "kept1", prints: "2" }],
    },
    {
      name: "names of a cell that failed",
      note: "forgets them: Cannot find name",
      steps: [{ run: 'let half = 1; throw new Error("x")', fails: "x" }, {
        run: "half",
        prints: "1",
      }],
    },
    cells("console.error", 'console.error("oh")', { warns: "oh", prints: "" }),
    cells("console.warn", 'console.warn("beware")', { warns: "beware" }),
    cells(
      "console.table",
      "console.table([{ a: 1 }])",
      "┌───────┬───┐ │ (idx) │ a │ ├───────┼───┤ │ 0 │ 1 │ └───────┴───┘",
      "has Node's head of the table",
    ),
    cells(
      "console.group",
      'console.group("g"); console.log("in"); console.groupEnd(); console.log("out")',
      "g in out",
    ),
    cells(
      "formats of console.log",
      'console.log("%s is %d", "x", 5)',
      "x is 5",
    ),
    cells(
      "process.stdout.write",
      'process.stdout.write("raw\\n"); undefined',
      "raw",
    ),
    cells("process.stderr.write", 'process.stderr.write("raw\\n"); undefined', {
      warns: "raw",
    }),
    cells(
      "process.cwd() is the folder",
      'require("fs").existsSync(process.cwd() + "/data.json")',
      "true",
    ),
    cells("process.env", "typeof process.env.PATH", "string"),
    cells("process.argv", "Array.isArray(process.argv)", "true"),
    cells(
      "process.nextTick",
      'await new Promise<void>((r) => process.nextTick(r)); "ticked"',
      "ticked",
    ),
    cells(
      "setImmediate",
      'await new Promise<void>((r) => setImmediate(() => r())); "turned"',
      "turned",
    ),
    cells(
      "setTimeout gives an object",
      "typeof setTimeout(() => {}, 0)",
      "object",
    ),
    cells(
      "a timer can be unreferenced",
      "typeof setTimeout(() => {}, 0).unref",
      "function",
    ),
    cells("Buffer", 'Buffer.from("hi").toString("base64")', "aGk="),
    cells("a Buffer as a value", 'Buffer.from("hi")', "<Buffer 68 69>"),
    cells("global", "global === globalThis", "true"),
    cells(
      "URL and TextEncoder",
      'new TextEncoder().encode(new URL("a:b").pathname).length',
      "1",
    ),
    cells("performance.now", "performance.now() > 0", "true"),
    cells("structuredClone", "structuredClone({ a: [1] }).a[0]", "1"),
    cells(
      "cells are strict",
      "(function () { return typeof this })()",
      "undefined",
      "runs them in sloppy mode: this is the global object",
    ),
    cells("a global by assignment to globalThis", [
      "(globalThis as any).shared1 = 1",
      "(globalThis as any).shared1",
    ], "1"),
  ],
};

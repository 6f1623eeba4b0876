/**
 * Submissions that want points without having earned them, or that want more
 * than points. Each stands for one that was seen or thought of; none may score.
 *
 * Bounded: each submission has its own limits on time, memory, processes,
 * threads and disk, which are what is tested.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Cell } from "../nbformat/mod.ts";
import {
  examineNotebook,
  examineShort,
  inShort,
  notebookOf,
  type Short,
} from "./test_exam.ts";

/** The first check is attacked; the second is honest work, and has to pass. */
const SOURCE: Short[] = [
  ["code", 'import assert from "node:assert/strict";'],
  [
    "answer a",
    "function f(x: number): number { return x * 7; }\nfunction map(list: number[], fn: (x: number) => number) { return list.map(fn); }",
  ],
  [
    "check c 4",
    `const n = 1000 + Math.floor(Math.random() * 1e6);
assert.equal(f(n), n * 7);
assert.deepEqual(map([1, n], (x) => x + 1), [2, n + 1]);
### BEGIN HIDDEN TESTS
assert.equal(f(-n), -n * 7);
### END HIDDEN TESTS`,
  ],
  ["answer b", "function honest() { return 1; }"],
  ["check d 1", "assert.equal(honest(), 1);"],
];

const HONEST = "function honest() { return 1; }";

interface Attack {
  readonly name: string;
  /** The cell that attacks, instead of the answer. */
  readonly code: string;
  /** How the attacked check may end. */
  readonly states: RegExp;
  /** How the honest check ends. @default passed */
  readonly honest?: RegExp;
  /** Whether the attack is what runs last. @default false */
  readonly isLast?: boolean;
  /** A check that the attack suits, instead of the usual one. */
  readonly check?: string;
  /** What the reason has to say. */
  readonly reason?: RegExp;
  /** What the error of a cell has to say. */
  readonly cellError?: RegExp;
  readonly metadata?: Record<string, unknown>;
}

const SILENT = "function f() {}\nfunction map() {}";

const ATTACKS: readonly Attack[] = [
  // What research found others to fall for.
  {
    name: "leaves before the check",
    code: "Deno.exit(0);",
    states: /^error$/,
  },
  {
    name: "leaves while the check calls",
    code: "function f() { Deno.exit(0); }\nconst map = f;",
    states: /^error$/,
  },
  {
    name: "never ends",
    code: "for (;;);",
    states: /^timeout$/,
  },
  {
    name: "never ends when it is called",
    code: "function f() { for (;;); }\nconst map = f;",
    states: /^timeout$/,
  },
  {
    name: "never settles",
    code: "await new Promise(() => {});",
    states: /^timeout$/,
  },
  {
    name: "gives what never settles",
    code: "function f() { return new Promise(() => {}); }\nconst map = f;",
    states: /^failed$/,
  },
  {
    name: "fills the heap",
    code: "const all = []; for (;;) all.push(new Array(1e5).fill(0.5));",
    states: /^memory$/,
  },
  {
    name: "fills memory outside of the heap",
    code:
      "const all = []; for (let i = 0; i < 60; i++) { all.push(new Uint8Array(2 ** 24).fill(1)); await new Promise((r) => setTimeout(r, 20)); }",
    states: /^memory$/,
  },
  {
    name: "fills memory by WebAssembly",
    code:
      `const all = []; for (let i = 0; i < 60; i++) { const m = new WebAssembly.Memory({ initial: 256 }); new Uint8Array(m.buffer).fill(1); all.push(m); await new Promise((r) => setTimeout(r, 20)); }`,
    states: /^memory$/,
  },
  {
    name: "starts Workers without end",
    code:
      `const url = URL.createObjectURL(new Blob(["setInterval(() => {}, 1e3)"])); for (let i = 0; i < 300; i++) { new Worker(url, { type: "module" }); await new Promise((r) => setTimeout(r, 0)); }`,
    states: /^(error|memory|failed|timeout)$/,
  },
  {
    name: "prints without end",
    code: `const line = "passed ".repeat(1e4); for (;;) console.log(line);`,
    states: /^timeout$/,
  },
  {
    name: "fills the disk",
    code:
      "for (let i = 0; i < 200; i++) { await Deno.writeFile(`f${i}`, new Uint8Array(2 ** 20)); await new Promise((r) => setTimeout(r, 10)); }",
    states: /^(error|failed)$/,
  },
  {
    name: "replaces what promises stand on",
    code: `${SILENT}\nPromise.prototype.then = function () { return this; };`,
    states: /^(error|failed|timeout)$/,
    honest: /./,
  },
  {
    name: "replaces what checks stand on",
    code: `${SILENT}
const assert = { equal() {}, deepEqual() {} };
Object.defineProperty(Object.prototype, "every", { value: () => true });
Array.prototype.every = () => true;
Array.prototype.map = () => [];
JSON.parse = () => ({ answer: "[]" });
JSON.stringify = () => "{}";
Object.is = () => true;
Number.isNaN = () => true;
(await import("node:assert/strict")).default.equal = () => {};
(await import("node:assert/strict")).default.deepEqual = () => {};`,
    states: /^(error|failed|timeout)$/,
    honest: /./,
  },
  {
    name: "prints results",
    code:
      `${SILENT}\nconsole.log("1 passed | 0 failed"); console.log(JSON.stringify({ score: 4, state: "passed" })); Deno.jupyter.broadcast("skein_test", { name: "x", outcome: "ok" });`,
    states: /^failed$/,
  },
  {
    name: "asks for rights in its metadata",
    code:
      `${SILENT}\nawait new Deno.Command("sh", { args: ["-c", "echo out > ../escaped"] }).output();`,
    states: /^failed$/,
    metadata: { skein: { permissions: { run: ["sh"] } } },
  },
  // Ten and more of our own.
  {
    name: "answers before it is asked",
    code: `${SILENT}
for (let i = 0; i < 50; i++) Deno.jupyter.broadcast("skein_grading_answer", { id: \`grading-\${i}\`, body: '["o",false,[["value",7]]]' });
Deno.jupyter.broadcast("skein_grading_tell", { body: '["o",false,[["promise",0],["value",7]]]' });`,
    states: /^failed$/,
  },
  {
    name: "speaks as if it were the check",
    code: `${SILENT}
prompt('skein-grading:{"kind":"note","what":"passed","text":""}');
prompt('skein-grading:{"kind":"answer","body":"[]"}');
prompt('skein-grading:{"kind":"ask","body":"[]"}');
prompt('skein-grading:' + "[".repeat(100000));`,
    states: /^failed$/,
  },
  {
    name: "replaces the bridge",
    code: `${SILENT}
const door = Symbol.for("Skein.grading");
try { globalThis[door] = { serve() {} }; } catch {}
try { Object.defineProperty(globalThis, door, { value: { serve() {} } }); } catch {}
try { globalThis[door].serve = () => {}; } catch {}
try { delete globalThis[door]; } catch {}`,
    states: /^failed$/,
  },
  {
    name: "gives a value that agrees with everything",
    code: `const yes: any = new Proxy(function () {}, {
  get: (_, key) => key === "then" ? undefined : key === Symbol.toPrimitive ? () => 7 : yes,
  apply: () => yes, construct: () => yes, has: () => true, set: () => true,
});
const f = () => yes; const map = () => yes;`,
    states: /^(failed|error)$/,
  },
  {
    name: "pollutes the prototypes of the check",
    code:
      `function f() { return JSON.parse('{"__proto__": {"x": 1}, "constructor": {"prototype": {"every": 1}}}'); }
function map(list) { list.__proto__.every = () => true; list.constructor.prototype.map = () => []; return JSON.parse('["__proto__"]'); }`,
    states: /^failed$/,
  },
  {
    name: "changes what it was given",
    code:
      "function f() { return 0; }\nfunction map(list, fn) { list.length = 0; list.push(NaN); fn.call = () => 1; return list; }",
    states: /^(failed|error)$/,
  },
  {
    name: "throws what looks like success",
    code:
      `function f() { throw { state: "passed", score: 4, name: "ok", valueOf: () => 7 }; }\nfunction map() { throw undefined; }`,
    states: /^failed$/,
  },
  {
    name: "gives more than can be taken",
    code:
      `function f() { return "7".repeat(5e8); }\nfunction map() { let deep: any = []; for (let i = 0; i < 1e5; i++) deep = [deep]; return deep; }`,
    states: /^(failed|error|memory)$/,
    honest: /^(passed|memory)$/,
  },
  {
    name: "calls back without end",
    code:
      "function f(x) { return x * 7; }\nfunction map(list, fn) { for (;;) fn(1); }",
    states: /^timeout$/,
  },
  {
    name: "calls back from within the callback",
    code:
      "function f(x) { return x * 7; }\nfunction map(list, fn) { return [list, fn, map].map((one) => fn(one)); }",
    states: /^failed$/,
  },
  {
    name: "leaves later",
    code:
      "function f(x) { setTimeout(() => Deno.exit(0), 0); return new Promise(() => {}); }\nconst map = f;",
    states: /^(failed|error)$/,
    honest: /./,
  },
  {
    name: "does not let itself be ended",
    code:
      "function f() { try { for (;;); } finally { for (;;); } }\nconst map = f;",
    states: /^timeout$/,
  },
  {
    name: "deafens the session",
    code: `${SILENT}
globalThis.prompt = () => "{}"; Deno.jupyter.broadcast = () => {};
globalThis.setTimeout = () => 0; globalThis.queueMicrotask = () => {};
Map.prototype.get = () => undefined; Reflect.apply = () => 7; Function.prototype.call = () => 7;`,
    states: /^(failed|error|timeout)$/,
    honest: /./,
  },
  {
    name: "looks for the hidden tests",
    code: `const found = [];
for (const path of [".", "..", "/tmp", "/proc/self/fd", "/proc/self/environ", "/etc/passwd"]) {
  try { for (const one of Deno.readDirSync(path)) found.push(one.name); } catch {}
  try { found.push(Deno.readTextFileSync(path)); } catch {}
}
try { found.push(JSON.stringify(Deno.env.toObject())); } catch {}
try { found.push(await (await fetch("http://127.0.0.1:8888")).text()); } catch {}
try { Deno.writeTextFileSync("../escaped", "x"); found.push("wrote"); } catch {}
try { await import("npm:left-pad@1.3.0"); found.push("loaded"); } catch {}
if (found.length > 0) throw new Error("found " + found);
function f() { return 0; }
function map() { return found; }`,
    states: /^failed$/,
  },
  {
    name: "fills the report",
    code: `function f() { throw new Error("x".repeat(1e7)); }
const map = f;
throw new Error("y".repeat(1e7));`,
    states: /^failed$/,
  },
  {
    name: "climbs into the check through what it was given",
    code: `const ask = (request: Record<string, unknown>) => {
  const entries = Object.entries(request);
  const body = JSON.stringify(["o", false, entries]);
  const line = prompt("skein-grading:" + JSON.stringify({ kind: "ask", body }));
  return JSON.parse(JSON.parse(line ?? "{}").answer ?? "null")?.[2]?.[0]?.[1];
};
const SCRIPT = "assert.equal = () => {};";
const call = (made, args) =>
  made?.[0] === "f" ? ask({ op: "call", target: ["k", made[1]], self: ["u"], args: ["a", args] }) : null;
function climb() {
  for (const name of ["Function", "assert"]) call(call(ask({ op: "get", name }), [SCRIPT]), []);
  for (let id = 0; id < 3; id++) {
    for (const key of ["constructor", "__proto__", "call"]) {
      const made = ask({ op: "read", target: ["k", id], key });
      call(call(made, [SCRIPT]), []);
      if (made?.[0] === "f") call(call(ask({ op: "read", target: ["k", made[1]], key: "constructor" }), [SCRIPT]), []);
    }
  }
  for (const name of ["Function", "assert", "Array"]) ask({ op: "set", name, value: 0 });
  for (let id = 0; id < 3; id++) ask({ op: "write", target: ["k", id], key: "__proto__", value: null });
}
function f(x: number) { return Math.abs(x) * 7; }
function map(list, fn) { const all = list.map(fn); climb(); return all; }`,
    states: /^failed$/,
  },
  {
    name: "makes the check's own values errors",
    code: `function f(x: number) { return x * 7; }
function map() {
  for (let id = 0; id < 5; id++) {
    const answer = JSON.stringify(["o", false, [["thrown", ["e", 9, "E", "m", [], ["k", id], "TypeError"]]]]);
    for (let n = 0; n < 9; n++) Deno.jupyter.broadcast("skein_grading_answer", { id: "grading-" + n, body: answer });
  }
  return [2, 0];
}`,
    states: /^(failed|error)$/,
  },
  {
    name: "makes folders deeper than a program can go down",
    code: `${SILENT}
const make = (name: string) => {
  const path = [name, ...Array(1000).fill("d")].join("/");
  Deno.mkdirSync(path, { recursive: true });
  return path;
};
make("t0");
for (let i = 1; i < 12; i++) Deno.renameSync("t" + (i - 1), make("t" + i) + "/e");`,
    states: /^(failed|timeout)$/,
  },
  {
    name: "closes its folders, and fills them with empty files",
    code: `${SILENT}
Deno.mkdirSync("a/b", { recursive: true });
for (let i = 0; i < 500; i++) Deno.writeFileSync("a/b/" + i, new Uint8Array(0));
for (const path of ["a/b", "a", "."]) Deno.chmodSync(path, 0);`,
    states: /^failed$/,
  },
  {
    name: "says itself that its cell has ended, and goes on",
    code:
      `Deno.jupyter.broadcast("execute_reply", { status: "ok" }); for (;;);`,
    states: /^timeout$/,
    cellError: /KeyboardInterrupt/,
  },
  {
    name: "asks without waiting for an answer",
    code: `${SILENT}
const ask = () => {
  const body = JSON.stringify(["o", false, [["op", "get"], ["name", "assert"]]]);
  const prompt = "skein-grading:" + JSON.stringify({ kind: "ask", body });
  for (let i = 0; i < 50; i++) Deno.jupyter.broadcast("input_request", { prompt });
};
ask();
function f() { ask(); return 0; }
function map() { ask(); return []; }`,
    states: /^failed$/,
  },
  {
    name: "tells of more promises than there is memory",
    code: `const body = JSON.stringify("x".repeat(2 ** 21));
function f() { for (let i = 0; i < 100; i++) Deno.jupyter.broadcast("skein_grading_tell", { body }); return 0; }
const map = f;`,
    states: /^(failed|timeout|memory)$/,
  },
  {
    name: "gives an iterator without end, of large values",
    code: `const bytes = new Uint8Array(2 ** 20).fill(1);
const endless = { *[Symbol.iterator]() { for (;;) yield bytes; } };
function f(x: number) { return x * 7; }
function map() { return Object.assign(new (class List {})(), endless); }`,
    check: "assert.equal([...map([], Math.abs)].length, 2);",
    states: /^(timeout|failed|error|memory)$/,
  },
  {
    name: "gives a promise that becomes another one without end",
    code:
      `const f: any = () => ({ then(ok: any) { setTimeout(() => ok(f()), 0); } });
const map = f;`,
    check: "assert.equal(await f(1), 7);",
    states: /^(timeout|failed)$/,
  },
  {
    name: "changes between two looks",
    code: `class Any { get [Symbol.toStringTag]() { return "Number"; } }
function f() {
  let n = 0;
  return new Proxy(new Any(), {
    get: (_, key) => key === "then" ? undefined : n++,
    has: () => true,
    ownKeys: () => n++ % 2 ? [] : ["0", "1", "length"],
    getOwnPropertyDescriptor: () => ({ value: n++, enumerable: true, configurable: true }),
    getPrototypeOf: () => n++ % 2 ? Number.prototype : Array.prototype,
  });
}
const map = f;`,
    states: /^(failed|error)$/,
  },
  {
    name: "turns into whatever it is compared with",
    code: `function f() {
  return Object.assign(new (class Same {})(), {
    valueOf: () => 7, toString: () => "7", toJSON: () => 7, [Symbol.toPrimitive]: () => 7,
    equals: () => true, asymmetricMatch: () => true, [Symbol.hasInstance]: () => true,
    [Symbol.for("nodejs.util.inspect.custom")]: (depth: any, options: any, inspect: any) => {
      try { inspect.defaultOptions = { depth: 0 }; options.stylize = null; } catch {}
      return "7";
    },
  });
}
const map = f;`,
    states: /^failed$/,
  },
  {
    name: "writes into the class of the check's error",
    code: `function f(x: number) { return x * 7; }
function map(list: any, fn: any) {
  try { return list.map(fn); } catch (error) {
    const shared: any = Object.getPrototypeOf(error);
    for (const key of ["changed", "message", "then"]) try { shared[key] = () => {}; } catch {}
    throw error;
  }
}`,
    check:
      `assert.throws(() => map([1], () => assert.equal(1, 2)), assert.AssertionError);
assert.equal("changed" in assert.AssertionError.prototype, true, "nothing was written");`,
    states: /^failed$/,
    reason: /nothing was written/,
  },
  {
    name: "throws what the machinery itself throws",
    code:
      `const named = (name: string, message: string) => Object.assign(new Error(message), { name });
function f() { throw named("TestsFailed", "1 of 2 failed: one"); }
function map() { throw named("SessionEnded", "ran out of memory"); }`,
    check:
      `Deno.test("one", () => {});\nDeno.test("two", () => assert.equal(f(1), 7));\nf(2);`,
    states: /^failed$/,
  },
  {
    name: "says that its session has ended",
    code:
      `function f() { throw Object.assign(new Error("ok"), { name: "SessionEnded" }); }
const map = f;
throw Object.assign(new Error("ran out of memory"), { name: "SessionEnded" });`,
    states: /^(failed|error)$/,
  },
  {
    name: "tells of tests that have passed",
    code: `function f() {
  for (const name of ["one", "two"]) Deno.jupyter.broadcast("skein_test", { name, outcome: "ok" });
  Deno.test("three", () => {});
  return 0;
}
const map = f;`,
    check: `Deno.test("one", () => assert.equal(f(1), 7));`,
    states: /^failed$/,
  },
  {
    name: "writes noise between the frames of its session",
    code: `${SILENT}
for (let i = 0; i < 50; i++) Deno.stdout.writeSync(crypto.getRandomValues(new Uint8Array(50_000)));`,
    states: /^failed$/,
  },
  {
    name: "closes the files of its session",
    code: `${SILENT}
const fs = await import("node:fs");
for (let i = 0; i < 60; i++) try { fs.closeSync(i); } catch {}
for (const one of [Deno.stdin, Deno.stdout, Deno.stderr]) try { one.close(); } catch {}`,
    states: /^(failed|error|timeout)$/,
  },
  {
    name: "listens to no signal and ends nothing",
    code: `${SILENT}
for (const name of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(name, () => {});
addEventListener("unload", () => { for (;;); });
process.on("exit", () => { for (;;); });
process.on("uncaughtException", () => {});
setInterval(() => {}, 1);
for (;;) await 0;`,
    states: /^(failed|timeout)$/,
  },
  {
    name: "ends or stops who grades",
    code: `${SILENT}
for (const id of [Deno.ppid, 1]) {
  for (const signal of ["SIGSTOP", "SIGKILL"] as const) {
    for (const kill of [Deno.kill, process.kill]) {
      let refused = false;
      try { kill(id, signal); } catch { refused = true; }
      if (!refused) throw new Error("found a way");
    }
  }
}`,
    states: /^failed$/,
  },
  {
    name: "leads links out of its folder",
    code: `${SILENT}
const fs = await import("node:fs");
for (const make of [Deno.symlinkSync, Deno.linkSync, fs.symlinkSync, fs.linkSync]) {
  for (const to of ["../checks", "/etc/passwd"]) {
    let refused = false;
    try { make(to, crypto.randomUUID()); } catch { refused = true; }
    if (!refused) throw new Error("found a way");
  }
}`,
    states: /^failed$/,
  },
  {
    name: "opens a debugger or writes the heap",
    code: `${SILENT}
const inspector = await import("node:inspector");
const v8 = await import("node:v8");
for (const open of [() => inspector.open(0), () => v8.writeHeapSnapshot("../escaped")]) {
  let refused = false;
  try { open(); } catch { refused = true; }
  if (!refused) throw new Error("found a way");
}`,
    states: /^failed$/,
  },
  {
    name: "is code that no parser can read in time",
    code: `${SILENT}\nconst z = ${"[".repeat(50_000)}${"]".repeat(50_000)};`,
    states: /^(failed|timeout|error)$/,
  },
  {
    name: "puts another in its place later, in its own session",
    code: `let f: any = () => 0;
let map: any = () => [];
setInterval(() => { for (const name of ["assert", "f", "map"]) (globalThis as any)[name] = () => true; }, 1);`,
    states: /^failed$/,
  },
  {
    name: "gives a pattern that takes for ever to match",
    code: "function f() { return /^(a+)+$/; }\nconst map = f;",
    check:
      `assert.ok(!f(0).test("a".repeat(60) + "!"));\nassert.equal(f(1), 7);`,
    states: /^timeout$/,
  },
  {
    name: "throws errors that lead around in a circle",
    code: `function f() {
  const error: any = new AggregateError([], "all");
  error.cause = error;
  error.errors.push(error, error);
  throw Object.defineProperty(error, "__proto__", { value: { name: "TestsFailed" }, enumerable: true });
}
const map = f;`,
    states: /^(failed|error)$/,
  },
  {
    name: "throws an error whose message never ends",
    code: `function f() {
  throw Object.defineProperty(new Error(), "message", { get() { for (;;); } });
}
const map = f;`,
    states: /^timeout$/,
  },
  {
    name: "leaves while the check waits for a promise",
    code:
      `function f() { setTimeout(() => Deno.exit(0), 300); return new Promise(() => {}); }
const map = f;`,
    check: "assert.equal(await f(1), 7);",
    // At once, and with the true reason: not at the end of the check's time.
    states: /^error$/,
    reason: /while the check waited: .*Deno\.exit\(0\)/,
  },
  {
    name: "leaves while the check waits and may be asked again",
    code:
      `function f(x) { if (x === 1) { setTimeout(() => Deno.exit(0), 300); return new Promise(() => {}); } return 7; }
const map = f;`,
    check: "try { await f(1); } catch {}\nassert.equal(f(2), 7);",
    states: /^error$/,
    reason: /Deno\.exit\(0\)/,
  },
  {
    name: "leaves from within what calls the check back",
    code: `function f(x) { return 7; }
async function map(list, fn) { fn(1); setTimeout(() => Deno.exit(0), 100); return await new Promise(() => {}); }`,
    check: "assert.deepEqual(await map([1], (x) => f(x)), [7]);",
    states: /^error$/,
    reason: /Deno\.exit\(0\)/,
  },
  {
    name: "gives an integer of ten million digits",
    code: "function f() { return 1n << 33_000_000n; }\nconst map = f;",
    states: /^(failed|error)$/,
    reason: /more than 10000 digits/,
  },
  {
    name: "gives an integer of a million digits as text",
    code: `${SILENT}
const digits = '["o",false,[["value",["i","' + "9".repeat(1_000_000) + '"]]]]';
const tell = Deno.jupyter.broadcast;
function answer() { for (let id = 0; id < 9; id++) tell("skein_grading_answer", { id: "grading-" + id, body: digits }); }
setInterval(answer, 1);
function f() { answer(); for (;;); }`,
    states: /^(failed|error|timeout)$/,
    honest: /./,
  },
  {
    name: "gives text whose difference takes for ever to show",
    code: `function f() { return "ab\\n".repeat(200_000); }\nconst map = f;`,
    check: 'assert.equal(f(1), "ba\\n".repeat(200_000));',
    states: /^(failed|timeout)$/,
  },
  {
    name: "keeps more than its folder may hold elsewhere",
    code: `const kept = await caches.open("kept");
for (let i = 0; i < 500; i++) await kept.put("http://a/" + i, new Response(new Uint8Array(4e6)));
${SILENT}`,
    states: /^(failed|error)$/,
    cellError: /filled the disk/,
  },
  {
    name: "calls its error an assertion",
    code:
      `class AssertionError extends Error { name = "AssertionError"; code = "ERR_ASSERTION"; generatedMessage = false; }\nfunction f() { throw new AssertionError("ok"); }\nconst map = f;`,
    states: /^failed$/,
  },
];

for (const attack of ATTACKS) {
  Deno.test(`examine() gives nothing to a submission that ${attack.name}`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "skein-attack-" });
    try {
      const submission: Short[] = [
        ["answer a", attack.code],
        ["check c 4", "1"],
        ["answer b", HONEST],
        ["check d 1", "1"],
      ];
      const { check } = attack;
      const source: Short[] = check === undefined
        ? SOURCE
        : SOURCE.with(2, ["check c 4", check]);
      const examination = await examineShort(source, submission, {
        timeoutMs: 5_000,
        totalMs: 40_000,
      }, attack.metadata);
      const { results, cellErrors } = examination;
      const about = JSON.stringify({ results, cellErrors }, null, 1);
      const [c, d] = results;
      assert.equal(c!.id, "c", about);
      assert.equal(c!.score, 0, about);
      assert.match(c!.state, attack.states, about);
      assert.notEqual(c!.reason, "", about);
      assert.match(c!.reason, attack.reason ?? /./, about);
      assert.match(cellErrors.join(), attack.cellError ?? /(?:)/, about);
      assert.match(d!.state, attack.honest ?? /^passed$/, about);
      assert.doesNotMatch(cellErrors.join(), /found /, about);
      assert.ok(about.length < 20_000, "the report is for people");
      await assert.rejects(Deno.stat(join(folder, "..", "escaped")));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("examine() gives an honest submission its points in the same assignment", async () => {
  assert.deepEqual(inShort(await examineShort(SOURCE, SOURCE)), [
    "c passed 4",
    "d passed 1",
  ]);
});

Deno.test("examine() keeps the files of the checks from a submission", async () => {
  const fill = async (folder: string) => {
    await Deno.writeTextFile(join(folder, "data.txt"), "7");
    await Deno.writeTextFile(join(folder, "data.json"), "7");
  };
  const source: Short[] = [
    ["code", 'import assert from "node:assert/strict";'],
    ["answer a", "const came = 0; const out = () => 0;"],
    [
      "check c 1",
      `const here = Deno.cwd();
assert.equal(Deno.readTextFileSync("data.txt"), "7");
assert.deepEqual([...Deno.readDirSync(here)].map(({ name }) => name).sort(), ["data.json", "data.txt"]);
assert.deepEqual(await out(here), []);
assert.equal(Deno.readTextFileSync(here + "/data.txt"), "7");`,
    ],
  ];
  // Each of them may fail or be refused; what works is given back.
  const answer = `Deno.writeTextFileSync("data.txt", "0");
const out = async (theirs: string) => {
  const file = theirs + "/data.txt";
  const ways: Record<string, () => unknown> = {
    read: () => Deno.readTextFileSync(file),
    relative: () => Deno.readTextFileSync("../checks/data.txt"),
    write: () => Deno.writeTextFileSync(file, "0"),
    more: () => Deno.writeTextFileSync(theirs + "/more.txt", "0"),
    remove: () => Deno.removeSync(file),
    rename: () => Deno.renameSync("data.txt", file),
    copy: () => Deno.copyFileSync(file, "copy.txt"),
    link: () => { Deno.symlinkSync(theirs, "link"); return Deno.readTextFileSync("link/data.txt"); },
    hard: () => { Deno.linkSync(file, "hard"); return Deno.readTextFileSync("hard"); },
    list: () => [...Deno.readDirSync(theirs)].map(({ name }) => name),
    up: () => [...Deno.readDirSync("..")].map(({ name }) => name),
    go: () => { Deno.chdir(theirs); return Deno.readTextFileSync("data.txt"); },
    json: () => import("file://" + theirs + "/data.json", { with: { type: "json" } }),
    fetched: async () => await (await fetch("file://" + file)).text(),
    node: async () => (await import("node:fs")).readFileSync(file, "utf8"),
    proc: () => Deno.readTextFileSync("/proc/self/environ"),
    root: () => Deno.readTextFileSync("/proc/self/root" + file),
    worker: () => new Promise((done, fail) => {
      const code = "postMessage(Deno.readTextFileSync(" + JSON.stringify(file) + "))";
      const worker = new Worker("data:text/javascript," + encodeURIComponent(code), { type: "module" });
      worker.onmessage = done; worker.onerror = (event) => { event.preventDefault(); fail(event); };
    }),
  };
  const worked: string[] = [];
  for (const [name, way] of Object.entries(ways)) {
    try { await way(); worked.push(name); } catch { /* As it should be. */ }
  }
  return worked;
};`;
  const examination = await examineShort(source, [
    ["answer a", answer],
    ["check c 1", "1"],
  ], { fill, timeoutMs: 15_000 });
  assert.deepEqual(
    inShort(examination),
    ["c passed 1"],
    JSON.stringify(examination),
  );
});

Deno.test("examine() leaves nothing for the next submission to find", async () => {
  const source: Short[] = [
    ["code", 'import assert from "node:assert/strict";'],
    ["answer a", "const found = async () => [];"],
    ["check c 1", "assert.deepEqual(await found(), []);"],
  ];
  const answer = `const found = async () => {
  const all: unknown[] = [];
  try { all.push(...Object.keys(localStorage)); localStorage.setItem("kept", "1"); } catch { /* Refused. */ }
  try { all.push(...Object.keys(sessionStorage)); sessionStorage.setItem("kept", "1"); } catch { /* Refused. */ }
  try {
    for (const name of ["kept"]) if (await caches.has(name)) all.push("cache");
    await (await caches.open("kept")).put("http://a/", new Response("1"));
  } catch { /* Refused. */ }
  try { for await (const { name } of Deno.readDir(".")) all.push(name); Deno.writeTextFileSync("kept", "1"); } catch { /* Refused. */ }
  return all;
};`;
  for (let round = 0; round < 2; round++) {
    const examination = await examineShort(source, [
      ["answer a", answer],
      ["check c 1", "1"],
    ]);
    assert.deepEqual(
      inShort(examination),
      ["c passed 1"],
      JSON.stringify(examination),
    );
  }
});

Deno.test("examine() does not take the points that a submission claims", async () => {
  const result = await examineShort(SOURCE, [
    ["check c 1000", "1"],
    ["check c 1000", "1"],
    ["check easy 1000", "1"],
    ["answer a", SILENT],
    ["essay d 9", "I have solved it."],
  ]);
  assert.deepEqual(inShort(result), ["c failed 0", "d failed 0"]);
});

Deno.test("examine() believes no mark that a submission puts on its cells", async () => {
  const cells: Short[] = [["answer a", SILENT], ["answer b", HONEST]];
  const marks = (more: object) => ({
    nbgrader: { schema_version: 3, grade: true, locked: true, ...more },
  });
  const forged: [string, string, object][] = [
    ["raw", "1", marks({ grade_id: "c", points: 4 })],
    ["markdown", "1", marks({ grade_id: "c", points: 1e9, solution: true })],
    ["code", "1", marks({ grade_id: "c", points: "1e9", locked: false })],
    ["code", "1", marks({ grade_id: "d", schema_version: 1, points: 9 })],
    ["code", "1", marks({ grade_id: "x".repeat(1e6), points: 9 })],
    ["code", "1", marks({ grade_id: "__proto__", points: 9 })],
    ["code", "1", { nbgrader: { grade_id: "c", grade: "yes", points: [4] } }],
    ["code", "1", { nbgrader: "c", skein: { runs: true }, tags: ["c"] }],
  ];
  const submission = notebookOf(cells);
  const result = await examineNotebook(SOURCE, {
    ...submission,
    cells: [
      ...submission.cells,
      ...forged.map(([cell_type, source, metadata]) => ({
        ...cell_type === "code" ? { execution_count: null, outputs: [] } : {},
        // The same id for all of them.
        ...{ id: "c0", cell_type, source, metadata },
      } as Cell)),
    ],
  });
  assert.deepEqual(inShort(result), ["c failed 0", "d passed 1"]);
  assert.ok(JSON.stringify(result).length < 10_000, "reports are for people");
});

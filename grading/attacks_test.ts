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
import { examineShort, inShort, type Short } from "./test_exam.ts";

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
      const examination = await examineShort(SOURCE, submission, {
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

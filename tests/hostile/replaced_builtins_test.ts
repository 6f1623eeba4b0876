/**
 * A cell may replace any built-in; later cells and outputs work all the same,
 * or the session ends and says so.
 *
 * Each run tries a sample, the same one each time. All of them, in about ten
 * minutes: `SKEIN_BUILTINS=all deno test -A tests/hostile/replaced_builtins_test.ts`;
 * another sample: `SKEIN_BUILTINS=<a number>`.
 * @module
 */
import assert from "node:assert/strict";
import { TestKernel } from "../kernel/open_kernel.ts";
import { type Attack, listAttacks, tryAttack } from "./builtins.ts";

/** What failed once, or what all else stands on. */
const ALWAYS =
  /^(Object\.prototype\[(then|toJSON)\]|globalThis\["(Set|Map)"\]\.prototype\[(has|get)\]|globalThis\["Function"\]\.prototype\[call\]|globalThis\["Promise"\]\.prototype\[(then|constructor)\]|globalThis\["Array"\]\.prototype\[Symbol\(Symbol\.iterator\)\]|globalThis\["(Deno)"\]\[inspect\]|globalThis\[(Object|Error|Promise)\]|.*AsyncLocalStorage\.prototype\[run\]) (thrower|liar|getter)$/;

Deno.test("sessions outlive, or tell of, every built-in that a cell replaces", async () => {
  const chosen = Deno.env.get("SKEIN_BUILTINS") ?? "1";
  const all = listAttacks();
  // A list that shrinks unnoticed would prove nothing.
  assert.ok(all.length > 5000, `only ${all.length} replacements were found`);
  const attacks = chosen === "all" ? all : [
    ...all.filter(({ name, mode }) => ALWAYS.test(`${name} ${mode}`)),
    ...sample(all, Number(chosen)),
  ];
  const wrong: string[] = [];
  const left = [...attacks];
  const work = async () => {
    for (let attack; (attack = left.pop());) {
      for (const what of await tryAttack(attack, PATIENCE_MS)) {
        wrong.push(`${attack.name} as ${attack.mode}: ${what}`);
      }
    }
  };
  await Promise.all([work(), work()]);
  assert.deepEqual(wrong, []);
});

Deno.test("an error stays an error when all objects have a toJSON", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  await kernel.run(`Object.prototype.toJSON = function () { return "no"; };`);
  const run = await kernel.run(`throw new Error("must fail")`);
  assert.equal(run.status, "error");
  assert.match(run.error, /^Error: must fail\n/);
});

Deno.test("a class named as a built-in is a class, and all goes on", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  const names = ["Object", "Array", "Promise", "Error", "String", "Map", "Set"];
  for (const name of [...names, "JSON", "Symbol", "Reflect", "Function"]) {
    await kernel.run(`class ${name} { own = 1 }`);
  }
  assert.equal((await kernel.run("({ a: 1 })")).result, "{ a: 1 }");
  assert.equal((await kernel.run(`"ok"`)).result, '"ok"');
  assert.equal((await kernel.run("new Map().own")).result, "1");
  assert.match((await kernel.run("null.x")).error, /^TypeError/);
});

Deno.test("Workers start whatever their starter has replaced", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  await kernel.run(`
    const code = 'console.log("inner"); postMessage(1)';
    const data = "data:text/plain," + encodeURIComponent(code);
    const { createObjectURL } = URL;
    const blob = createObjectURL(new Blob([code]));
    const start = (url) => new Promise((resolve) => {
      new Worker(url, { type: "module" }).onmessage = resolve;
    });
    const fail = () => { throw new Error("mine"); };
    Map.prototype.get = Map.prototype.set = Set.prototype.add = fail;
    String.prototype.replace = String.prototype.startsWith = fail;
    String.prototype.slice = String.prototype.lastIndexOf = fail;
    RegExp.prototype.test = RegExp.prototype.exec = fail;
    Array.prototype.map = Array.prototype.join = fail;
    Array.prototype[Symbol.iterator] = fail;
    Object.prototype.toJSON = JSON.stringify = fail;
    globalThis.Blob = globalThis.encodeURIComponent = class Mine {};
  `);
  for (const url of ["data", "blob"]) {
    const run = await kernel.run(`await start(${url}); 1`);
    assert.deepEqual([run.error, run.result], ["", "1"], url);
    await run.printed("inner\n");
  }
});

Deno.test("a session that no longer begins cells is ended and says so", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  // Takes what the kernel sends before the session can.
  await kernel.run(`
    const { core } = Deno[Deno.internal];
    const [rid] = Object.entries(core.resources())
      .find(([, name]) => name === "tcpStream");
    for (let i = 0; i < 50; i++) (async () => {
      for (;;) await core.read(Number(rid), new Uint8Array(65536));
    })();
  `);
  let run = await kernel.run("1 + 1");
  // The session's own read was the first in the queue.
  if (run.status === "ok") run = await kernel.run("1 + 1");
  assert.match(run.error, /^SessionEnded: the session began no cell any more/);
  assert.equal((await kernel.run("1 + 1")).result, "2");
});

/** Draws without replacement, by a generator of its own: the same for a seed. */
function sample(all: readonly Attack[], seed: number): Attack[] {
  const left = [...all];
  let state = seed;
  return Array.from({ length: SAMPLE }, () => {
    // Numerical Recipes' constants: what matters is that they do not change.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return left.splice(state % left.length, 1)[0]!;
  });
}

const SAMPLE = 40;
const PATIENCE_MS = 8000;

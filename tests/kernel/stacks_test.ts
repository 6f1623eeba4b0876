/**
 * What a cell prints of errors: the user's frames only, by the names of cells,
 * with the user's columns.
 * @module
 */
import assert from "node:assert/strict";
import { openFolder, TestKernel } from "./open_kernel.ts";

/** Whether a text has a frame of ours or of Deno's. */
const OURS = /session\/host|ext:|node:|\/lib\/|cell_\d/;

async function check(cells: readonly string[], expected: string | RegExp) {
  await using kernel = new TestKernel({ languageServer: false });
  let text = "";
  for (const code of cells) {
    const run = await kernel.run(code);
    text = run.text() + (run.result ?? "");
  }
  if (typeof expected === "string") assert.equal(text, expected);
  else assert.match(text, expected);
  assert.doesNotMatch(text, OURS);
}

Deno.test("a caught error that is printed has the user's frames, named by cell", async () => {
  await check(
    [
      'function risky(n: number) {\n  if (n > 2) throw new RangeError("too big");\n  return n;\n}',
      "try { risky(3); } catch (e) { console.error(e); }",
    ],
    "RangeError: too big\n    at risky (Cell [1]:2:20)\n    at Cell [2]:1:7\n",
  );
});

Deno.test("columns are the user's although types were erased and names declared", async () => {
  await check(
    [
      'const f = (a: string, b: number): never => { throw new Error(a + b) }; let g: number = 1; try { f("x", g) } catch (e) { console.log((e as Error).stack) }',
    ],
    "Error: x1\n    at f (Cell [1]:1:52)\n    at Cell [1]:1:97\n",
  );
});

Deno.test("stacks are the user's wherever they are shown", async () => {
  await check(
    ['new Error("result")'],
    "Error: result\n    at Cell [1]:1:1",
  );
  await check(['console.trace("here")'], "Trace: here\n    at Cell [1]:1:9\n");
  await check(
    ['await Promise.reject(new Error("r")).catch(console.log)'],
    "Error: r\n    at Cell [1]:1:22\n",
  );
  await check(
    ['setTimeout(() => console.log(new Error("t")), 0); await new Promise((r) => setTimeout(r, 20))'],
    "Error: t\n    at Cell [1]:1:30\n",
  );
  await check(
    ['new AggregateError([new TypeError("a", { cause: new Error("c") })], "all")'],
    /^AggregateError: all\n\s+at Cell \[1\]:1:1 .*TypeError: a\n\s+at Cell \[1\]:1:21 .*Error: c\n\s+at Cell \[1\]:1:49\n/s,
  );
  await check(
    ["async function f() { await 1; null!.x }\ntry { await f() } catch (e) { console.log(e) }"],
    /^TypeError: .*\n {4}at f \(Cell \[1\]:1:37\)\n {4}at async Cell \[1\]:2:7\n$/,
  );
});

Deno.test("an imported module's frames have its own lines, a Worker's no other", async () => {
  await using folder = await openFolder({
    "m.ts":
      "interface A { x: number }\nexport function boom(a: A): never { throw new Error(`${a.x}`) }",
  });
  await using kernel = new TestKernel({
    languageServer: false,
    notebookUrl: folder.notebookUrl,
  });
  const run = await kernel.run(
    'import { boom } from "./m.ts";\ntry { boom({ x: 1 }) } catch (e) { console.log(e) }',
  );
  const url = new URL("m.ts", folder.notebookUrl).href;
  assert.equal(
    run.text(),
    `Error: 1\n    at boom (${url}:2:43)\n    at Cell [1]:2:7\n`,
  );
  const worker = await kernel.run(`
    new Worker("data:text/javascript,setTimeout(() => console.log(new Error('w')), 1)", { type: "module" });`);
  await worker.printed("Error: w\n    at ");
  assert.doesNotMatch(worker.text(), OURS);
});

Deno.test("code that formats stacks by itself gets V8's own", async () => {
  await check([
    `const before = Error.prepareStackTrace;
     Error.prepareStackTrace = (_, sites) => sites.length > 0;
     const own = new Error("x").stack;
     Error.prepareStackTrace = before;
     own`,
  ], "true");
});

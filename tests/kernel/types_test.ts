/**
 * What a kernel does about the types of cells: warns beside the run, keeps a
 * strict cell from running, answers editors.
 * @module
 */
import assert from "node:assert/strict";
import { DEADLINE_MS } from "../session/within.ts";
import { openFolder, type Run, TestKernel } from "./open_kernel.ts";

Deno.test("kernel warns of types on stderr, below the cell that has run", async () => {
  await using kernel = new TestKernel({ check: "warn" });
  const first = await kernel.run(
    'const n: number = "s"; console.log(`is ${n}`);',
  );
  assert.deepEqual([first.status, first.text()], ["ok", "is s\n"]);
  const second = await kernel.run("const m: string = n; m");
  await kernel.kernel.checked();
  assert.equal(
    plain(first.text("stderr")),
    [
      "TS2322 Cell [1], line 1, column 7: Type 'string' is not assignable to type 'number'.",
      '> 1 | const n: number = "s"; console.log(`is ${n}`);',
      "    |       ^",
      "",
    ].join("\n"),
  );
  // What a cell with errors declares has the type that it says.
  assert.match(plain(second.text()), /^TS2322 Cell \[2\][^]*'number' is not/);

  // A cell that fails keeps its names.
  await kernel.run("const kept = 1; throw new Error('stop');");
  const third = await kernel.run("kept.toFixed(1)");
  const silent = await kernel.run("const q: string = 1;", { silent: true });
  const off = await kernel.run("// @skein check: off\nconst o: string = 1;");
  await kernel.kernel.checked();
  assert.deepEqual([third, silent, off].map((run) => run.text()), ["", "", ""]);
});

Deno.test("kernel judges cells that are sent at once by what they saw", async () => {
  await using kernel = new TestKernel({ check: "warn" });
  const runs = [
    "function f(x: number) { return x }",
    "f(1)",
    "function f(x: string) { return x }",
    'f("a")',
    "f(2)",
  ].map((code) => kernel.start(code));
  await runs.at(-1)!.ended();
  await kernel.kernel.checked();
  assert.deepEqual(
    runs.map((run) => plain(run.text()).split("\n")[0]),
    [
      "",
      "",
      "",
      "",
      "TS2345 Cell [5], line 1, column 3: Argument of type 'number' is not assignable to parameter of type 'string'.",
    ],
  );
});

Deno.test("kernel knows the names that JSX of deno.json calls, from earlier cells", async () => {
  await using folder = await openFolder({
    "deno.json":
      '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "Parts" } }',
  });
  await using kernel = new TestKernel({
    notebookUrl: folder.notebookUrl,
    configPath: `${folder.path}/deno.json`,
    check: "warn",
  });
  const runs = [];
  for (
    const code of [
      "const Parts = 1; function h(...all: unknown[]) { return all }",
      "declare global { namespace JSX { interface IntrinsicElements { b: object } } }",
      "JSON.stringify(<><b/></>)",
      "const n: string = 1; <b/>",
    ]
  ) runs.push(await kernel.run(code));
  await kernel.kernel.checked();
  assert.equal(runs[2]!.result, `'[1,null,["b",null]]'`);
  assert.deepEqual(
    runs.map((run) => plain(run.text("stderr")).split(" ")[0]),
    ["", "", "", "TS2322"],
  );
});

Deno.test("kernel checks types after half characters, and says when it can not", async () => {
  await using kernel = new TestKernel({ check: "warn" });
  await kernel.run("const ls = '\\ud800', raw = '\ud800';");
  await kernel.run("function known(a: { b: number }) { return a.b }");
  const wrong = await kernel.run("known({ b: 'x' })");
  // A type that the server itself makes of a whole character, and can not tell.
  const untold = await kernel.run(
    "type First<T> = T extends `${infer A}${string}` ? A : never;\n" +
      "const first: First<'😀'> = 1;",
  );
  const right = await kernel.run("known({ b: 1 }); const s: string = 1;");
  await kernel.kernel.checked();
  const [first, second, third] = [wrong, untold, right].map((run) =>
    plain(run.text()).split("\n")[0]
  );
  assert.match(first!, /^TS2322 Cell \[3\], line 1, column 9/);
  assert.match(second!, /^Types of Cell \[4\] were not checked: Cannot ask/);
  assert.match(third!, /^TS2322 Cell \[5\], line 1, column 24/);
});

Deno.test("kernel does not run a strict cell with errors of type", async () => {
  await using kernel = new TestKernel({ check: "strict" });
  const wrong = kernel.start("globalThis.ran = true; const a: string = 1;");
  const waiting = kernel.start("1");
  await waiting.ended();
  assert.match(wrong.error, /^TypeCheckError: TS\d+ [^]*Cell \[1\], line 1/);
  assert.equal(waiting.status, "aborted");
  const right = await kernel.run("const a = 1; typeof globalThis.ran");
  assert.equal(right.error, "");
  assert.equal(right.result, '"undefined"');
  assert.equal((await kernel.run("a.toFixed(1)")).result, '"1.0"');
  // What did not run has declared nothing.
  await kernel.run("const b: number = 'x';");
  assert.match((await kernel.run("b")).error, /Cannot find name 'b'/);
  const told = kernel.request("execute_request", { code: "let c: 1 = 2; c" });
  await told.ended();
  assert.match(told.error, /TypeCheckError/);
});

Deno.test("kernel takes the word of a cell's metadata and comment, and says when it is none", async () => {
  await using kernel = new TestKernel();
  const run = async (code: string, check: unknown) => {
    const metadata = { skein: { check } };
    const run = kernel.request("execute_request", { code }, "shell", metadata);
    return (await run.ended()).error.split(":")[0];
  };
  const wrong = "const s: string = 1;";
  assert.equal(await run(wrong, "strict"), "TypeCheckError");
  assert.equal(await run(`// @skein check: off\n${wrong}`, "strict"), "");
  assert.equal(await run("1;", "loud"), "SyntaxError");
  const bad = await kernel.run("1\n // @skein check: strong");
  assert.match(
    bad.error,
    /"strong", expected off, warn or strict\nCell \[\d+\], line 2/,
  );
});

Deno.test("kernel says nothing of types, and answers editors, without a language server", async () => {
  await using kernel = new TestKernel({
    check: "warn",
    languageServer: false,
  });
  const run = await kernel.run("const list: string = [1]; list.length");
  await kernel.kernel.checked();
  assert.deepEqual([run.result, run.text()], ["1", ""]);
  assert.deepEqual(await complete(kernel, "list.conc"), ["concat"]);
});

Deno.test("kernel answers editors from types as soon as it can, while a cell computes too", async () => {
  await using kernel = new TestKernel({ check: "warn" });
  await kernel.run("interface Item { price: number; name: string }");
  await kernel.kernel.checked();
  const code = "function f(item: Item) { return item.";
  await untilCompletes(kernel, code, ["name", "price"]);
  const busy = kernel.start("console.log('begun'); while (true);");
  await busy.printed("begun");
  await untilCompletes(kernel, code, ["name", "price"]);
  await kernel.interrupt();
  await busy.ended();
});

Deno.test("kernel forgets the names of a session that has ended", async () => {
  await using kernel = new TestKernel({ check: "warn" });
  await kernel.run("const gone = 1;");
  await kernel.request("shutdown_request", { restart: true }, "control")
    .ended();
  const run = await kernel.run("if (false) gone;");
  await kernel.kernel.checked();
  assert.match(plain(run.text()), /^TS2304 [^]*Cannot find name 'gone'/);
});

Deno.test("an interrupt ends the wait for a strict cell's types", async () => {
  await using kernel = new TestKernel({ check: "strict" });
  const run = kernel.start("globalThis.ran = true;");
  await kernel.interrupt();
  await run.ended();
  assert.match(run.error, /^KeyboardInterrupt/);
  const next = await kernel.run("// @skein check: off\nglobalThis.ran");
  assert.equal(next.error, "");
  assert.equal(next.result, undefined);
});

/** On a busy machine, the program alone answers before types are known. */
async function untilCompletes(
  kernel: TestKernel,
  code: string,
  expected: readonly string[],
): Promise<void> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  let found: unknown;
  do found = await complete(kernel, code); while (
    !deadline.aborted && String(found) !== String(expected)
  );
  assert.deepEqual(found, expected);
}

async function complete(kernel: TestKernel, code: string): Promise<unknown> {
  const cursor_pos = code.length;
  const run: Run = kernel.request("complete_request", { code, cursor_pos });
  return (await run.ended()).contents("complete_reply")[0]!.matches;
}

function plain(text: string): string {
  // deno-lint-ignore no-control-regex -- Colours are control characters.
  return text.replace(/\x1b\[[\d;]*m/g, "");
}

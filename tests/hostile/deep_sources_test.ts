/**
 * Sources that are deeper, longer and more twisted than anybody writes: each
 * gives its value where V8 can run it, else a plain SyntaxError; `control` is
 * answered meanwhile, and the next cell is right.
 * @module
 */
import assert from "node:assert/strict";
import { listFamily } from "../../bench/family.ts";
import { fromFileUrl } from "../../session/mod.ts";
import { type Run, TestKernel } from "../kernel/open_kernel.ts";
import { untilGone } from "../session/within.ts";

/** Runs a source, and looks whether the kernel is well. */
async function read(kernel: TestKernel, source: string): Promise<Run> {
  const run = kernel.start(source);
  const info = kernel.request("kernel_info_request", {}, "control");
  assert.equal((await info.ended()).status, "ok");
  await run.ended();
  assert.equal((await kernel.run("40 + 2")).result, "42");
  return run;
}

function nest(open: string, depth: number, close = "", inside = "1"): string {
  return open.repeat(depth) + inside + close.repeat(depth);
}

/** Sources that V8 can run, and their values. */
const SOUND: Readonly<
  Record<string, readonly [source: string, result: RegExp]>
> = {
  "a long sum": [Array(4000).fill("1").join("+"), /^4000$/],
  "a longer sum": [Array(50_000).fill("1").join("+"), /^50000$/],
  "objects in objects": [nest("{a:", 600, "}"), /^\{\s+a: \{\s*a: /],
  "brackets": [nest("(", 1000, ")"), /^1$/],
  "arrays in arrays": [nest("[", 1200, "]", ""), /^\[\s*\[\s*\[/],
  "templates in templates": [nest("`${", 1000, "}`"), /^"1"$/],
  "signs": [nest("- ", 2000), /^1$/],
  "choices": [nest("1?", 2000, ":2"), /^1$/],
  "members": [`globalThis${".globalThis".repeat(3000)}.Array`, /Array/],
  "awaits": [nest("await ", 2000), /^1$/],
  "types": [`let x: ${nest("Array<", 2000, ">")}; 5`, /^5$/],
  "a long list": [`${"1,".repeat(20_000)}7`, /^7$/],
  "a long text": [`const t = "${"y".repeat(3e6)}"; t.length`, /^3000000$/],
};

/** Sources that nobody can run. */
const UNSOUND: Readonly<Record<string, string>> = {
  "brackets that stay open": "(".repeat(3000),
  "objects that stay open": "({a:".repeat(3000),
  "far too many brackets": nest("(", 20_000, ")"),
  "far too many arrays": nest("[", 50_000, "]", ""),
  "far too many templates": nest("`${", 10_000, "}`"),
  "functions in functions": nest("(()=>", 3000, ")()"),
  "blocks in blocks": nest("{", 10_000, "}", ""),
};

Deno.test("kernel runs sources as deep as V8 can run them", async () => {
  await using kernel = new TestKernel();
  for (const [name, [source, result]] of Object.entries(SOUND)) {
    const run = await read(kernel, source);
    assert.equal(run.error, "", name);
    assert.match(String(run.result), result, name);
  }
});

Deno.test("kernel says that a source is wrong or nested too deeply, and lives", async () => {
  await using kernel = new TestKernel();
  for (const [name, source] of Object.entries(UNSOUND)) {
    const run = await read(kernel, source);
    assert.match(run.error, /^SyntaxError: /, name);
    assert.equal(run.status, "error", name);
  }
});

Deno.test("kernel gives up a source that takes for ever to read", async () => {
  await using kernel = new TestKernel();
  const run = await read(kernel, "async (".repeat(26));
  assert.match(run.error, /^SyntaxError: The cell takes too long to read/);
});

Deno.test("kernel interrupts the reading of a source", async () => {
  await using kernel = new TestKernel();
  await kernel.run("globalThis.kept = 41");
  const run = kernel.start("async (".repeat(40));
  await kernel.interrupt();
  assert.match((await run.ended()).error, /^KeyboardInterrupt/);
  assert.equal((await kernel.run("kept + 1")).result, "42");
});

Deno.test({
  name:
    "nothing reads a source any more whose kernel was killed (skipped but on Linux)",
  // Elsewhere nobody tells us which processes there are.
  ignore: Deno.build.os !== "linux",
  async fn() {
    const script = new URL("reading_kernel.ts", import.meta.url);
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", fromFileUrl(script.href)],
      stdout: "piped",
    }).spawn();
    const reader = process.stdout.getReader();
    await reader.read();
    const family = listFamily(process.pid);
    assert.ok(family.some(({ name }) => name === "translator"));
    process.kill("SIGKILL");
    await process.status;
    await reader.cancel();
    await untilGone(...family.map(({ pid }) => pid));
  },
});

Deno.test("kernel judges sources of every kind, or says that it can not", async () => {
  await using kernel = new TestKernel();
  const sources = [
    ...Object.values(SOUND).map(([source]) => source),
    ...Object.values(UNSOUND),
    "async (".repeat(26),
  ];
  for (const code of sources) {
    const run = await kernel.request("is_complete_request", { code }).ended();
    assert.match(String(run.status), /^(complete|incomplete|invalid|unknown)$/);
  }
  assert.equal((await kernel.run("40 + 2")).result, "42");
});

Deno.test("kernel answers editors about sources that nobody can read", async () => {
  await using kernel = new TestKernel();
  for (const source of [...Object.values(UNSOUND), "async (".repeat(26)]) {
    const code = `${source}\nMath.`;
    const content = { code, cursor_pos: code.length };
    for (const type of ["complete_request", "inspect_request"]) {
      const run = await kernel.request(type, content).ended();
      assert.equal(run.status, "ok");
    }
  }
});

Deno.test("kernel outlives sources made of any pieces (seed 11)", async () => {
  await using kernel = new TestKernel({ check: "warn" });
  const random = seeded(11);
  for (let round = 0; round < 40; round++) {
    const pieces = Array.from(
      { length: 1 + random(6) },
      () => PIECES[random(PIECES.length)]!.repeat(1 + random(700)),
    );
    const run = kernel.start(pieces.join(random(2) === 0 ? "" : "\n"));
    await run.ended();
    assert.match(String(run.status), /^(ok|error)$/);
  }
  assert.equal((await kernel.run("40 + 2")).result, "42");
});

/** No loops: what can be run ends. */
const PIECES: readonly string[] = [
  ..."([{<`'\"/)]}>;,.?:=!~+-*&|^%#@\\\n\0é😀\u2028".match(/./gsu)!,
  ..."1 a a=> `${ ${ /*/* // => <a> </a> class{ enum x{ @d static{ x! as".split(
    " ",
  ),
  ..."await  new  typeof  yield* async( import( import.meta super. var[ let{ const["
    .split("  "),
  ..."type t=  interface i{  namespace n{  declare  abstract  export  using x="
    .split("  "),
  "<T,>() => ",
  "if(0);else ",
  "/[/",
  "\\u{",
  "\ud800",
];

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48271) % 0x7fffffff) % below;
}

import assert from "node:assert/strict";
import type { Cell, Notebook } from "../nbformat/mod.ts";
import { hasTag, injectParameters } from "./parameters.ts";

Deno.test("injectParameters() puts its cell after the tagged one, else first", () => {
  const check = (cells: readonly Cell[], expected: readonly string[]) => {
    const { cells: found } = injectParameters(notebook(cells), { x: 1 });
    assert.deepEqual(found.map(({ id }) => id), expected);
  };
  const injected = "injected-parameters";
  const [a, b] = [cell("a"), cell("b")];
  check([], [injected]);
  check([a, b], [injected, "a", "b"]);
  check([cell("a", ["parameters"]), b], ["a", injected, "b"]);
  check([a, cell("b", ["x", "parameters"])], ["a", "b", injected]);
  // One of an earlier run, at whatever place, is replaced.
  check([cell(injected, [injected]), a], [injected, "a"]);
  check([cell("p", ["parameters"]), a, cell(injected, [injected])], [
    "p",
    "a",
    injected,
  ]);
});

Deno.test("injectParameters() twice keeps the second values only", () => {
  const first = injectParameters(notebook([cell("a")]), { x: 1, y: 1 });
  const { cells } = injectParameters(first, { x: 2 });
  assert.equal(cells.length, 2);
  assert.equal(cells[0]!.source, "// Parameters\nlet x = 2;");
  assert.ok(hasTag(cells[0]!, "injected-parameters"));
});

Deno.test("injectParameters() does not change its input, nor without need", () => {
  const given = notebook([cell("a")]);
  const before = structuredClone(given);
  injectParameters(given, { x: 1 });
  assert.deepEqual(given, before);
  assert.equal(injectParameters(given, {}), given);
});

Deno.test("injectParameters() writes values that read back as they were", () => {
  const check = (value: unknown, name = "x") => {
    const parameters = Object.fromEntries([[name, value]]);
    const { source } = injectParameters(notebook([]), parameters).cells[0]!;
    // The comment and each value take one line, whatever they hold.
    assert.equal(source.split("\n").length, 2);
    // deno-lint-ignore no-explicit-any -- Evaluated, so of any type.
    const found: any = new Function(`${source}; return ${name};`)();
    assert.deepEqual(found, value);
    assert.deepEqual(keys(found), keys(value));
  };
  check(1.5);
  check(null);
  check(true);
  check("a \"quoted\" 'text' `${x}` \\ end");
  check("two\nlines\r\u2028\u2029 é 🦕 \u0000");
  check("</script><!-- */ //");
  check([1, "a", { b: [null] }]);
  check(JSON.parse(`{"__proto__": {"a": 1}, "b": {"__proto__": 2}}`));
  check('"__proto__":');
  check(1, "__proto__");
  check(1, "größe");
  check(1, "$_1");
  check(12345678901234567890n);
  check([-0, NaN, { a: [Infinity, -Infinity] }]);
  check(1e21);
  check(undefined);
  check({ a: undefined, 1: "\ud800" });
  for (const name of ["type", "async", "of", "any", "location", "name"]) {
    check(1, name);
  }
  // The same value twice is no value in itself.
  const twice = { a: 1 };
  check([twice, twice]);
});

Deno.test("injectParameters() refuses values that would be changed", () => {
  const circle: unknown[] = [];
  circle.push({ circle });
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const table: readonly (readonly [unknown, string])[] = [
    [new Date(0), "a Date"],
    [[new Map()], "a Map"],
    [{ f: () => 1 }, "a function"],
    [Symbol.iterator, "a symbol"],
    [circle, "itself"],
    [deep, "more than 500 arrays and objects in each other"],
  ];
  for (const [value, found] of table) {
    assert.throws(
      () => injectParameters(notebook([]), { x: value }),
      (error: Error) =>
        error instanceof TypeError &&
        error.message.startsWith(
          `Cannot set parameter "x": it holds ${found},`,
        ),
    );
  }
});

Deno.test("injectParameters() refuses what the language reserves", () => {
  const reserved =
    "class await let yield static enum package eval arguments null this undefined NaN Infinity";
  for (const name of reserved.split(" ")) {
    assert.throws(
      () => injectParameters(notebook([]), { [name]: 1 }),
      new RangeError(
        `Cannot set parameter "${name}": the language reserves it, expected another name`,
      ),
    );
  }
});

Deno.test("injectParameters() refuses what is no name", () => {
  const check = (name: string) => {
    assert.throws(
      () => injectParameters(notebook([]), Object.fromEntries([[name, 1]])),
      (error: Error) =>
        error instanceof RangeError &&
        error.message.startsWith(
          `Cannot set parameter ${JSON.stringify(name)}: it is no name`,
        ),
    );
  };
  check("");
  check("1a");
  check("a b");
  check("a-b");
  check("a.b");
  check("x = 1; y");
  check("x\n");
  check("🦕");
});

Deno.test("hasTag() takes metadata of any shape", () => {
  const check = (tags: unknown, expected: boolean) => {
    const found = hasTag({ ...cell("a"), metadata: { tags } }, "a");
    assert.equal(found, expected);
  };
  check(["a"], true);
  check(["b", "a"], true);
  check(["ab"], false);
  check("a", false);
  check(undefined, false);
  check(null, false);
  check({ a: 1 }, false);
});

/** All keys, in order, of objects in each other. */
function keys(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return null;
  return Object.entries(value).map(([key, one]) => [key, keys(one)]);
}

function notebook(cells: readonly Cell[]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

function cell(id: string, tags?: readonly string[]): Cell {
  return {
    cell_type: "code",
    id,
    metadata: tags === undefined ? {} : { tags },
    source: "",
    execution_count: null,
    outputs: [],
  };
}

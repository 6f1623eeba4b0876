import assert from "node:assert/strict";
import { type Directives, readDirectives, shownOutputs } from "./directives.ts";
import type { Cell, CodeCell, Metadata } from "../notebook.ts";

function code(source: string, metadata: Metadata = {}): CodeCell {
  return {
    cell_type: "code",
    id: "a",
    metadata,
    source,
    execution_count: 1,
    outputs: [
      { output_type: "stream", name: "stdout", text: "out" },
      { output_type: "stream", name: "stderr", text: "err" },
      {
        output_type: "display_data",
        data: { "text/plain": "1" },
        metadata: {},
      },
    ],
  };
}

const PLAIN = readDirectives(code("x"));

/** What a cell asks for beside what any cell does. */
function check(cell: Cell, expected: Partial<Directives>): void {
  const found = readDirectives(cell);
  assert.deepEqual(found, {
    ...PLAIN,
    source: cell.source,
    ...expected,
  });
}

Deno.test("readDirectives() gives every tag its meaning", () => {
  const tagged: Readonly<Record<string, Partial<Directives>>> = {
    "hide-cell": { cell: "folded" },
    "hide-input": { input: "folded" },
    "hide-output": { output: "folded" },
    "remove-cell": { cell: "removed" },
    "remove-input": { input: "removed" },
    "remove-output": { output: "removed" },
    "remove-stdout": { showsStdout: false },
    "remove-stderr": { showsStderr: false },
    "skip-execution": { runs: false },
    "raises-exception": { mayFail: true },
    "parameters": { parameters: "declared" },
    "injected-parameters": { parameters: "injected" },
    "something-else": {},
  };
  for (const [tag, expected] of Object.entries(tagged)) {
    const tags = [tag];
    check(code("x", { tags }), { ...expected, tags });
    check(code("x", { tags: [tag.replaceAll("-", "_")] }), {
      ...expected,
      tags,
    });
    check(code(`//| tags: [${tag}]\nx`), {
      ...expected,
      tags,
      source: "x",
      optionLines: 1,
    });
  }
});

Deno.test("readDirectives() gives every option its meaning", () => {
  const options: Readonly<Record<string, Partial<Directives>>> = {
    "echo: false": { input: "removed" },
    "echo: true": {},
    "echo: fenced": {},
    "eval: false": { runs: false },
    "include: false": { cell: "removed" },
    "output: false": { output: "removed" },
    "output: asis": {},
    "warning: false": { showsStderr: false },
    "error: true": { mayFail: true },
    "code-fold: true": { input: "folded" },
    "code-fold: show": { input: "open" },
    "code-summary: How": { foldTitle: "How" },
    "label: fig-a": { label: "fig-a" },
    "fig-cap: 2024": { captions: ["2024"] },
    'fig-cap: ["A: b", c]': { captions: ["A: b", "c"] },
    "fig-alt: Two lines": { alts: ["Two lines"] },
    "fig-width: 3": {},
    "": {},
  };
  for (const [option, expected] of Object.entries(options)) {
    for (const mark of ["//| ", "#| ", "//|", "  #| "]) {
      check(code(`${mark}${option}\nx`), {
        ...expected,
        source: "x",
        optionLines: 1,
      });
    }
  }
});

Deno.test("readDirectives() reads YAML over several lines", () => {
  check(
    code(
      '\n#| fig-cap:\n//|   - "A"\r\n#|   - B\n#| fig-alt: >\n#|   one\n#|   two\n\nx\n//| echo: false',
    ),
    {
      source: "x\n//| echo: false",
      optionLines: 7,
      captions: ["A", "B"],
      alts: ["one two"],
    },
  );
});

Deno.test("readDirectives() names what it does not understand", () => {
  const wrong: readonly (readonly [string, Partial<Directives>])[] = [
    ["//| echo: maybe", {
      source: "",
      optionLines: 1,
      problems: [
        'its option "echo" is "maybe", expected true or false or fenced',
      ],
    }],
    ["//| ecoh: false", {
      source: "",
      optionLines: 1,
      problems: ['its option "ecoh" is not known'],
    }],
    ["//| label: two words", {
      source: "",
      optionLines: 1,
      problems: [
        'its option "label" is "two words", expected a name without spaces',
      ],
    }],
    ["//| fig-cap: {a: 1}", {
      source: "",
      optionLines: 1,
      problems: [
        'its option "fig-cap" is {"a":1}, expected a text or a list of texts',
      ],
    }],
    ["//|----|", {
      problems: [
        'its option lines are ignored: found "----|", expected "name: value"',
      ],
    }],
    ["//| a: [", {
      problems: [
        "its option lines are ignored: they are not YAML: unexpected end of the stream within a flow collection",
      ],
    }],
  ];
  for (const [source, expected] of wrong) check(code(source), expected);
  check(code("x", { slideshow: { slide_type: "page" } }), {
    problems: [
      'its slide type is "page", expected slide, subslide, fragment, skip, notes, -',
    ],
  });
});

Deno.test("readDirectives() survives what is no metadata of a cell", () => {
  const odd = [null, 3, "hide-input", [null, 4], { a: 1 }, [["x"]]];
  for (const tags of odd) {
    for (const other of odd) {
      const asked = readDirectives(
        code("x", { tags, jupyter: other, slideshow: other, collapsed: other }),
      );
      assert.equal(asked.source, "x");
    }
  }
  const deep = readDirectives(code(`//| a: ${"[".repeat(5000)}`));
  assert.equal(deep.problems.length, 1);
  const long = readDirectives(code(`//| a: ${"b".repeat(70_000)}`));
  assert.match(long.problems[0]!, /expected at most 65536/);
});

Deno.test("readDirectives() reads metadata of JupyterLab and of slides", () => {
  check(code("x", { jupyter: { source_hidden: true } }), { input: "folded" });
  check(code("x", { jupyter: { outputs_hidden: true } }), { output: "folded" });
  check(code("x", { collapsed: true }), { output: "folded" });
  for (const slide of ["slide", "subslide", "fragment", "skip", "notes"]) {
    check(code("x", { slideshow: { slide_type: slide } }), {
      slide: slide as Directives["slide"],
    });
  }
});

Deno.test("readDirectives() lets the stronger of two wishes hold", () => {
  const both = readDirectives(
    code("//| code-fold: show\n//| echo: false\nx", { tags: ["hide-input"] }),
    { noOutput: true },
  );
  assert.equal(both.input, "removed");
  assert.equal(both.output, "removed");
});

Deno.test("readDirectives() reads no option lines in Markdown", () => {
  const cell: Cell = {
    cell_type: "markdown",
    id: "a",
    metadata: { tags: ["remove-input"] },
    source: "#| echo: false",
  };
  const asked = readDirectives(cell, { noInput: true });
  assert.deepEqual([asked.source, asked.input, asked.runs], [
    "#| echo: false",
    "shown",
    false,
  ]);
});

Deno.test("shownOutputs() leaves out what the cell removes", () => {
  const kinds = (tags: readonly string[]) => {
    const cell = code("x", { tags });
    return shownOutputs(cell, readDirectives(cell)).map((output) =>
      output.output_type === "stream" ? output.name : output.output_type
    );
  };
  assert.deepEqual(kinds([]), ["stdout", "stderr", "display_data"]);
  assert.deepEqual(kinds(["remove-stdout"]), ["stderr", "display_data"]);
  assert.deepEqual(kinds(["remove-stderr"]), ["stdout", "display_data"]);
  assert.deepEqual(kinds(["remove-output"]), []);
  assert.deepEqual(kinds(["remove-cell"]), []);
});

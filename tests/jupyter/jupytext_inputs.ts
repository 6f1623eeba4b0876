/**
 * Notebooks and text notebooks made of what is hard for text notebooks: markers,
 * fences, quotes, magics, odd metadata. The same number gives the same one.
 * @module
 */
import type { TextFormatName } from "../../nbformat/mod.ts";

/** A source of numbers that are the same each time. */
class Numbers {
  #seed: number;

  constructor(seed: number) {
    this.#seed = seed * 7919 % 2147483647;
    for (let skip = 0; skip < 5; skip++) this.below(2);
  }

  below(limit: number): number {
    this.#seed = this.#seed * 48271 % 2147483647;
    return this.#seed % limit;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  list<T>(length: number, make: () => T): T[] {
    return Array.from({ length }, make);
  }
}

/**
 * Makes a notebook.
 *
 * @param seed Its number.
 */
export function makeNotebook(seed: number): unknown {
  const numbers = new Numbers(seed);
  return {
    nbformat: 4,
    nbformat_minor: 4,
    metadata: makeMetadata(numbers),
    cells: numbers.list(1 + numbers.below(6), () => makeCell(numbers)),
  };
}

function makeCell(numbers: Numbers): unknown {
  const type = numbers.pick(["code", "code", "markdown", "markdown", "raw"]);
  const count = numbers.below(4) === 0 ? 1 + numbers.below(3) : 0;
  return {
    cell_type: type,
    source:
      (numbers.below(12) === 0 && type === "raw"
        ? `---\n${numbers.pick(FRONT)}---\n`
        : "") +
      numbers.list(numbers.below(7), () => numbers.pick(LINES)).join("\n") +
      (numbers.below(8) === 0 ? "\n" : ""),
    metadata: Object.fromEntries(
      numbers.list(count, () => {
        const [name, values] = numbers.pick(CELL_METADATA);
        return [name, numbers.pick(values)];
      }),
    ),
    ...(type === "code" ? { outputs: [], execution_count: null } : {}),
  };
}

function makeMetadata(numbers: Numbers): Record<string, unknown> {
  const word = () => numbers.pick(WORDS);
  const extra = [
    word(),
    {
      z: word(),
      a: [word(), 1, true, null, [], {}, [word(), "n"], { k: word(), j: [1] }],
    },
    1.5,
    null,
  ];
  const kernelspec = {
    display_name: numbers.below(2) === 0 ? "Deno" : word(),
    language: "typescript",
    name: "deno",
    ...(numbers.below(3) === 0 ? { extra: numbers.pick(extra) } : {}),
  };
  return {
    ...(numbers.below(10) === 0 ? {} : { kernelspec }),
    ...(numbers.below(5) === 0 ? { title: "T" } : {}),
    ...(numbers.below(3) === 0
      ? { language_info: { name: "typescript", pygments_lexer: "typescript" } }
      : {}),
    ...(numbers.below(6) === 0 ? { jupytext: numbers.pick(OPTIONS) } : {}),
  };
}

/**
 * Makes a text notebook as people write them, with or without a header.
 *
 * @param seed Its number.
 * @param format Its format.
 */
export function makeText(
  seed: number,
  format: TextFormatName,
): readonly [text: string, format: TextFormatName] {
  const numbers = new Numbers(seed);
  const isScript = format === "percent";
  const header = (format === "myst" ? MYST_HEADER : HEADER)
    .replaceAll("FORMAT", format)
    .replace("EXTENSION", isScript ? ".ts" : ".md")
    .replace("MORE\n", () => numbers.pick(FRONT))
    .split("\n").map((line) => isScript ? `// ${line}` : line).join("\n");
  const more = {
    percent: SCRIPT_LINES,
    markdown: TEXT_LINES,
    myst: numbers.below(2) === 0 ? MYST_LINES : MYST_CELLS,
  }[format];
  const body = numbers.list(
    numbers.below(16),
    () => numbers.pick(numbers.below(2) === 0 ? more : LINES),
  ).join("\n");
  return [(numbers.below(2) === 0 ? `${header}\n\n` : "") + body, format];
}

const HEADER = `---
jupyter:
  jupytext:
    text_representation:
      extension: EXTENSION
      format_name: FORMAT
      format_version: '1.3'
      jupytext_version: 1.19.6
  kernelspec:
    display_name: Deno
    language: typescript
    name: deno
---`;

const MYST_HEADER = `---
MORE
jupytext:
  text_representation:
    extension: .md
    format_name: myst
    format_version: 0.13
    jupytext_version: 1.19.6
kernelspec:
  display_name: Deno
  language: typescript
  name: deno
---`;

/** What authors write at the top of a MyST document. */
const FRONT = [
  ...["", "", "title: A, b\n", "author: Ä\ndate: 2020-01-02\n"],
  "numbers: [1, 1.0, 1e3, 1.5e+3, 012, 0x1f, 1_000, 12:30, 1:30.5, .5]\n",
  "words: [yes, no, on, y, ~, null, True, '1']\n",
  "when: 2020-01-02T03:04:05Z\nat: 2020-1-2 3:04:05.25 +2:00\n",
  "keywords:\n  - one\n  - two: [a, {b: c}]\nlicense: {code: MIT}\n",
  "jupyter:\n  jupytext:\n    cell_metadata_filter: -all\n",
  "short: |\n  two\n  lines\nfold: >\n  one\n  line\n",
];

const SCRIPT_LINES = [
  ...[
    "// %%",
    "// %% [markdown]",
    "// text",
    "// %% [raw] a=1",
    "//",
    "// ```",
  ],
  ...[
    "// %% tags=[\"a\"] x='y' z",
    "// %% Title b=2",
    '// %% {"a": 1}',
    "",
    "",
  ],
];
const TEXT_LINES = [
  ...[
    "",
    "",
    "",
    '```typescript tags=["a"]',
    "```typescript x",
    "``` typescript",
  ],
  ...["```html", "<!-- #region a=1 T -->", '<!-- #region Title b="x" -->'],
  ...["<!-- #md -->", "<!-- #endmd -->", "```typescript .noeval"],
];

const MYST_LINES = [
  ...["", "", "```{code-cell}", "```{code-cell} typescript", "```", "```"],
  ...["~~~{code-cell} x", "~~~", "```{raw-cell}", "````{code-cell}", "````"],
  ...[":tags: [a, b]", ":name: x y", ":   sub: 1", "---", "tags: [c]", "--- x"],
  ...["+++", '+++ {"a": 1, "tags": ["b"]}', "+ + +", "  +++ {}", "++++"],
  ...[
    "% comment",
    "(target)=",
    "- ```{code-cell}",
    "  ```",
    "> quote",
    "> ```",
  ],
  ...["| a | b |", "|---|---|", "    ```{code-cell}", "  ```{code-cell}"],
  ...["text", "# Head", "```{note}", "1. ```{code-cell} js", "<div>", "</div>"],
];

/** Whole cells, so that many are whole. */
const MYST_CELLS = [
  "```{code-cell} typescript\n:tags: [a]\n\nlet a = 1;\n```",
  "```{code-cell}\n---\nmystnb:\n  figure:\n    name: x\ntags: [b, 'c d']\n---\nf();\n```",
  "```{code-cell} typescript\n\n\nf();\n\n```",
  "```{raw-cell}\n:format: text/latex\n\\section{x}\n```",
  "```{code-cell}\n  :a: 1\n:b: 1.50\n:when: 2020-01-02\n1\n```",
  '+++ {"slideshow": {"slide_type": "slide"}, "n": 1.0}',
  "+++",
  "Some text\n\n- a list\n  ```{code-cell}\n  no cell\n  ```\n",
  "```{code-cell} typescript\n---\nno end\n```",
  "```{code-cell} js\n---\n---\nf();\n```",
  "````{code-cell} typescript\n```\nf();\n````",
  "$$\nx\n$$ (label)\n",
  "```{figure} a.png\n:name: fig\n\nWords.\n```",
];

const LINES = [
  "",
  "",
  " ",
  "a",
  "const x = 1;",
  "// %%",
  "// %% [markdown]",
  "// %% title",
  "// In[1]:",
  "//<codecell>",
  "%time 1",
  "  %b;",
  "%%html",
  "%%javascript x y",
  "%%bash -s",
  "%% what",
  "%%",
  "```",
  "```ts",
  "```typescript",
  "````",
  "```python",
  "```{note}",
  "~~~",
  "    indented",
  "\ttab",
  "# Head",
  "## h2",
  "- item",
  "<!-- #region -->",
  "<!-- #endregion -->",
  "<!-- #raw -->",
  "<!-- #endraw -->",
  "---",
  "title: x",
  "const s = `",
  "`;",
  '"""',
  "'''",
  "it's",
  'say "hi"',
  "// comment",
  "//| echo: false",
  "#| echo: false",
  "+++",
  "// +",
  "// -",
  "é 漢 🦕",
  "a\u2028b",
  "x = '\\''",
  "!ls",
  "?help",
  "\\section{x}",
  "// %time // escape",
  "%x // noescape",
  "%%time // escape",
  "function f() {",
  "}",
  "   // %% indented",
  "//%%",
  "//  %%  x",
  "$$",
  ":option: x",
  "trailing  ",
  "\u000c",
];

const WORDS = [
  "Deno",
  "yes",
  "1.10",
  "a: b",
  "# x",
  "é",
  "a 'q'",
  'd "q"',
  "x".repeat(50) + " " + "y".repeat(50) + " z",
  "",
  " lead",
  "trail ",
  "2020-01-01",
  "null",
  "a\nb",
  "- x",
  "@x",
  "1e3",
  "0x1f",
  "12:30",
  "a\tb",
  "{x}",
  "it's: 1",
  "long words ".repeat(15),
  "é words ".repeat(15),
  "~",
  "<<",
  "=",
  "x #y",
  "x: ",
  "a\n\nb c",
  "'",
  "012",
  "1_000",
  "--- a",
  "?",
  "?x",
  "-",
  ":x",
  "é",
];

const CELL_METADATA: readonly (readonly [string, readonly unknown[]])[] = [
  ["tags", [[], ["a"], ["hide-input", "b c"], ["active-ipynb"], ["active-ts"], [
    "active-py-ipynb",
  ]]],
  ["slideshow", [{ slide_type: "slide" }]],
  ["nul", [null]],
  ["title", ["T", "a b", "x=1", "{x}", "T. .x"]],
  ["collapsed", [true]],
  ["scrolled", [false]],
  ["name", ['é\n"q"']],
  ["num", [3, 1.5, 5e-8, 1e21]],
  ["obj", [{ b: [1, null, true], a: "x y" }]],
  ["jupyter", [{ source_hidden: true }]],
  ["weird key", [1]],
  ["active", ["", "ts", "ipynb", "md"]],
  ["language", ["html", "typescript", "bash"]],
  ["lines_to_next_cell", [0, 1, 2, 3]],
  ["region_name", ["md"]],
  ["cell_depth", [2]],
  ["format", ["text/latex"]],
  ["run_control", [{ frozen: true }]],
  ["a.b@c/d-e", ["v"]],
  ["magic_args", ["z"]],
  ["mystnb", [{ image: { width: "20px", alt: "a, b" } }]],
  ["list", [
    [["a", "b: c", "d, e", "[f]"], { g: [1, [{ h: "i" }]] }],
    Array(30).fill("word, word"),
    [1, -1.5, "é", "yes", null, "", "?x", "-", "a?b", "long words ".repeat(12)],
    [["a", { b: "c, d", "e: f": ["g"] }]],
  ]],
];

const OPTIONS = [
  { formats: "ipynb,ts:percent" },
  { cell_metadata_filter: "-all" },
  { cell_metadata_filter: "tags,-all" },
  { notebook_metadata_filter: "all" },
  { comment_magics: false },
  { cell_metadata_json: true },
  { notebook_metadata_filter: "title,-kernelspec" },
  { main_language: "typescript" },
  { root_level_metadata_filter: "-kernelspec" },
  { root_level_metadata_filter: "-all" },
  { default_lexer: "ts" },
  { formats: "ipynb,md:myst" },
  { formats: "ipynb,ts,md" },
];

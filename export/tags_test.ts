/**
 * The table: every tag and option of a cell, in every format.
 *
 * A new format is a reader in `READERS` and a column in `CASES`.
 * @module
 */
import assert from "node:assert/strict";
import {
  type CodeCell,
  type Metadata,
  parseNotebook,
} from "../nbformat/mod.ts";
import type { ExportOptions } from "./format.ts";
import { FORMATS } from "./formats.ts";

/** What is left of the cell in a format; what is folded stands in brackets. */
type Row = Readonly<Record<string, string>>;

const WHOLE: Row = {
  html: "IN OUT ERR FIG",
  markdown: "IN OUT ERR FIG",
  ipynb: "IN OUT ERR FIG",
  script: "IN",
  slides: "IN OUT ERR | FIG",
  pdf: "IN OUT ERR FIG",
};

/** Metadata of the cell, or option lines; and what is different from `WHOLE`. */
const CASES: readonly (readonly [Metadata | string, Row])[] = [
  [{}, {}],
  [{ tags: ["hide-cell"] }, {
    slides: "(Show cell: IN OUT ERR) | (Show cell: FIG)",
    html: "(Show cell: IN OUT ERR FIG)",
    markdown: "(Show cell: IN OUT ERR FIG)",
    ipynb: "(IN) (OUT ERR FIG)",
  }],
  [{ tags: ["hide-input"] }, {
    slides: "(Show code: IN) OUT ERR | FIG",
    html: "(Show code: IN) OUT ERR FIG",
    markdown: "(Show code: IN) OUT ERR FIG",
    ipynb: "(IN) OUT ERR FIG",
  }],
  [{ tags: ["hide-output"] }, {
    slides: "IN (Show output: OUT ERR) | (Show output: FIG)",
    html: "IN (Show output: OUT ERR FIG)",
    markdown: "IN (Show output: OUT ERR FIG)",
    ipynb: "IN (OUT ERR FIG)",
  }],
  [{ tags: ["remove-cell"] }, {
    pdf: "",
    slides: "",
    html: "",
    markdown: "",
    ipynb: "(IN)",
  }],
  [{ tags: ["remove-input"] }, {
    pdf: "OUT ERR FIG",
    slides: "OUT ERR | FIG",
    html: "OUT ERR FIG",
    markdown: "OUT ERR FIG",
    ipynb: "(IN) OUT ERR FIG",
  }],
  [{ tags: ["remove-output"] }, {
    pdf: "IN",
    slides: "IN",
    html: "IN",
    markdown: "IN",
    ipynb: "IN",
  }],
  [{ tags: ["remove-stdout"] }, {
    pdf: "IN ERR FIG",
    slides: "IN ERR | FIG",
    html: "IN ERR FIG",
    markdown: "IN ERR FIG",
    ipynb: "IN ERR FIG",
  }],
  [{ tags: ["remove-stderr"] }, {
    pdf: "IN OUT FIG",
    slides: "IN OUT | FIG",
    html: "IN OUT FIG",
    markdown: "IN OUT FIG",
    ipynb: "IN OUT FIG",
  }],
  [{ tags: ["skip-execution"] }, {
    slides: "(not run) IN OUT ERR | FIG",
    html: "(not run) IN OUT ERR FIG",
    script: "comment",
  }],
  [{ tags: ["raises-exception"] }, { script: "try IN" }],
  [{ tags: ["parameters"] }, {
    slides: "(parameters) IN OUT ERR | FIG",
    html: "(parameters) IN OUT ERR FIG",
  }],
  [{ slideshow: { slide_type: "skip" } }, { slides: "" }],
  [{ slideshow: { slide_type: "notes" } }, { slides: "" }],
  [{ jupyter: { source_hidden: true } }, {
    slides: "(Show code: IN) OUT ERR | FIG",
    html: "(Show code: IN) OUT ERR FIG",
    markdown: "(Show code: IN) OUT ERR FIG",
    ipynb: "(IN) OUT ERR FIG",
  }],
  ["echo: false", {
    pdf: "OUT ERR FIG",
    slides: "OUT ERR | FIG",
    html: "OUT ERR FIG",
    markdown: "OUT ERR FIG",
    ipynb: "(IN) OUT ERR FIG",
  }],
  ["eval: false", {
    slides: "(not run) IN OUT ERR | FIG",
    html: "(not run) IN OUT ERR FIG",
    script: "comment",
  }],
  ["include: false", {
    pdf: "",
    slides: "",
    html: "",
    markdown: "",
    ipynb: "(IN)",
  }],
  ["output: false", {
    pdf: "IN",
    slides: "IN",
    html: "IN",
    markdown: "IN",
    ipynb: "IN",
  }],
  ["warning: false", {
    pdf: "IN OUT FIG",
    slides: "IN OUT | FIG",
    html: "IN OUT FIG",
    markdown: "IN OUT FIG",
    ipynb: "IN OUT FIG",
  }],
  ["code-fold: true", {
    slides: "(Show code: IN) OUT ERR | FIG",
    html: "(Show code: IN) OUT ERR FIG",
    markdown: "(Show code: IN) OUT ERR FIG",
    ipynb: "(IN) OUT ERR FIG",
  }],
  ["code-fold: show", {
    slides: "(open Show code: IN) OUT ERR | FIG",
    html: "(open Show code: IN) OUT ERR FIG",
    markdown: "(open Show code: IN) OUT ERR FIG",
  }],
  ["label: fig-a", {
    slides: "IN OUT ERR | {fig-a FIG}",
    html: "IN OUT ERR {fig-a FIG}",
    markdown: "IN OUT ERR {fig-a} FIG",
  }],
  ["fig-cap: A *cap*", {
    pdf: "IN OUT ERR FIG A <em>cap</em>",
    slides: "IN OUT ERR | {FIG A <em>cap</em>}",
    html: "IN OUT ERR {FIG A <em>cap</em>}",
    markdown: "IN OUT ERR FIG _A *cap*_",
  }],
  ["fig-alt: Words", {
    pdf: "IN OUT ERR FIG alt=Words",
    slides: "IN OUT ERR | {FIG alt=Words}",
    html: "IN OUT ERR {FIG alt=Words}",
    markdown: "IN OUT ERR FIG alt=Words",
  }],
];

/** Finds what is left in the text of a format. */
const READERS: Readonly<Record<string, (text: string) => string>> = {
  markdown: (text) =>
    text
      .replace(
        /<details(?: (open))?>\s*<summary>(.*?)<\/summary>/g,
        "($1 $2:",
      )
      .replaceAll("</details>", ")")
      .replace(/<a id="(.*?)"><\/a>/g, "{$1}")
      .replace(/!\[(.*?)\]\([^)]*\)/g, (_, alt) =>
        alt === "Plain" ? " FIG " : ` FIG alt=${alt} `)
      .replace(/[*_]stderr[*_]/, "")
      .replace(/^[*](A .*)[*]$/m, "_$1_")
      .replace(/```\w*/g, "").replace(/\s+/g, " ")
      .replace(/([(]) /g, "$1").replace(/ ([)])/g, "$1").trim(),
  script: (text) =>
    /^\/\/ IN/m.test(text)
      ? "comment"
      : /try \{\s+showValue\(IN\)/.test(text)
      ? "try IN"
      : /showValue\(IN\)/.exec(text)
      ? "IN"
      : text,
  ipynb: (text) => {
    const [cell] = parseNotebook(text).cells;
    if (cell?.cell_type !== "code") return "";
    const { jupyter } = cell.metadata as {
      readonly jupyter?: Readonly<Record<string, boolean>>;
    };
    const outputs = cell.outputs.map((output) =>
      output.output_type === "stream" ? output.text : "FIG"
    ).join(" ");
    const hide = (text: string, name: string) =>
      jupyter?.[name] === true && text !== "" ? `(${text})` : text;
    return [hide("IN", "source_hidden"), hide(outputs, "outputs_hidden")]
      .filter((text) => text !== "").join(" ");
  },
  pdf: (source) => {
    const body = source.slice(source.lastIndexOf("\n#{") + 3);
    return body
      .replace(
        /output-box\((label: "stderr", )?raw\(block: true, "(\w+)"\)\)/g,
        " $2 ",
      )
      .replace(/code-box\(.*raw\("IN"\).*\)/g, " IN ")
      .replace(
        /picture\("[^"]*", "(\w*)"\)/g,
        (_, alt) => alt === "Plain" ? " FIG " : ` FIG alt=${alt} `,
      )
      .replace(/caption: \{ "A "; emph\(\{ "cap" \}\) \}/, " A <em>cap</em> ")
      .match(/<em>cap<\/em>|alt=\w+|\b(?:IN|OUT|ERR|FIG|A)\b/g)?.join(" ") ??
      "";
  },
  slides: (page) => {
    const deck = /<div class="slides">[^]*<\/section>/.exec(page)?.[0] ?? "";
    return readHtml(
      deck.replace(/<section[^>]*class="figure-slide"[^>]*>/g, " | ")
        .replace(/<aside class="notes">/g, "(notes: ")
        .replaceAll("</aside>", ")"),
    ).replace(/^[|] /, "");
  },
  html: (page) => readHtml(/<main[^]*<\/main>/.exec(page)?.[0] ?? ""),
};

function readHtml(html: string): string {
  return html
    .replace(
      /<details class="fold"(?: (open))?><summary>(.*?)<\/summary>/g,
      "($1 $2:",
    )
    .replaceAll("</details>", ")")
    .replace(/<span>(not run|parameters)<\/span>/g, " ($1) ")
    .replace(/<figure(?: id="([^"]*)")?(?: aria-label="[^"]*")?>/g, "{ $1 ")
    .replaceAll("</figure>", "}")
    .replace(
      /<img[^>]* alt="([^"]*)"[^>]*>/g,
      (_, alt) => alt === "Plain" ? " FIG " : ` FIG alt=${alt} `,
    )
    .replace(/<p class="output-label">stderr<\/p>/g, "")
    .replace(/<span class="(?:prompt|language)">.*?<\/span>/g, "")
    .replace(/<(?!\/?em)[^>]*>/g, " ").replace(/\s+/g, " ")
    .replace(/([({]) /g, "$1").replace(/ ([)}])/g, "$1").trim();
}

for (const [format, read] of Object.entries(READERS)) {
  Deno.test(`${format} obeys every tag and option of a cell`, async () => {
    for (const [asked, row] of CASES) {
      const text = await render(format, makeCell(asked));
      assert.equal(
        read(text),
        row[format] ?? WHOLE[format],
        JSON.stringify(asked),
      );
      // In a notebook they are part of the source, for whoever reads it next.
      if (format !== "ipynb") {
        assert.doesNotMatch(text, /[#/]\|/, "option lines are not shown");
      }
    }
  });

  Deno.test(`${format} leaves out all code, or all outputs`, async () => {
    const found = async (options: ExportOptions) =>
      read(await render(format, makeCell({}), options));
    const words = WHOLE[format]!.split(" ");
    assert.equal(
      await found({ noInput: true }),
      words.map((word) => word === "IN" ? CODE_STAYS[format] ?? "" : word)
        .join(" ").trim(),
    );
    assert.equal(await found({ noOutput: true }), words[0]);
  });
}

/** What is compiled stands for the PDF, and slides do without a program. */
const STAND_INS: ExportOptions = {
  revealFile: () => Promise.resolve(""),
  typesetter: {
    compile: (main) =>
      Promise.resolve({ type: "pdf", bytes: new TextEncoder().encode(main) }),
    accepts: () => Promise.resolve(true),
  },
};

/** Without its code neither would run any more. */
const CODE_STAYS: Row = { ipynb: "(IN)", script: "IN" };

async function render(
  format: string,
  cell: CodeCell,
  options: ExportOptions = {},
): Promise<string> {
  const { render } = await FORMATS[format]!();
  const document = { metadata: {}, cells: [cell] };
  const { content } = await render(document, { ...STAND_INS, ...options });
  return content instanceof Uint8Array
    ? new TextDecoder().decode(content)
    : [...content].join("");
}

function makeCell(asked: Metadata | string): CodeCell {
  const isLines = typeof asked === "string";
  return {
    cell_type: "code",
    id: "a",
    metadata: isLines ? {} : asked,
    source: isLines ? `//| ${asked}\nIN` : "IN",
    execution_count: null,
    outputs: [
      { output_type: "stream", name: "stdout", text: "OUT" },
      { output_type: "stream", name: "stderr", text: "ERR" },
      {
        output_type: "display_data",
        data: { "image/png": "iVBORw0KGgo=", "text/plain": "Plain" },
        metadata: {},
      },
    ],
  };
}

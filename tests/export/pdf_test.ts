/**
 * PDFs as other programs see them: text by `pdftotext`, structure by `pdfinfo`,
 * fonts by `pdffonts`, all of Poppler; and what PDF/UA-1 asks for in the bytes.
 * @module
 */
import assert from "node:assert/strict";
import { findChromium, printWithChromium } from "../../cli/chromium.ts";
import { startTypesetter } from "../../cli/typst.ts";
import { FORMATS } from "../../export/mod.ts";
import { parseNotebook } from "../../nbformat/mod.ts";

interface Made {
  readonly bytes: Uint8Array;
  readonly reports: readonly string[];
}

const folder = Deno.makeTempDirSync();
const typesetter = startTypesetter(folder);
Deno.test.afterAll(async () => {
  await typesetter[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
});

async function makePdf(
  cells: readonly unknown[],
  metadata: Record<string, unknown> = {},
): Promise<Made> {
  const notebook = parseNotebook(
    JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }),
  );
  const reports: string[] = [];
  const format = await FORMATS.pdf!();
  const { content } = await format.render(notebook, {
    typesetter,
    report: (problem) => reports.push(problem),
  });
  assert.ok(content instanceof Uint8Array);
  return { bytes: content, reports };
}

async function poppler(
  program: string,
  { bytes }: Made,
  ...options: string[]
): Promise<string> {
  const path = await Deno.makeTempFile({ suffix: ".pdf" });
  try {
    await Deno.writeFile(path, bytes);
    const { stdout } = await new Deno.Command(program, {
      args: program === "pdftotext"
        ? [...options, path, "-"]
        : [...options, path],
    }).output();
    return new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(path);
  }
}

const hasPoppler = await new Deno.Command("pdfinfo", { args: ["-v"] }).output()
  .then(() => true, () => false);
/** Stands in the name of a test that is skipped. */
const reason = hasPoppler ? "" : " (skipped: no poppler-utils here)";

const md = (source: string) => ({
  cell_type: "markdown",
  metadata: {},
  source,
});
const code = (source: string, outputs: readonly unknown[] = []) => ({
  cell_type: "code",
  metadata: {},
  source,
  outputs,
  execution_count: 1,
});
const show = (data: Record<string, unknown>, metadata = {}) => ({
  output_type: "display_data",
  data,
  metadata,
});

Deno.test({
  name: `PDF shows nasty text to the letter, wherever it stands${reason}`,
  ignore: !hasPoppler,
  fn: async () => {
    const made = await makePdf([
      ...NASTY.flatMap((text) => [
        code(text, [
          { output_type: "stream", name: "stdout", text: `out ${text}\n` },
          {
            output_type: "stream",
            name: "stderr",
            text: `\x1b[31merr ${text}\n`,
          },
          { output_type: "error", ename: text, evalue: text, traceback: [] },
          show({ "text/plain": `plain ${text}` }),
          show({
            "text/html": `<table><tr><td>cell ${html(text)}</td></tr></table>`,
          }),
          show({ "application/json": { [text]: text } }),
          show({
            "image/svg+xml":
              `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>${
                html(text)
              }</title><text>${html(text)}</text></svg>`,
          }),
        ]),
        md(
          `<h2>head ${html(text)}</h2>\n\n<p>para ${
            html(text)
          }</p>\n\n<div><a href="http://a.example/${html(text)}">link ${
            html(text)
          }</a></div>`,
        ),
        md(`<h3 id="${html(text)}">x</h3><a href="#${html(text)}">y</a>`),
        md(`$\\text{${text}}$ $${text}$`),
      ]),
    ], {
      title: NASTY.join(" "),
      authors: NASTY.map((name) => ({ name })),
      lang: '"#x',
    });
    const read = squeeze(await poppler("pdftotext", made, "-raw"));
    for (const text of NASTY) {
      for (
        const before of [
          "out ",
          "err ",
          "plain ",
          "cell ",
          "head ",
          "para ",
          "link ",
        ]
      ) {
        assert.ok(
          read.includes(squeeze(before + text)),
          `found no ${JSON.stringify(before + text)}`,
        );
      }
    }
    assert.doesNotMatch(read, /root:x:0/);
    const facts = await poppler("pdfinfo", made);
    assert.match(facts, /^Tagged: +yes$/m);
    assert.ok(facts.includes(NASTY[0]!), "the title is to the letter too");
  },
});

Deno.test({
  name: `PDF meets what PDF/UA-1 asks for${reason}`,
  ignore: !hasPoppler,
  fn: async () => {
    const made = await makePdf([
      md(
        "## Begins at level two\n\n#### Then four\n\n[link](https://a.example) $x^2$ ![pic](attachment:none.png)\n\n| a |\n|-|\n| 1 |",
      ),
      code("draw()", [
        show({ "image/svg+xml": SVG }),
        show({ "image/png": PNG }),
        show({ "image/png": PNG }, { alt: "a red square" }),
      ]),
    ], {
      title: "Locks & keys",
      authors: [{ name: "Ada" }, "Bob"],
      lang: "de-AT",
    });
    const raw = new TextDecoder("latin1").decode(made.bytes);
    assert.match(raw, /<pdfuaid:part>1<\/pdfuaid:part>/);
    assert.match(raw, /\/Lang\s*\(de-AT\)/);
    assert.match(raw, /\/Marked true/);
    assert.match(raw, /\/DisplayDocTitle true/);
    const facts = await poppler("pdfinfo", made);
    assert.match(facts, /^Title: +Locks & keys$/m);
    assert.match(facts, /^Author: +Ada, Bob$/m);
    // Each figure and each formula has a text alternative.
    const structure = await poppler("pdfinfo", made, "-struct");
    const pictures = structure.match(/^\s*(?:Figure|Formula)\b/gm)?.length ?? 0;
    assert.equal(pictures, 4);
    assert.equal(raw.match(/\/Alt\s*[(<]/g)?.length, pictures);
    // Levels of headings follow each other.
    assert.deepEqual(structure.match(/\bH\d\b/g), ["H1", "H2"]);
    assert.match(structure, /\bTable\b[^]*\bTH\b[^]*\bTD\b/);
    assert.match(structure, /\bLink\b/);
    assert.match(structure, /\bCode\b/);
    // All fonts are in the file.
    const fonts = (await poppler("pdffonts", made)).split("\n").slice(2)
      .filter((line) => line.trim() !== "");
    assert.ok(fonts.length > 1);
    for (const line of fonts) assert.match(line, /\byes +yes +yes\b/, line);
    // Marks for the reader's side panel.
    assert.match(raw, /\/Outlines/);
  },
});

Deno.test({
  name: `PDF numbers equations, and leads references to them${reason}`,
  ignore: !hasPoppler,
  fn: async () => {
    const made = await makePdf([
      md("See \\eqref{late}, \\ref{e:1}, \\eqref{none}."),
      md("\\begin{equation}\\label{e:1}a\\end{equation}"),
      md("\\begin{align}b&=c\\notag\\\\d&=e\\label{late}\\end{align}"),
      md("$$f\\tag{T}$$"),
      // A name that is there twice must not cost the PDF.
      md("\\begin{equation}\\label{e:1}g\\end{equation}"),
      md(
        "\\begin{equation}\\label{bad}\\color{red}h\\end{equation} \\eqref{bad}",
      ),
      code("f()", [show({
        "text/latex": "\\begin{equation}\\label{i}i\\end{equation} \\eqref{i}",
      })]),
    ]);
    const text = await poppler("pdftotext", made, "-layout");
    assert.match(text, /See \(2\), 1, \(\?\)\./);
    assert.deepEqual(
      text.match(/\(\w\)(?=\s*$)/gm),
      ["(1)", "(2)", "(T)", "(3)", "(4)", "(5)", "(5)"],
    );
    const raw = new TextDecoder("latin1").decode(made.bytes);
    assert.equal(raw.match(/\/Subtype\s*\/Link/g)?.length, 3);
    assert.deepEqual(made.reports.length, 1, made.reports.join("\n"));
  },
});

Deno.test("PDF names what it can not show, and the cell", async () => {
  const { reports } = await makePdf([
    md("fine $x$"),
    md("$\\unknowncmd{x}$"),
    code("f()", [
      show({ "application/vnd.x+json": {} }),
      show({ "image/png": "AAAA" }),
      show({ "text/html": "<div id=a></div><script>f()</script>" }),
    ]),
    md("$$\\frac{1}{2} + \\undefined$$ \u{e123}"),
  ]);
  const about = (cell: number) =>
    reports.filter((problem) => problem.startsWith(`cell ${cell}: `));
  assert.deepEqual(about(1), []);
  assert.match(about(2).join(), /formula.*unknowncmd/);
  assert.match(about(3).join("\n"), /vnd\.x\+json[^]*image[^]*HTML output/);
  assert.match(about(4).join(), /formula/);
  assert.ok(reports.some((problem) => /no font has .*U\+E123/.test(problem)));
});

Deno.test("PDF is made of whatever characters there are", async () => {
  const odd = [
    ...[
      "a\u0488b",
      "\u0301",
      "x\u20e3",
      "\ud83d\udc68\u200d\ud83d\udc69",
      "\u0e01\u0e33",
    ],
    ...[
      "x\u{1f3fb}",
      "\u0f40\u0f71",
      "\u{10ffff}",
      "\u2066x\u2069",
      "\ufffd",
      "\ud800",
    ],
    ...[
      "\u1100\u1161\u11a8",
      "\u0627\u0644\u0639",
      "\u200b\u00ad",
      "\u{e0041}",
    ],
  ];
  const { reports } = await makePdf([
    md(odd.map((text) => `${text} $x_{\\text{${text}}}$`).join("\n\n")),
    code(odd.join("\n"), [
      show({
        "image/svg+xml": SVG.replace(
          "</svg>",
          `<text y="9">${odd.join(" ")}</text></svg>`,
        ),
      }),
    ]),
  ], { title: odd.join(" ") });
  assert.ok(reports.some((problem) => problem.startsWith("no font has ")));
});

Deno.test("PDF has one page at least, and is the same each time", async () => {
  const [one, two] = [await makePdf([]), await makePdf([])];
  assert.deepEqual(one.bytes, two.bytes);
  assert.equal(new TextDecoder().decode(one.bytes.subarray(0, 5)), "%PDF-");
});

const chromium = await findChromium((name) => Deno.env.get(name));

Deno.test({
  name: `Chromium is the other way to a PDF${
    chromium === undefined ? " (skipped: no Chromium here)" : reason
  }`,
  ignore: chromium === undefined || !hasPoppler,
  fn: async () => {
    const work = await Deno.makeTempDir();
    try {
      const format = await FORMATS.pdf!();
      const notebook = parseNotebook(JSON.stringify({
        nbformat: 4,
        nbformat_minor: 4,
        metadata: { title: "Locks" },
        cells: [
          md("# Locks\n\ntext"),
          {
            ...code("hidden()", [show({ "image/svg+xml": SVG })]),
            metadata: { tags: ["hide-input"] },
          },
        ],
      }));
      const { content } = await format.render(notebook, {
        printPage: (html) =>
          printWithChromium(html, { chromium: chromium!, folder: work }),
      });
      const made = { bytes: content as Uint8Array, reports: [] };
      const text = await poppler("pdftotext", made);
      assert.match(text, /Locks/);
      // On paper nothing is folded.
      assert.match(text, /hidden\(\)/);
      assert.match(await poppler("pdfinfo", made), /^Tagged: +yes$/m);
    } finally {
      await Deno.remove(work, { recursive: true });
    }
  },
});

Deno.test("skein export --to pdf writes a PDF, and says what --engine can be", async () => {
  const work = await Deno.makeTempDir();
  const skein = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        new URL("../../main.ts", import.meta.url).pathname,
        "export",
        ...args,
      ],
      env: { NO_COLOR: "1" },
    }).output();
    const decoder = new TextDecoder();
    return { code, said: decoder.decode(stdout) + decoder.decode(stderr) };
  };
  try {
    const path = `${work}/a.ipynb`;
    await Deno.writeTextFile(
      path,
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 4,
        metadata: {},
        cells: [md("# A $\\oops$")],
      }),
    );
    const made = await skein(path, "--to", "pdf");
    assert.equal(made.code, 0, made.said);
    assert.match(made.said, /cell 1: a formula is shown as its source: \\oops/);
    const bytes = await Deno.readFile(`${work}/a.pdf`);
    assert.equal(new TextDecoder().decode(bytes.subarray(0, 5)), "%PDF-");
    const wrong = await skein(path, "--to", "pdf", "--engine", "latex");
    assert.equal(wrong.code, 2);
    assert.match(wrong.said, /--engine is "latex", expected typst or chromium/);
  } finally {
    await Deno.remove(work, { recursive: true });
  }
});

Deno.test("a document can not read files, whatever its source says", async () => {
  for (const path of ["/etc/passwd", "../../etc/passwd", "/deno.json"]) {
    assert.equal(
      await typesetter.accepts(`#read("${path}")`, new Map()),
      false,
    );
  }
});

Deno.test("a heading without words costs no PDF, nor what stands in it", async () => {
  const made = await makePdf([{
    cell_type: "markdown",
    metadata: {},
    source:
      "# <br>\n\n## <div></div>\n\n# <table><tr><td>x</table>\n\n# <p title=''>\n\n### &nbsp;\n\n# $x^2$\n\nwords",
  }]);
  assert.match(await poppler("pdftotext", made), /words/);
});

Deno.test("startTypesetter() stops a document that takes too long, and goes on", async () => {
  await using hurried = startTypesetter(folder, 3000);
  const endless = "#{ let n = 0; for a in range(1000000) { " +
    "for b in range(1000000) { n += 1 } } }";
  await assert.rejects(
    hurried.compile(endless, new Map()),
    /the typesetter did not end within 3 s, and was stopped/,
  );
  const good = '#set document(title: "a")\n= A';
  assert.equal((await hurried.compile(good, new Map())).type, "pdf");
});

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");
}

function squeeze(text: string): string {
  return text.replace(/[\s\u200b]+/g, "");
}

/** Text that would be code of Typst if it were not escaped. */
const NASTY = [
  "#panic(1)",
  '"); #panic("x',
  '#read("/etc/passwd")',
  "\\",
  '\\"',
  "#{ while true {} }",
  "#let x = [",
  "*bold* _it_ = head",
  "- - + / term:",
  "<label> @ref",
  "// gone /* gone */",
  "``` #x ```",
  "]}) #eval(1)",
  "~ -- --- ... 'q'",
  '#import "@preview/x:1.0.0"',
];

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>A bar</title><rect width="40" height="9"/></svg>';
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

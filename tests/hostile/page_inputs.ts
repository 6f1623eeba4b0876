/**
 * Inputs that once made a page take hours, and their relatives: each is a text
 * of about `n` characters for one place in a notebook.
 * @module
 */
import type { Cell, Notebook } from "../../nbformat/mod.ts";

/** An input, and the place in a notebook it is for. */
export interface HardInput {
  readonly name: string;
  readonly make: (n: number) => Notebook;
}

/** All of them. */
export function hardInputs(): HardInput[] {
  return [
    ...Object.entries(MARKDOWN).map(([name, make]) =>
      input(`Markdown, ${name}`, (n) => [markdown(make(n))])
    ),
    ...Object.entries(CODE).map(([name, make]) =>
      input(`code, ${name}`, (n) => [code(make(n))])
    ),
    ...Object.entries(MARKUP).map(([name, make]) =>
      input(`text/html, ${name}`, (n) => [display({ "text/html": make(n) })])
    ),
    ...Object.entries(MARKUP).map(([name, make]) =>
      input(`text/html with a figure, ${name}`, (n) => [
        display({ "text/html": make(n), "image/svg+xml": "<svg/>" }),
      ])
    ),
    ...Object.entries(MARKUP).map(([name, make]) =>
      input(`image/svg+xml, ${name}`, (n) => [
        display({ "image/svg+xml": `<svg>${make(n)}` }),
        display({ "image/svg+xml": make(n) }),
      ])
    ),
    ...Object.entries(LATEX).map(([name, make]) =>
      input(`text/latex, ${name}`, (n) => [display({ "text/latex": make(n) })])
    ),
    ...Object.entries(TERMINAL).map(([name, make]) =>
      input(`a stream, ${name}`, (n) => [stream(make(n))])
    ),
    input(
      "equal headings in cells of their own",
      (n) => repeatCell(n / 8, () => markdown("# Same")),
    ),
    input("headings that look like copies", (n) => [
      markdown(lines(n / 12, (i) => `# a-${i}\n# a`)),
    ]),
    input("attachments", (n) =>
      repeatCell(n / 40, () => ({
        ...markdown("![a](attachment:a.svg)"),
        attachments: { "a.svg": { "image/svg+xml": "<svg/>" } },
      }))),
    input("JSON, wide", (n) => [
      display({ "application/json": Array.from({ length: n / 4 }, () => 1) }),
    ]),
    input("base64 with spaces", (n) => [
      display({ "image/png": "AAA ".repeat(n / 4) + "!" }),
    ]),
    input("parts of a stream", (n) => {
      const part = {
        output_type: "stream" as const,
        name: "stdout" as const,
        text: "a\n",
      };
      return [{
        ...code(""),
        outputs: Array.from({ length: n / 40 }, () => part),
      }];
    }),
  ];
}

type Make = (n: number) => string;

const repeat = (text: string): Make => (n) =>
  text.repeat(Math.ceil(n / text.length));
const lines = (n: number, make: (i: number) => string) =>
  Array.from({ length: Math.ceil(n) }, (_, i) => make(i)).join("\n");

const MARKUP: Record<string, Make> = {
  "<": repeat("<"),
  "<a": repeat("<a"),
  "<svg ": repeat("<svg "),
  "<svg , then a namespace": (n) => repeat("<svg ")(n) + " xmlns=",
  "<title": repeat("<title"),
  "<title>": repeat("<title>"),
  "<style": repeat("<style"),
  "<style>": repeat("<style>"),
  "<script>": repeat("<script>"),
  "<!--": repeat("<!--"),
  "<![CDATA[": repeat("<![CDATA["),
  "<?": repeat("<?"),
  "&": repeat("&"),
  "&amp": repeat("&amp"),
  "attributes": (n) => `<b ${lines(n / 8, (i) => `a${i}=1`)}>`,
  "equal attributes": (n) => `<b ${repeat("a=1 ")(n)}>`,
  "open elements": repeat("<div>"),
  "open paragraphs": repeat("<p>"),
  "closed elements": repeat("</div>"),
  "tables in tables": repeat("<table><tr><td>"),
  "a long word": repeat("a"),
  "one style with addresses": (n) => `<b style="${repeat("url(")(n)}">`,
  "one style with comments": (n) => `<b style="url${repeat("/*")(n)}">`,
  "escapes in a style": (n) => `<b style="${repeat("\\75 ")(n)}">`,
  "entities declared": (n) =>
    `<!DOCTYPE svg [${repeat('<!ENTITY a "b">')(n)}]><svg>&a;`,
  "an entity not ended": (n) => `<!DOCTYPE svg [<!ENTITY a "${repeat("b")(n)}`,
};

const MARKDOWN: Record<string, Make> = {
  ...MARKUP,
  "begin": repeat("\\begin{a}\n"),
  "begin in one line": repeat("\\begin{a} "),
  "begin, many names": (n) => lines(n / 12, (i) => `\\begin{a${i}}`),
  "begin and other ends": repeat("\\begin{a}\n\\end{b}\n"),
  "begin in begin": (n) =>
    repeat("\\begin{a}\n")(n / 2) + repeat("\\end{a}\n")(n / 2),
  "dollars": repeat("$"),
  "dollar and word": repeat("$a "),
  "two dollars": repeat("$$\n"),
  "two dollars and text": repeat("$$a\n"),
  "brackets": repeat("\\\\[ "),
  "brackets in lines": repeat("\\\\[\n"),
  "single brackets": repeat("\\( "),
  "bars and dollars": repeat("|$"),
  "references": repeat("\\eqref{a"),
  "emphasis": repeat("*a "),
  "emphasis closed": repeat("*a_ "),
  "strong": repeat("**a"),
  "strike": repeat("~~a"),
  "backticks": (n) => lines(Math.sqrt(n), (i) => "`".repeat(i)),
  "links": repeat("[a]("),
  "links open": repeat("["),
  "images": repeat("![a]("),
  "references of links": (n) => lines(n / 10, (i) => `[a${i}]: b`),
  "quotes": repeat("> "),
  "quotes in lines": repeat(">\n"),
  "lists": repeat("- "),
  "lists in lists": (n) =>
    lines(Math.sqrt(n), (i) => `${" ".repeat(2 * i)}- a`),
  "tables": (n) => `|a|\n|-|\n${repeat("|b|\n")(n)}`,
  "one wide table": (n) => `${repeat("|a")(n / 2)}\n${repeat("|-")(n / 2)}`,
  "equal headings": repeat("# a\n"),
  "tasks": repeat("- [ ] a\n"),
  "addresses": repeat("http://a.b "),
  "half an address": repeat("http://"),
  "mail addresses": repeat("a@b.c "),
  "fences": repeat("```\n"),
  "colored code": (n) => "```ts\n" + repeat("a ")(n),
  "equations": repeat("$$\\tag{1}a$$\n\n"),
  "macros": repeat("$\\def\\a{b}$ "),
  "macros of many names": (n) =>
    lines(n / 20, (i) => {
      const letters = [...i.toString()].map((digit) => "abcdefghij"[+digit]);
      return `$\\def\\z${letters.join("")}{b}$`;
    }),
  "operators": repeat("$\\DeclareMathOperator{\\a}{b}$ "),
  "operators in operators": (n) =>
    lines(n / 3500, () => `$${"\\DeclareMathOperator{\\a}{".repeat(140)}$`),
  "colors": repeat('<b style="color:red">a</b>'),
};

const CODE: Record<string, Make> = {
  "a long word": repeat("a"),
  "words": repeat("abc "),
  "lines": repeat("const a = 1;\n"),
  "brackets": repeat("("),
  "brackets in lines": repeat("(\n"),
  "templates": repeat("`${"),
  "templates in lines": repeat("`${\n"),
  "comments": repeat("/*"),
  "comments in lines": repeat("/*\n"),
  "tags": repeat("<a"),
  "tags in lines": repeat("<a\n"),
  "arrows in lines": repeat("(a,\n"),
  "digits in lines": (n) => repeat("1".repeat(900) + "\n")(n),
  "names in lines": (n) => repeat("a".repeat(900) + "\n")(n),
  "spaces in lines": (n) => repeat(" ".repeat(900) + "\n")(n),
  "regular expressions in lines": repeat("= /a\n"),
  "quotes in lines": repeat('"a\n'),
};

const LATEX: Record<string, Make> = {
  "begin": repeat("\\begin{a}"),
  "begin, many names": (n) => lines(n / 12, (i) => `\\begin{a${i}}`),
  "dollars": repeat("$"),
  "dollar and word": repeat("$a "),
  "two dollars": repeat("$$ "),
  "brackets": repeat("\\["),
  "a deep formula": (n) => `$${repeat("{")(n)}$`,
  "a long formula": (n) => `$${repeat("x+")(n)}$`,
};

const TERMINAL: Record<string, Make> = {
  "escapes": repeat("\x1b["),
  "titles": repeat("\x1b]"),
  "colors": repeat("\x1b[31ma"),
  "many colors at once": (n) => `\x1b[${repeat("1;")(n)}m`,
  "back and forth": repeat("a\r"),
  "backspaces": repeat("ab\b"),
  "erased to the left": (n) => "a".repeat(n / 4) + repeat("\x1b[1K")(n),
  "erased lines": (n) => "a".repeat(n / 4) + repeat("\x1b[2K")(n),
  "erased screens": (n) => repeat("a\n")(n / 4) + repeat("\x1b[2J")(n),
  "far to the right": repeat("\x1b[9999999Ca"),
  "far down": repeat("\x1b[9999999Ba"),
  "far away": repeat("\x1b[9999999;9999999Ha"),
  "up and down": (n) =>
    repeat("a\n")(n / 4) + repeat("\x1b[9999A\x1b[9999B")(n),
  "inserted": (n) => "a".repeat(n / 4) + "\r" + repeat("\x1b[@")(n),
  "deleted": (n) => "a".repeat(n / 4) + "\r" + repeat("\x1b[P")(n),
  "erased": (n) => "a".repeat(n / 4) + "\r" + repeat("\x1b[99999X")(n),
};

function input(name: string, make: (n: number) => readonly Cell[]): HardInput {
  return {
    name,
    make: (n) => ({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: make(n),
    }),
  };
}

function repeatCell(n: number, make: () => Cell): Cell[] {
  return Array.from({ length: Math.ceil(n) }, make);
}

function markdown(source: string): Cell {
  return { cell_type: "markdown", id: "m", metadata: {}, source };
}

function code(source: string) {
  return {
    cell_type: "code" as const,
    id: "c",
    metadata: {},
    source,
    execution_count: 1,
    outputs: [],
  };
}

function display(data: Record<string, unknown>): Cell {
  const outputs = [{
    output_type: "display_data" as const,
    data,
    metadata: {},
  }];
  return { ...code(""), outputs };
}

function stream(text: string): Cell {
  const outputs = [{
    output_type: "stream" as const,
    name: "stdout" as const,
    text,
  }];
  return { ...code(""), outputs };
}

/**
 * The look of a printed notebook: what stands before its text in Typst. Pure.
 * @module
 */
import { CODE_COLORS, PAGE_COLORS } from "../theme_code.ts";
import { literal } from "./literal.ts";

/** What a document says of itself. */
export interface DocumentFacts {
  readonly title: string;
  readonly authors: readonly string[];
  /** Such as `en` or `de-AT`. */
  readonly language: string;
}

/**
 * Writes what stands before the text.
 *
 * @param facts What the document says of itself.
 * @returns Source in Typst.
 */
export function preamble(facts: DocumentFacts): string {
  const authors = facts.authors.map((name) => `${literal(name)}, `).join("");
  const color = (name: string) => `rgb(${literal(PAGE_COLORS[name]![0])})`;
  return `#set document(title: ${
    literal(facts.title)
  }, author: (${authors}), date: none)
#set text(${readLocale(facts.language)}, font: ${FONTS}, size: 10.5pt, fill: ${
    color("text")
  }, overhang: false)
#set page(paper: "a4", margin: (x: 2.1cm, top: 2.1cm, bottom: 2.3cm), numbering: "1 / 1",
  footer: context {
    set text(font: "Inter", size: 8pt, fill: ${color("muted")})
    grid(columns: (1fr, auto), column-gutter: 1em,
      ${literal(facts.title)}, counter(page).display("1 / 1", both: true))
  })
#set par(leading: 0.66em, spacing: 1.05em)
#set block(spacing: 1.05em)
#show heading: set text(font: "Inter", weight: 600)
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 2): set text(size: 14.5pt)
#show heading.where(level: 3): set text(size: 12pt)
#show heading.where(level: 4): set text(size: 10.5pt)
#show heading: set block(above: 1.7em, below: 0.8em, sticky: true)
#show link: it => { set text(fill: ${
    color("accent")
  }); underline(offset: 2pt, stroke: 0.5pt, it) }
#show raw: set text(font: ("DejaVu Sans Mono", "Libertinus Serif"))
#show raw.where(block: false): set text(size: 0.86em)
#show raw.where(block: true): set text(size: 8.5pt)
#show raw.where(block: true): set par(leading: 0.55em)
#show quote.where(block: true): it => block(inset: (left: 1em), stroke: (left: 2pt + ${
    color("line")
  }), { set text(fill: ${color("muted")}); pad(left: 0pt, it.body) })
#set table(stroke: (x, y) => (bottom: 0.5pt + ${
    color("line")
  }), inset: (x: 6pt, y: 4pt))
#set figure(gap: 0.7em)
#set figure.caption(separator: ". ")
#show figure.caption: set text(size: 0.9em, fill: ${color("muted")})
${
    Object.entries(CODE_COLORS).map(([name, [light]]) =>
      `#let ink-${name}(body) = text(fill: rgb("${light}"), body)`
    ).join("\n")
  }
// One element of code, so that it is read as one; its lines in colours.
#let code-lines(lines) = {
  show raw.line: it => lines.at(it.number - 1)
  raw(block: true, lines.map(_ => "-").join("\\n"))
}
#let rule() = line(length: 100%, stroke: 0.5pt + ${color("line")})
#let small-label(body) = if body != "" {
  block(above: 1em, below: 0.4em, sticky: true, text(font: "Inter", size: 7.5pt, fill: ${
    color("muted")
  }, body))
}
#let code-box(label: "", body) = {
  small-label(label)
  block(width: 100%, fill: ${
    color("box")
  }, radius: 3pt, inset: (x: 7pt, y: 6pt), breakable: true, body)
}
#let output-box(label: "", body) = {
  small-label(label)
  block(width: 100%, inset: (left: 7pt, y: 2pt), stroke: (left: 1.5pt + ${
    color("line")
  }), breakable: true, { set par(leading: 0.55em); show raw.where(block: false): set text(size: 8.5pt); body })
}
#let error-box(label, body) = {
  small-label(text(fill: ${color("error")}, label))
  block(width: 100%, fill: ${
    color("error-box")
  }, inset: (left: 7pt, right: 4pt, y: 5pt), stroke: (left: 1.5pt + ${
    color("error")
  }), breakable: true, { set par(leading: 0.55em); show raw.where(block: false): set text(size: 8.5pt); body })
}
#let plain-box(body) = block(width: 100%, body)
#let alert-box(body) = block(width: 100%, inset: (x: 9pt, y: 7pt), fill: ${
    color("box")
  }, stroke: (left: 2pt + ${color("accent")}), body)
#let note-line(body) = text(style: "italic", fill: ${color("muted")}, body)
#let equation-reference(label-name, brackets: true) = context {
  let (number, is-there) = equations.at(label-name, default: ("(?)", false))
  let words = if brackets { number } else { number.trim(regex("[()]")) }
  if is-there { link(label("equation-" + label-name), words) } else { words }
}
// A picture has the size that a page gives it, three points for four pixels, but
// never more room than there is.
#let picture(path, alt, width: auto) = layout(room => {
  let natural = measure(image(path, alt: alt))
  let wanted = if width == auto { natural.width * if path.ends-with(".svg") { 1 } else { 0.75 } } else { width }
  let height = natural.height * (wanted / calc.max(natural.width, 0.01pt))
  let shrink = calc.min(1, room.width / calc.max(wanted, 0.01pt), 640pt / calc.max(height, 0.01pt))
  image(path, alt: alt, width: wanted * shrink)
})
`;
}

function readLocale(language: string): string {
  const [, lang, region] =
    /^([a-z]{2,3})(?:[-_](?:[a-z]{4}[-_])?([a-z]{2}))?\b/i
      .exec(language) ?? [];
  const country = region === undefined
    ? ""
    : `, region: ${literal(region.toLowerCase())}`;
  return `lang: ${literal(lang?.toLowerCase() ?? "en")}${country}`;
}

/** The first two are in the document always, the third is in the compiler. */
const FONTS = '("Libertinus Serif", "Inter", "DejaVu Sans Mono")';

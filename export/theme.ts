/**
 * The look of an exported page: layout, text, outputs; screen, phone and paper.
 *
 * Pure: one style sheet as text. Colours of code and of terminals, and all
 * colour variables, are in `theme_code.ts`. All text meets WCAG AA (4.5:1).
 * @module
 */
import type { Theme } from "./format.ts";
import { CODE_THEME, DARK_COLORS } from "./theme_code.ts";

/** Everything but the insides of code. */
const THEME = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; color: var(--text); background: var(--page);
  font: 1.0625rem/1.65 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1.125rem 3rem; outline: 0; }
footer { max-width: 54rem; margin: 0 auto; padding: 1rem 1.125rem 2rem; color: var(--muted); font-size: .8125rem; }
footer p { margin: 0; padding-top: 1rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
a:where(:any-link) { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus-visible { outline: 0; }
.skip-link { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--page); z-index: 1; }
.skip-link:focus { left: .5rem; top: .5rem; }

/* Table of contents: beside the text where there is room, else folded above it. */
.toc-side { display: none; }
.toc-top { max-width: 54rem; margin: 0 auto; padding: 1rem 1.125rem 0; font-size: .9375rem; }
.toc-top details { padding: .5rem .875rem; border: 1px solid var(--line); border-radius: 8px; }
summary { cursor: pointer; color: var(--muted); }
.toc-side p { margin: 0 0 .5rem; color: var(--muted); font-size: .8125rem; }
nav ol { margin: 0; padding: 0; list-style: none; }
nav ol ol { padding-left: .875rem; }
nav a { display: block; padding: .25rem 0; color: var(--text); text-decoration: none; line-height: 1.4; overflow-wrap: anywhere; }
nav ol ol a { color: var(--muted); }
nav a:hover { color: var(--accent); text-decoration: underline; }
@media (min-width: 72rem) {
  body { display: grid; grid-template-columns: 1fr 54rem 1fr; }
  body > main, body > footer { grid-column: 2; width: 100%; }
  .toc-top { display: none; }
  .toc-side {
    display: block; grid-column: 1; grid-row: 1 / span 2; justify-self: end; align-self: start;
    position: sticky; top: 0; width: min(100%, 15rem); max-height: 100vh; overflow-y: auto;
    padding: 2.5rem .75rem 2rem; font-size: .875rem;
  }
  body:has(.toc-side) { grid-template-columns: minmax(13rem, 1fr) 54rem minmax(0, 1fr); }
  main { grid-row: 1; padding-top: 2rem; }
  footer { grid-row: 2; }
}

/* Text. */
.cell { margin: 0 0 1.375rem; }
.markdown { overflow-wrap: break-word; }
.markdown > :is(p, ul, ol, dl, blockquote, h1, h2, h3, h4, h5, h6, details, .alert, .math-display), .latex { max-width: 66ch; }
.markdown > :first-child { margin-top: 0; }
.markdown > :last-child { margin-bottom: 0; }
h1, h2, h3, h4, h5, h6 { margin: 2em 0 .6em; line-height: 1.25; font-weight: 650; text-wrap: balance; }
h1 { margin-top: 0; font-size: clamp(1.75rem, 1.4rem + 1.6vw, 2.25rem); letter-spacing: -.015em; }
h2 { font-size: 1.5rem; letter-spacing: -.01em; }
h3 { font-size: 1.2rem; }
h4, h5, h6 { font-size: 1.0625rem; }
.cell.markdown > :is(h2, h3):first-child { padding-top: 1.25rem; }
.anchor { color: var(--muted); font-weight: 400; text-decoration: none; opacity: 0; }
:is(h1, h2, h3, h4, h5, h6):hover .anchor, .anchor:focus { opacity: 1; }
p, ul, ol, dl, blockquote { margin: 0 0 1em; }
ul, ol { padding-left: 1.5rem; }
li + li { margin-top: .25em; }
blockquote { padding: .125rem 0 .125rem 1rem; border-left: 3px solid var(--line); color: var(--muted); }
blockquote > :last-child, li > :last-child { margin-bottom: 0; }
hr { margin: 2rem 0; border: 0; border-top: 1px solid var(--line); }
.alert { margin: 0 0 1em; padding: .75rem 1rem; border-left: 3px solid var(--accent); background: var(--box); border-radius: 0 6px 6px 0; }
.alert-warning { border-color: var(--warning); }
.alert-danger { border-color: var(--error); }
code, pre, kbd, samp { font-family: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
:not(pre) > code { padding: .1em .3em; background: var(--box); border-radius: 4px; font-size: .875em; }
kbd { padding: .1em .4em; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; font-size: .8125em; }
img { max-width: 100%; height: auto; vertical-align: middle; }
math { font-size: 1.06em; font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", "DejaVu Math TeX Gyre", "Noto Sans Math", math; }
math.tml-display { display: block; width: 100%; }
.math-display { display: block; margin: 1em 0; padding: .25rem 0; overflow-x: auto; overflow-y: hidden; }
.tml-left { text-align: left; text-align: -webkit-left; }
.tml-right { text-align: right; text-align: -webkit-right; }
mtd:has(> mtext > .tml-eqn, > mtext.tml-tag) { text-align: right; text-align: -webkit-right; }
.math-error { border-bottom: 1px dashed var(--error); }
table { border-collapse: collapse; font-size: .9375rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
table[border], table[border] :is(th, td) { border: 0; }
th, td, table[border] :is(th, td) { padding: .375rem .875rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; }
.dataframe :is(th, td) { text-align: right; }
thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; }
.scroll-x { max-width: 100%; margin: 0 0 1em; overflow-x: auto; }
.markdown > table { display: block; overflow-x: auto; }

/* Code and what it shows. */
pre { margin: 0 0 1em; padding: .75rem 1rem; overflow-x: auto; color: var(--text); background: var(--box); border-radius: 6px; font-size: .84375rem; line-height: 1.55; tab-size: 4; }
.input-label { display: flex; gap: .75rem; margin: 0; padding: 0 .125rem .1875rem; color: var(--muted); font-size: .75rem; line-height: 1.4; }
.prompt { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.language { margin-left: auto; }
.cell .source { margin: 0; border: 1px solid var(--line); }
.output { margin: .625rem 0 0; padding-left: 1rem; border-left: 2px solid var(--line); }
.output-text { margin: 0; padding: .125rem 0; background: none; border-radius: 0; }
.scroll { max-height: 30rem; overflow: auto; }
.output-label { margin: 0; color: var(--muted); font-size: .75rem; line-height: 1.6; }
.stderr { border-left: 2px dashed var(--warning); }
.stderr .output-label { color: var(--warning); }
.error { padding: .375rem .75rem .5rem 1rem; border-left: 4px double var(--error); background: var(--error-box); }
.error .output-label { color: var(--error); font-weight: 600; }
.output > img { display: block; }
figure { margin: .625rem 0 0; }
figure > .output { margin-top: 0; }
figcaption { margin-top: .5rem; max-width: 66ch; color: var(--muted); font-size: .9375rem; overflow-wrap: break-word; }
figcaption > :last-child { margin-bottom: 0; }
/* On a phone a figure stays readable, and scrolls in its own box. */
@media (max-width: 40rem) {
  .output:has(> img) { overflow-x: auto; }
  .output > img[width] { max-width: max(100%, 34rem); }
}
.output > .scroll-x { margin: 0; }
.output > :is(.latex, .markdown) { padding: .25rem 0; }
.paper { color: #1f2328; color-scheme: light; }
.painted, [mathbackground] { color: #1f2328; }
.painted :is(a:any-link, blockquote, summary, .math-error) { color: inherit; }
.painted :is(code, kbd):not(pre *) { color: inherit; background: #8883; }
.frame { display: block; width: 100%; border: 0; }
.note { margin: 0; color: var(--muted); font-size: .875rem; }
.fold > summary { width: fit-content; padding: .125rem .25rem; font-size: .875rem; }
.fold[open] > summary { margin-bottom: .375rem; }

@media (max-width: 40rem) {
  pre { font-size: .8125rem; padding: .625rem .75rem; }
  .output { padding-left: .75rem; }
  th, td { padding: .3125rem .625rem; }
}
@media print {
  @page { margin: 18mm; }
  body { display: block; font-size: 10.5pt; background: #fff; }
  main, footer { max-width: none; padding: 0; }
  .skip-link, .toc-side, .toc-top, .anchor { display: none; }
  pre, .scroll { max-height: none; overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 9pt; }
  .scroll-x, .math-display { overflow: visible; }
  details::details-content { content-visibility: visible; }
  h1, h2, h3, h4, .input-label { break-after: avoid; }
  img, tr, figure, .error { break-inside: avoid; }
}
`;

/** What differs on dark pages besides the colours. */
const DARK = `
.paper { background: #fff; border-radius: 6px; }
.paper:not(.frame) { padding: .5rem; }
.inline.paper { padding: 2px; }
.tinted { color: color-mix(in srgb, var(--tint) 50%, var(--text)) !important; }
.painted .tinted { color: var(--tint) !important; }
`;

/**
 * Writes the style sheet of a page.
 *
 * @param theme Its colours.
 * @returns CSS.
 */
export function pageStyle(theme: Theme): string {
  return `${THEME}${CODE_THEME}${darkStyle(theme)}`;
}

/** Paper is white, whatever the screen is. */
function darkStyle(theme: Theme): string {
  const rules = `:root { ${DARK_COLORS} }${DARK}`;
  switch (theme) {
    case "light":
      return ":root { color-scheme: light; }\n";
    case "dark":
      return `@media screen { :root { color-scheme: dark; } ${rules}}\n`;
    case "auto":
      return `@media screen and (prefers-color-scheme: dark) { ${rules}}\n`;
    case "switch": {
      // What the reader chose holds before what the system says.
      const nested = DARK.replace(/^(?=\.)/gm, "& ");
      return `@media screen {
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; ${DARK_COLORS}${nested}}
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${DARK_COLORS}${nested}} }
}
`;
    }
    default:
      return theme satisfies never;
  }
}

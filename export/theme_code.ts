/**
 * The colours of an exported page, of its code and of its terminal text.
 *
 * Every colour has a value for light pages and one for dark pages, both of at
 * least 4.5:1 against what is behind it (WCAG AA). Pure: one style sheet as text.
 * @module
 */

/** What has a colour: its value on light pages, its value on dark pages. */
export type Palette = Readonly<
  Record<string, readonly [light: string, dark: string]>
>;

/** Colours of the page. */
export const PAGE_COLORS: Palette = {
  page: ["#fdfcfb", "#15171b"],
  box: ["#f5f4f1", "#1e2126"],
  line: ["#e1dfda", "#343942"],
  text: ["#1f2328", "#dfe2e6"],
  muted: ["#5b636e", "#9ba4b0"],
  accent: ["#0b5c86", "#82c6ee"],
  warning: ["#7d5200", "#e5bd66"],
  error: ["#a8221b", "#ff9a92"],
  "error-box": ["#fbf0ee", "#2a1c1d"],
};

/** Colours of code. */
export const CODE_COLORS: Palette = {
  keyword: ["#86298b", "#d7a6e0"],
  string: ["#27631d", "#a6cf90"],
  number: ["#8f4500", "#e8b17c"],
  comment: ["#5b646f", "#959eaa"],
  title: ["#0b4f8f", "#8cc0f4"],
  type: ["#0d5f6c", "#7acfd6"],
  attribute: ["#704600", "#e3c382"],
};

/** Terminal colours 0 to 15. */
export const TERMINAL_COLORS: Palette = {
  "ansi-0": ["#24292f", "#98a1ad"],
  "ansi-1": ["#a8221b", "#ff9a92"],
  "ansi-2": ["#1d662a", "#86d391"],
  "ansi-3": ["#7d5200", "#e5bd66"],
  "ansi-4": ["#1a52bd", "#93bbff"],
  "ansi-5": ["#86298b", "#dfa8ea"],
  "ansi-6": ["#0d5f6c", "#7acfd6"],
  "ansi-7": ["#57606a", "#c9ced5"],
  "ansi-8": ["#5b636e", "#9ba4b0"],
  "ansi-9": ["#b52a22", "#ffaca5"],
  "ansi-10": ["#226c30", "#9ae0a3"],
  "ansi-11": ["#845700", "#f0d08a"],
  "ansi-12": ["#2159c4", "#aaccff"],
  "ansi-13": ["#923298", "#ebbdf3"],
  "ansi-14": ["#126774", "#93dfe5"],
  "ansi-15": ["#3d444d", "#ffffff"],
};

/** Classes of highlight.js, by the colour they get. */
export const CODE_CLASSES: Readonly<Record<string, readonly string[]>> = {
  keyword: ["keyword", "selector-tag", "meta .hljs-keyword", "name", "section"],
  string: ["string", "regexp", "addition", "link", "quote"],
  number: ["number", "literal", "symbol", "bullet"],
  comment: ["comment", "meta", "doctag"],
  title: ["title", "selector-id", "selector-class"],
  type: ["type", "built_in", "title.class_", "variable.language_"],
  attribute: ["attr", "attribute", "selector-attr", "template-variable"],
};

const COLORS: Palette = { ...PAGE_COLORS, ...CODE_COLORS, ...TERMINAL_COLORS };

const declare = (side: 0 | 1) =>
  Object.entries(COLORS)
    .map(([name, values]) => `--${name}: ${values[side]};`)
    .join(" ");

const codeRules = Object.entries(CODE_CLASSES).map(([color, classes]) =>
  `${
    classes.map((name) => `.hljs-${name}`).join(", ")
  } { color: var(--${color}); }`
);

// Backgrounds are tints, so that any text on them can still be read.
const terminalRules = Object.keys(TERMINAL_COLORS).flatMap((name, index) => [
  `.ansi-fg-${index} { color: var(--${name}); }`,
  `.ansi-bg-${index} { background: color-mix(in srgb, var(--${name}) 18%, transparent); }`,
]);

/** The colours of dark pages, as declarations. */
export const DARK_COLORS: string = declare(1);

/** Style sheet of all colours; comes after the one in `theme.ts`. */
export const CODE_THEME = `
:root { color-scheme: light dark; ${declare(0)} }
${codeRules.join("\n")}
.hljs-comment, .hljs-emphasis { font-style: italic; }
.hljs-strong, .hljs-section { font-weight: 600; }
${terminalRules.join("\n")}
.ansi-bold { font-weight: 700; }
.ansi-dim { opacity: .8; }
.ansi-italic { font-style: italic; }
.ansi-underline { text-decoration: underline; }
.ansi-strike { text-decoration: line-through; }
.ansi-inverse { outline: 1px solid; }
.ansi-inverse:not([class*="ansi-fg-"], [class*="ansi-bg-"], [style]) { color: var(--page); background: var(--text); outline: 0; }
`;

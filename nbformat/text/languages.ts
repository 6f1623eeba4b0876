/**
 * Languages that text notebooks know: as those of scripts, of code fences in
 * Markdown, and of cells that begin with `%%html` or the like. Pure.
 *
 * Source: jupytext 1.19, "languages".
 * @module
 */

/** What a comment begins with, by the language of a script. */
const COMMENTS: Readonly<Record<string, string>> = {
  python: "#",
  coconut: "#",
  R: "#",
  julia: "#",
  "c++": "//",
  scheme: ";;",
  clojure: ";;",
  bash: "#",
  powershell: "#",
  q: "/",
  matlab: "%",
  "wolfram language": "(*",
  idl: ";",
  javascript: "//",
  typescript: "//",
  scala: "//",
  rust: "//",
  robotframework: "#",
  csharp: "//",
  fsharp: "//",
  sos: "#",
  java: "//",
  groovy: "//",
  sage: "#",
  ocaml: "(*",
  haskell: "--",
  tcl: "#",
  maxima: "/*",
  gnuplot: "#",
  stata: "//",
  sas: "/*",
  jenner: "/*",
  xonsh: "#",
  logtalk: "%",
  lua: "--",
  go: "//",
};

/** Languages besides those of scripts. */
const OTHERS = [
  ...["sh", "python2", "python3", "js", "perl", "html", "latex", "markdown"],
  ...["pypy", "ruby", "script", "svg", "octave", "spark", "sql", "cython"],
  ...["c#", "f#", "cs", "fs"],
];

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(COMMENTS),
  ...OTHERS,
]);
const IN_ANY_CASE: ReadonlySet<string> = new Set(
  [...KNOWN].flatMap((name) => [name, name.toUpperCase()]),
);
const LOWER: ReadonlySet<string> = new Set(
  [...KNOWN].map((name) => name.toLowerCase()),
);

/**
 * Tells whether a cell may begin with `%%` and this name.
 *
 * @param name The name.
 */
export function isMagicLanguage(name: string): boolean {
  return KNOWN.has(name);
}

/**
 * Tells whether a code fence of this name is a code cell.
 *
 * @param name The name.
 */
export function isFenceLanguage(name: string): boolean {
  return IN_ANY_CASE.has(name);
}

/**
 * Tells whether a word in the options of a fence is its language.
 *
 * @param name The word.
 */
export function isLanguageWord(name: string): boolean {
  return LOWER.has(name.toLowerCase());
}

/** Fence languages, longest first, for a pattern. */
export const FENCE_LANGUAGES: readonly string[] = [...IN_ANY_CASE];

/**
 * Gives what a comment begins with.
 *
 * @param language A language.
 * @returns Undefined if there are no scripts of that language.
 */
export function commentOf(language: string): string | undefined {
  return Object.hasOwn(COMMENTS, language) ? COMMENTS[language] : undefined;
}

/**
 * Names a language as scripts name it.
 *
 * @param language For example `TypeScript`, `c#`.
 */
export function usualName(language: string): string {
  const name = language.toLowerCase();
  if (name === "r") return "R";
  if (name.startsWith("c++")) return "c++";
  if (name === "octave") return "matlab";
  if (name === "cs" || name === "c#") return "csharp";
  if (name === "fs" || name === "f#") return "fsharp";
  return name === "sas" ? "SAS" : name;
}

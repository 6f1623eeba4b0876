/**
 * What a server knows of a name, as text to show. Pure.
 *
 * Source: Language Server Protocol 3.17, `Hover`.
 * @module
 */

/** What is known of what stands at the cursor. */
export interface Description {
  /** With marks. */
  readonly markdown: string;
  /** Without. */
  readonly plain: string;
  /** Whether its type says nothing, so that the running program knows more. */
  readonly isVague: boolean;
}

/**
 * Reads what a server says of a name.
 *
 * @param hover The server's answer.
 * @returns The description, or `null` when there is none.
 */
export function readHover(hover: unknown): Description | null {
  const { contents } = (hover ?? {}) as { contents?: unknown };
  const text = typeof contents === "string"
    ? contents
    : Array.isArray(contents)
    ? contents.map(toText).join("\n\n")
    : toText(contents);
  const markdown = tidyCode(text).trim();
  // Of a name that it does not know, it says no more than `any`.
  if (markdown === "" || /^```\w*\nany\n```$/.test(markdown)) return null;
  return {
    markdown,
    plain: toPlain(markdown),
    isVague: VAGUE.test(markdown),
  };
}

/**
 * Reads what a server says of the call around the cursor.
 *
 * @param help The server's `SignatureHelp`.
 * @returns The description, or `null` when there is no call.
 */
export function readSignature(help: unknown): Description | null {
  const { signatures = [], activeSignature = 0 } = (help ?? {}) as {
    signatures?: readonly { label: string; documentation?: unknown }[];
    activeSignature?: number;
  };
  const signature = signatures[activeSignature] ?? signatures[0];
  if (signature === undefined) return null;
  const words = toText(signature.documentation).trim();
  const { markdown } = showCode(signature.label);
  return readHover({
    contents: words === "" ? markdown : `${markdown}\n\n${words}`,
  });
}

/**
 * Makes a description of source code.
 *
 * @param code The code.
 */
export function showCode(code: string): Description {
  return {
    markdown: `\`\`\`typescript\n${code}\n\`\`\``,
    plain: code,
    isVague: false,
  };
}

/**
 * Writes a signature as if names of earlier cells were no imports.
 *
 * @param text What the server says of a name, without marks.
 */
export function tidySignature(text: string): string {
  if (!text.startsWith(ALIAS)) return text;
  return text.slice(ALIAS.length)
    .replace(/\n(?:import|export) [^\n]*$/, "")
    .replace(/^new (?=[\p{ID_Start}$_])/u, "constructor ")
    // At a call, the server leaves out what it is that is called.
    .replace(/^(?=[\p{ID_Start}$_][\p{ID_Continue}$]*[(<])/u, "function ");
}

/**
 * Reads what kind of thing a signature speaks of.
 *
 * @param signature A signature as {@link tidySignature} gives it.
 * @returns The kind in the words of completions; `undefined` if it is unclear.
 */
export function kindOfSignature(signature: string): string | undefined {
  const [word] = /^[a-z]+(?= )/.exec(signature) ?? [];
  return word === undefined ? undefined : KINDS.get(word);
}

/**
 * Takes a description apart.
 *
 * @param description What {@link readHover} gives.
 */
export function splitDescription(
  { markdown }: Description,
): { readonly signature: string; readonly documentation: string } {
  const [all, signature = ""] = /^```\w*\n([^]*?)\n```/.exec(markdown) ?? [""];
  return { signature, documentation: markdown.slice(all.length).trim() };
}

function tidyCode(text: string): string {
  return text.replace(
    /^```\w*\n([^]*?)\n```/,
    (_, code) => showCode(tidySignature(code)).markdown,
  );
}

function toPlain(markdown: string): string {
  return markdown
    .replace(/^```\w*\n?/gm, "")
    .replace(
      /\{@link\w* +([^}|\s]+)(?:[ |]([^}]*))?\}/g,
      (_, url, words) => words || url,
    )
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/\*\*?([^*\n]+)\*?\*/g, "$1")
    .replace(/`([^`\n]+)`/g, "$1")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function toText(part: unknown): string {
  if (typeof part === "string") return part;
  const { value = "", language } = (part ?? {}) as {
    value?: string;
    language?: string;
  };
  return language === undefined ? value : `\`\`\`${language}\n${value}\n\`\`\``;
}

const ALIAS = "(alias) ";
/** A name whose type says nothing, and nothing else. */
const VAGUE = /^```\w*\n(?:\([a-z ]+\) |[a-z]+ )?[^\s()]+: (any|unknown)\n```$/;
const KINDS: ReadonlyMap<string, string> = new Map([
  ["class", "class"],
  ["const", "constant"],
  ["constructor", "class"],
  ["enum", "enum"],
  ["function", "function"],
  ["interface", "interface"],
  ["let", "variable"],
  ["module", "module"],
  ["namespace", "module"],
  ["type", "interface"],
  ["var", "variable"],
]);

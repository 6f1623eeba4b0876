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
  const markdown = withoutAlias(text).trim();
  // Of a name that it does not know, it says no more than `any`.
  if (markdown === "" || /^```\w*\nany\n```$/.test(markdown)) return null;
  return {
    markdown,
    plain: toPlain(markdown),
    isVague: /: (any|unknown)\s*\n```/.test(markdown),
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

/** Names of earlier cells are imports to the server, and none to the user. */
function withoutAlias(text: string): string {
  return text.replace(/^```\w*\n\(alias\) /, "```typescript\n")
    .replace(/^```tsx?\n/, "```typescript\n")
    .replace(/\nimport [\p{ID_Continue}$]+(?=\n```)/u, "");
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

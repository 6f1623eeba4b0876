/**
 * What a module says about other files: imports of every form, and comments
 * that name files of types.
 *
 * Read as text, without parsing it: what is found too much is a file that the
 * notebook may read, or none. Pure.
 * @module
 */

/**
 * Lists what a module may name, as it stands there.
 *
 * @param text The module.
 */
export function listReferences(text: string): readonly string[] {
  const found = [...text.matchAll(IMPORTED), ...text.matchAll(COMMENTED)]
    .map(({ groups }) => groups!.name!);
  const directed = [...text.matchAll(DIRECTIVE)].flatMap(
    ([, , kind, name]) =>
      // A script file is named without a dot: it is beside this one all the same.
      kind === "path" && !/^(\.|\/|\w+:)/.test(name!) ? `./${name}` : name!,
  );
  return [...new Set([...found, ...directed])];
}

/**
 * Hides directives that name files, as a server ends its answers when it does
 * not find one. Offsets stay.
 *
 * @param text The module.
 * @param isThere Whether it finds what a directive names. @default it does not
 */
export function hideDirectives(
  text: string,
  isThere: (name: string) => boolean = () => false,
): string {
  return text.replace(
    DIRECTIVE,
    (line, before: string, kind: string, name: string) => {
      const isFile = kind === "path" || /^(\.|\/|file:)/.test(name);
      return isFile && !isThere(name)
        ? `${before}// ${line.slice(before.length + 3)}`
        : line;
    },
  );
}

const IMPORTED =
  /\b(?:from|import|require)\s*\(?\s*(["'`])(?<name>[^"'`\n]{1,2000})\1/g;
const COMMENTED =
  /@(?:deno-types|ts-types|ts-self-types|jsxImportSource(?:Types)?)\s*=?\s*["']?(?<name>[^\s"'*]{1,2000})/g;
const DIRECTIVE =
  /^([ \t]*)\/\/\/\s*<reference\s+(path|types)\s*=\s*["']([^"']*)["'].*$/gm;

/**
 * Lines such as `%time f()`, which a script has behind a comment sign. Pure.
 *
 * Source: jupytext 1.19, "magics", for languages other than Python.
 * @module
 */
import { commentOf, usualName } from "./languages.ts";
import { QuoteReader } from "./quotes.ts";

/**
 * Puts comment signs before lines that are no code.
 *
 * @param lines The lines of a cell.
 * @param language The cell's language.
 * @param isOn Whether that is done; otherwise only where a line asks for it.
 */
export function commentMagics(
  lines: readonly string[],
  language: string,
  isOn: boolean,
): string[] {
  const comment = commentOf(language);
  return mapMagics(lines, { language, isOn }, (line) => {
    const bare = line.trimStart();
    return `${line.slice(0, line.length - bare.length)}${comment} ${bare}`;
  });
}

/**
 * Takes comment signs from lines that are no code.
 *
 * @param lines The lines of a cell in a script.
 * @param language The cell's language.
 */
export function uncommentMagics(
  lines: readonly string[],
  language: string,
): string[] {
  const comment = commentOf(language) ?? "";
  return mapMagics(lines, { language, isOn: true }, (line) => {
    const bare = line.trimStart();
    const indent = line.slice(0, line.length - bare.length);
    if (bare.startsWith(`${comment} `)) {
      return indent + bare.slice(comment.length + 1);
    }
    return bare.startsWith(comment)
      ? indent + bare.slice(comment.length)
      : line;
  });
}

function mapMagics(
  lines: readonly string[],
  { language, isOn }: { readonly language: string; readonly isOn: boolean },
  change: (line: string) => string,
): string[] {
  const name = usualName(language);
  const comment = commentOf(name);
  if (comment === undefined || WITHOUT.has(name)) return [...lines];
  const sign = comment.replace(/[^\w\s]/g, "\\$&");
  const begin = `^\\s*(?:${sign} |${sign})*(?:%|%%|%%%)[a-zA-Z]`;
  const [magic, forced, not] = [
    new RegExp(begin),
    new RegExp(`${begin}.*${sign}\\s*escape`),
    new RegExp(`${begin}.*${sign}\\s*noescape`),
  ];
  const quotes = new QuoteReader(comment);
  return lines.map((line) => {
    const isMagic = forced.test(line) ||
      (isOn && !not.test(line) && magic.test(line));
    const changed = !quotes.isQuoted && isMagic ? change(line) : line;
    quotes.read(changed);
    return changed;
  });
}

/** Languages whose scripts have lines of that kind of their own. */
const WITHOUT = new Set(["octave", "matlab", "sas", "jenner", "logtalk"]);

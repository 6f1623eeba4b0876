/**
 * Looks for lines of a solution in what students are given. Pure.
 *
 * Each text that a file holds is looked through: sources, metadata, outputs,
 * attachments, base64 too, and files beside the notebooks.
 * @module
 */

/** A line of a solution that students would get. */
export interface Leak {
  /** The file. */
  readonly path: string;
  /** The line. */
  readonly line: string;
}

/**
 * Finds the lines that would give a solution away: long enough to say
 * something, spaces aside.
 *
 * @param lines Lines of solutions and hidden tests.
 * @param accepted Lines that may be shown.
 */
export function tellingLines(
  lines: readonly string[],
  accepted: readonly string[] = [],
): readonly string[] {
  const shown = new Set(accepted.map(squeeze));
  return [...new Set(lines.map(squeeze))].filter((line) =>
    line.length >= MIN_CHARACTERS && !shown.has(line)
  );
}

/**
 * Looks for lines in files.
 *
 * @param secrets What {@link tellingLines} gave.
 * @param files The text, or the value of its JSON, of each file by path.
 * @returns What was found, each line once a file.
 */
export function findLeaks(
  secrets: readonly string[],
  files: Readonly<Record<string, unknown>>,
): readonly Leak[] {
  return Object.entries(files).flatMap(([path, content]) => {
    const text = squeeze([...texts(content)].join("\n"));
    return secrets.filter((line) => text.includes(line))
      .map((line) => ({ path, line }));
  });
}

/** All strings in a value, keys too, with what base64 among them says. */
function* texts(root: unknown): Generator<string> {
  const waiting = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string") {
      yield value;
      const decoded = decode(value);
      if (decoded !== null) yield decoded;
    } else if (typeof value === "object" && value !== null) {
      for (const [key, one] of Object.entries(value)) waiting.push(key, one);
    }
  }
}

function decode(text: string): string | null {
  const bare = text.replace(/^data:[^,]*,/, "").replace(/\s/g, "");
  if (bare.length < MIN_CHARACTERS || !BASE64.test(bare)) return null;
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(bare));
  } catch {
    // It only looked like it: then it hides nothing.
    return null;
  }
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Shorter ones, such as `return total;`, stand in many a program. */
const MIN_CHARACTERS = 16;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

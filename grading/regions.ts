/**
 * Regions between comments such as `### BEGIN SOLUTION` and `### END SOLUTION`:
 * taken out of a text, as nbgrader takes them out. Pure.
 *
 * The words may stand anywhere in a line, so any language's comment will do.
 * @module
 */

/** A kind of region. */
export type RegionKind = "SOLUTION" | "HIDDEN TESTS" | "MARK SCHEME";

/** A text without its regions. */
export interface Cleared {
  /** What is left. */
  readonly text: string;
  /** The lines that stood in regions, without the marking ones. */
  readonly removed: readonly string[];
  /** Whether there was a region, be it an empty one. */
  readonly hasRegion: boolean;
}

/**
 * Takes the regions of a kind out of a text.
 *
 * @param text The text.
 * @param kind The kind.
 * @param stub Lines that take the place of a region, indented like its first.
 * @throws {SyntaxError} If a region begins within another, never ends, or ends
 *   without a beginning.
 */
export function clearRegions(
  text: string,
  kind: RegionKind,
  stub: readonly string[] = [],
): Cleared {
  const left: string[] = [];
  const removed: string[] = [];
  let begun: number | null = null;
  let hasRegion = false;
  for (const [index, line] of text.split("\n").entries()) {
    const place = `line ${index + 1}`;
    if (line.includes(`BEGIN ${kind}`)) {
      if (begun !== null) {
        throw new SyntaxError(
          `BEGIN ${kind} in ${place} stands within the region of line ${begun}`,
        );
      }
      begun = index + 1;
      hasRegion = true;
      const indent = /^\s*/.exec(line)![0];
      left.push(...stub.map((one) => indent + one));
    } else if (line.includes(`END ${kind}`)) {
      if (begun === null) {
        throw new SyntaxError(
          `END ${kind} in ${place} has no BEGIN ${kind} before it`,
        );
      }
      begun = null;
    } else (begun === null ? left : removed).push(line);
  }
  if (begun !== null) {
    throw new SyntaxError(
      `BEGIN ${kind} in line ${begun} has no END ${kind} after it`,
    );
  }
  return { text: left.join("\n"), removed, hasRegion };
}

/**
 * Makes a cell with marks such as `### BEGIN SOLUTION` one that can run: in
 * TypeScript those lines are no comments. Lines keep their numbers.
 *
 * @param text The cell.
 */
export function withPlainMarks(text: string): string {
  return text.replace(MARK_LINE, (line) => `//${line}`);
}

/**
 * Lists the lines that a student has to write.
 *
 * @param text The cell.
 * @returns Line numbers, 1-based; `null` for all of them.
 */
export function solutionLines(text: string): ReadonlySet<number> | null {
  const lines = new Set<number>();
  let isInside = false;
  let hasRegion = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (line.includes("BEGIN SOLUTION")) isInside = hasRegion = true;
    else if (line.includes("END SOLUTION")) isInside = false;
    else if (isInside) lines.add(index + 1);
  }
  return hasRegion ? lines : null;
}

const MARK_LINE =
  /^[^\S\n]*#.*\b(?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS|MARK SCHEME).*$/gm;

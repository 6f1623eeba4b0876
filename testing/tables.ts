/**
 * Tables in the text of figures, and what they say. Pure.
 * @module
 */

/** A table: what was measured, row by row. */
export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Finds the first table in Markdown.
 *
 * @param text The text.
 * @returns The table; `null` if there is none.
 */
export function findTable(text: string): Table | null {
  const lines = text.split("\n");
  const rule = lines.findIndex((line) =>
    /^\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line)
  );
  if (rule < 1) return null;
  const rows: string[][] = [];
  for (const line of lines.slice(rule + 1)) {
    if (!line.startsWith("|")) break;
    rows.push(cellsOf(line));
  }
  return { heads: cellsOf(lines[rule - 1]!), rows };
}

/**
 * Says in which way two tables of the same measurement differ in what they say:
 * other rows or headings, another winner, an interval on the other side of 1.
 *
 * @param saved The earlier one.
 * @param now The other.
 * @returns Sentences; none if they say the same.
 */
export function tableDifferences(saved: Table, now: Table): string[] {
  const list = (texts: readonly string[]) => texts.join(", ");
  if (list(saved.heads) !== list(now.heads)) {
    return [`columns are ${list(now.heads)}, were ${list(saved.heads)}`];
  }
  const labels = (table: Table) =>
    list(table.rows.map(([label = ""]) => label));
  if (labels(saved) !== labels(now)) {
    return [`rows are ${labels(now)}, were ${labels(saved)}`];
  }
  return saved.heads.flatMap((head, column) => {
    if (column === 0) return [];
    const [before, after] = [least(saved, column), least(now, column)];
    const winner = before !== null && after !== null && before !== after
      ? [`least "${head}" is ${after}, was ${before}`]
      : [];
    return [...winner, ...sides(saved, now, column)];
  });
}

/**
 * Reads the number at the beginning of a cell, in the smallest unit of its kind.
 *
 * @param cell The cell, such as `1.5 ms` or `2.1x`.
 * @returns The number; `null` if there is none.
 */
export function numberIn(cell: string): number | null {
  const match = /^[^\d+-]{0,3}([+-]?\d[\d,_]*(?:\.\d+)?(?:e[+-]?\d+)?)\s*(\S*)/i
    .exec(cell);
  if (match === null) return null;
  const value = Number(match[1]!.replace(/[,_]/g, ""));
  return value * (UNITS[match[2]!] ?? 1);
}

/** The row with the least number, if it is least by a good margin. */
function least({ rows }: Table, column: number): string | null {
  const known = rows.flatMap((row) => {
    const value = numberIn(row[column] ?? "");
    return value === null ? [] : [{ value, label: row[0] ?? "" }];
  }).sort((a, b) => a.value - b.value);
  const [first, second] = known;
  if (first === undefined || second === undefined) return null;
  return first.value < second.value * CLEAR ? first.label : null;
}

/** Intervals that say that something is more than once as fast, or less. */
function sides(saved: Table, now: Table, column: number): string[] {
  return saved.rows.flatMap((row, index) => {
    const before = sideOf(row[column] ?? "");
    const after = sideOf(now.rows[index]![column] ?? "");
    if (before === null || before === "around" || before === after) return [];
    return [
      `${row[0]}: the interval of "${saved.heads[column]}" is ${
        after ?? "missing"
      } 1, was ${before} 1`,
    ];
  });
}

function sideOf(cell: string): "above" | "below" | "around" | null {
  const match = /([\d.]+)x?\s*(?:–|—|to|\.\.\.?|…)\s*([\d.]+)x/.exec(cell);
  if (match === null) return null;
  const [low, high] = [Number(match[1]), Number(match[2])];
  return low > 1 ? "above" : high < 1 ? "below" : "around";
}

function cellsOf(line: string): string[] {
  return line.replace(/^\||\|\s*$/g, "").split("|").map((cell) => cell.trim());
}

/** Closer ones change places from run to run. */
const CLEAR = 0.8;
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  "µs": 1e-3,
  ms: 1,
  s: 1e3,
  min: 60e3,
  B: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
};

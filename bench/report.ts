/**
 * Prints measurements: median, range, goal, and the ratio to a neighbour
 * measured in the same run.
 * @module
 */

/** One kind of measurement. Units: milliseconds. */
export interface Times {
  /** The middle one. */
  readonly median: number;
  /** The 95th percentile. */
  readonly p95: number;
  /** The shortest. */
  readonly min: number;
  /** How many there are. */
  readonly count: number;
}

/** One line of the report. */
export interface Row {
  /** What was measured. */
  readonly name: string;
  /** The measurements. */
  readonly summary: Times;
  /** What was promised. @default nothing */
  readonly goal?: string;
  /** What it is compared with. @default nothing */
  readonly than?: Times;
}

/**
 * Sums measurements up.
 *
 * @param samples Milliseconds, in any order, at least one.
 */
export function summarize(samples: readonly number[]): Times {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))]!;
  return {
    median: at(0.5),
    p95: at(0.95),
    min: sorted[0]!,
    count: sorted.length,
  };
}

/**
 * Prints a table.
 *
 * @param rows Its lines.
 */
export function printRows(rows: readonly Row[]): void {
  const cells = [
    ["", "median", "p95", "min", "n", "goal", "ratio to the first"],
    ...rows.map(({ name, summary, goal = "", than }) => [
      name,
      `${summary.median.toFixed(2)} ms`,
      `${summary.p95.toFixed(2)} ms`,
      `${summary.min.toFixed(2)} ms`,
      String(summary.count),
      goal,
      than ? `${(summary.median / than.median).toFixed(1)}×` : "",
    ]),
  ];
  const widths = cells[0]!.map((_, i) =>
    Math.max(...cells.map((row) => row[i]!.length))
  );
  for (const row of cells) {
    // deno-lint-ignore no-console -- Printing is what this file is for.
    console.log(
      row.map((text, i) =>
        i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)
      ).join("  "),
    );
  }
}

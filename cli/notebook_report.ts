/**
 * What `skein test` says, and its JUnit file. Pure: texts only.
 * @module
 */
import { type JunitCase, writeJunit } from "../runner/mod.ts";
import type { TestResult } from "../testing/mod.ts";

/** A notebook that was tested, or could not be. */
export interface TestedFile {
  readonly path: string;
  readonly results: readonly TestResult[];
  /** Why it could not be tested; `null` if it was. */
  readonly failure: string | null;
  /** Whether the outputs that differ were written into it. */
  readonly isUpdated: boolean;
}

/** How many results there are of each kind. */
export type Counts = Readonly<Record<TestResult["outcome"], number>>;

/**
 * Counts results.
 *
 * @param files The notebooks.
 */
export function countResults(files: readonly TestedFile[]): Counts {
  const counts = { passed: 0, failed: 0, error: 0, skipped: 0 };
  for (const { results, failure } of files) {
    if (failure !== null) counts.error++;
    for (const { outcome } of results) counts[outcome]++;
  }
  return counts;
}

/**
 * Tells how a notebook went: one line, and what did not pass.
 *
 * @param file The notebook.
 */
export function fileLines(file: TestedFile): string[] {
  const { path, results, failure, isUpdated } = file;
  const counts = countResults([file]);
  const isRight = counts.failed + counts.error === 0;
  const elapsedMs = results.reduce(
    (sum, { kind, elapsedMs }) => sum + (kind === "cell" ? elapsedMs ?? 0 : 0),
    0,
  );
  return [
    `${isRight ? "✓" : "✗"} ${path}  ${countText(counts)} (${
      (elapsedMs / 1000).toFixed(1)
    } s)${isUpdated ? ", outputs updated" : ""}`,
    ...failure === null ? [] : [`    ${failure}`],
    ...results.filter(({ outcome }) => outcome !== "passed")
      .flatMap(({ name, outcome, message, details }) => [
        `  ${outcome === "skipped" ? "–" : "✗"} ${name}${
          outcome === "skipped" && message !== "" ? `: ${message}` : ""
        }`,
        ...outcome === "skipped"
          ? []
          : (details || message).split("\n").map((line) => `    ${line}`),
      ]),
  ];
}

/**
 * Says how many results there are.
 *
 * @param counts How many.
 */
export function countText(counts: Counts): string {
  const parts = (["passed", "failed", "error", "skipped"] as const)
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) =>
      `${counts[outcome]} ${
        outcome === "error" && counts.error > 1 ? "errors" : outcome
      }`
    );
  return parts.join(", ") || "nothing to run";
}

/**
 * Writes the JUnit file.
 *
 * @param files The notebooks, in order.
 */
export function testJunit(files: readonly TestedFile[]): string {
  return writeJunit(
    "skein test",
    files.map(({ path, results, failure }) => ({
      name: path,
      cases: [
        ...failure === null ? [] : [{
          className: classOf(path),
          name: "notebook",
          outcome: "error" as const,
          message: failure,
        }],
        ...results.map((
          { name, outcome, elapsedMs, message, details },
        ): JunitCase => ({
          className: classOf(path),
          name,
          outcome,
          message,
          details,
          ...elapsedMs === null ? {} : { elapsedMs },
        })),
      ],
    })),
  );
}

function classOf(path: string): string {
  return path.replace(/\.ipynb$/, "");
}

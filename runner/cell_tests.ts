/**
 * Tests that cells declare, as their session tells of them. Pure.
 * @module
 */

/** How a test that a cell declares has ended, or a step of one. */
export interface CellTest {
  /** Its name; a step's follows its test's, with ` > ` between. */
  readonly name: string;
  /** How. */
  readonly outcome: "ok" | "failed" | "ignored";
  /** How long it took, in milliseconds. */
  readonly elapsedMs: number;
  /** What went wrong first; empty when nothing did. */
  readonly message: string;
}

/** Type of the messages that tell of tests. */
export const TEST_MESSAGE = "skein_test";

/**
 * Reads how a test has ended. What a session says may be anything.
 *
 * @param content Of a message of type {@link TEST_MESSAGE}.
 */
export function readTest(
  { name, outcome, elapsedMs, message = "" }: Readonly<Record<string, unknown>>,
): CellTest {
  const why = `${message}`;
  // What is told of a test begins with its name, which stands there already.
  const start = `${name}: `;
  return {
    name: `${name}`.slice(0, MAX_TEXT),
    outcome: outcome === "ok" || outcome === "ignored" ? outcome : "failed",
    elapsedMs: typeof elapsedMs === "number" && elapsedMs >= 0 ? elapsedMs : 0,
    message: (why.startsWith(start) ? why.slice(start.length) : why)
      .slice(0, MAX_TEXT),
  };
}

/** More than anybody reads in a list. */
const MAX_TEXT = 1000;

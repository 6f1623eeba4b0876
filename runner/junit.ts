/**
 * Results as JUnit XML, which continuous integration reads. Pure.
 *
 * Source: the de facto schema of Ant's JUnit task, as GitLab, Jenkins and GitHub
 * actions read it.
 * @module
 */

/** How a test has ended. */
export interface JunitCase {
  /** What it belongs to, such as `lessons/09`. */
  readonly className: string;
  /** Its name. */
  readonly name: string;
  /** How long it took, in milliseconds. @default it is not told */
  readonly elapsedMs?: number;
  /** How it went. */
  readonly outcome: "passed" | "failed" | "error" | "skipped";
  /** Why it did not pass. */
  readonly message?: string;
  /** More about that, several lines. */
  readonly details?: string;
  /** What it printed. */
  readonly output?: string;
}

/** Tests of one file. */
export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

/**
 * Writes suites of tests.
 *
 * @param name What all of them are.
 * @param suites The suites.
 * @returns XML without characters that XML can not hold.
 */
export function writeJunit(
  name: string,
  suites: readonly JunitSuite[],
): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name, ...counts(all) })}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite${
        attributes({ name: suite.name, ...counts(suite.cases) })
      }>`,
      ...suite.cases.map(writeCase),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function writeCase(one: JunitCase): string {
  const { className, name, elapsedMs, outcome, message = "" } = one;
  const time = elapsedMs === undefined ? {} : { time: seconds(elapsedMs) };
  const start = `    <testcase${
    attributes({ classname: className, name, ...time })
  }`;
  const inside = [
    ...outcome === "passed"
      ? []
      : outcome === "skipped"
      ? [`<skipped${attributes({ message })}/>`]
      : [
        `<${TAGS[outcome]}${attributes({ message, type: outcome })}>${
          text(one.details ?? message)
        }</${TAGS[outcome]}>`,
      ],
    ...one.output === undefined || one.output === ""
      ? []
      : [`<system-out>${text(one.output)}</system-out>`],
  ];
  if (inside.length === 0) return `${start}/>`;
  return [
    `${start}>`,
    ...inside.map((line) => `      ${line}`),
    "    </testcase>",
  ].join("\n");
}

function counts(cases: readonly JunitCase[]): Record<string, string> {
  const count = (outcome: JunitCase["outcome"]) =>
    String(cases.filter((one) => one.outcome === outcome).length);
  const timed = cases.filter(({ elapsedMs }) => elapsedMs !== undefined);
  const sumMs = timed.reduce((sum, one) => sum + one.elapsedMs!, 0);
  return {
    tests: String(cases.length),
    failures: count("failed"),
    errors: count("error"),
    skipped: count("skipped"),
    ...timed.length === 0 ? {} : { time: seconds(sumMs) },
  };
}

function seconds(elapsedMs: number): string {
  return (elapsedMs / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values).map(([name, value]) =>
    ` ${name}="${
      escape(value).replaceAll('"', "&quot;").replace(/[\n\t\r]/g, (c) =>
        `&#${c.charCodeAt(0)};`)
    }"`
  ).join("");
}

function text(value: string): string {
  return escape(value);
}

function escape(value: string): string {
  return legal(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Terminal colors go, and whatever else XML 1.0 can not hold. */
function legal(value: string): string {
  return value.replace(ANSI, "").replace(ILLEGAL, "").toWellFormed();
}

const TAGS = { failed: "failure", error: "error" } as const;
// deno-lint-ignore no-control-regex -- These are what is removed.
const ANSI = /\x1b\[[0-9;?]*[ -/]*[@-~]/g;
// deno-lint-ignore no-control-regex -- XML 1.0, section 2.2.
const ILLEGAL = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

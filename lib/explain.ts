/**
 * `explain`: what the shape of something measured or recorded is called, with
 * the numbers that show it, and what would help.
 *
 * The rules are one a file beside this one, listed in `rules.ts`. The same
 * findings stand below the figures of `trace`, `compare` and `scale`.
 * @module
 */
import { DISPLAY, type Displayable, escapeMarkdown } from "./base/mod.ts";
import type { Scaling } from "./measure/scale/scale.ts";
import type { Comparison, Recording } from "./base/record/mod.ts";
import type { Finding, ReportedJob } from "./explain/mod.ts";

/** What can be explained. */
export type Explainable =
  | Recording
  | { readonly recording: Recording }
  | Comparison
  | Scaling
  | { readonly title: string; readonly findings: readonly string[] }
  | readonly ReportedJob[];

/** What was found; a notebook shows it as a list. */
export interface Explanation extends Displayable {
  /** What it is of. */
  readonly title: string;
  /** Most telling first, of rules at most three; none if nothing stands out. */
  readonly findings: readonly Finding[];
}

/**
 * Says what the shape of a run is called, with the measured numbers, and what
 * would help: why it is not N times as fast, and whether it is stair-step ends,
 * a convoy, oversubscription, one at a time, round trips too small for their
 * cost, starts that cost more than the work, a held event loop, or a deadlock.
 *
 * A rule says nothing where the numbers do not show it. What `measure`, `load`,
 * `race` and the others give has no shape; of that, its own findings are shown.
 *
 * @example Tasks that wait one after the other
 * ```ts
 * import assert from "node:assert/strict";
 * import { trace } from "./trace.ts";
 * const run = await trace(async (t) => {
 *   const sleep = () => new Promise((resolve) => setTimeout(resolve, 10));
 *   for (const name of ["tea", "toast", "egg"]) await t.task(name, sleep);
 * }, { cores: false });
 * const { findings } = await explain(run);
 * assert.match(findings[0]!.sentence, /^One at a time: 3 tasks waited/);
 * ```
 *
 * @param value What `trace`, `compare`, `scale` or another one gave, a recording, or what
 * `runReported()` of a pool gave for some jobs.
 * @returns The findings; as a cell's value they are a list.
 * @throws {TypeError} If it is none of these.
 */
export async function explain(value: Explainable): Promise<Explanation> {
  const { title, findings } = await look(value);
  return Object.defineProperty({ title, findings }, DISPLAY, {
    value: () => show(title, findings),
  }) as Explanation;
}

type Found = Pick<Explanation, "title" | "findings">;

async function look(value: Explainable): Promise<Found> {
  const { applyRules, factsOfJobs, factsOfRecording } = await import(
    "./explain/mod.ts"
  );
  if (isReports(value)) {
    const cores = navigator.hardwareConcurrency;
    const findings = applyRules(factsOfJobs(value, cores));
    return { title: `${value.length} jobs`, findings };
  }
  if (typeof value !== "object" || value === null) throw unknown(value);
  if ("recording" in value) return await look(value.recording);
  if ("lanes" in value) {
    const findings = applyRules(factsOfRecording(value));
    return { title: value.title, findings };
  }
  if ("amdahl" in value) {
    const { explainScaling } = await import("./measure/scale/best.ts");
    return { title: value.title, findings: explainScaling(value) };
  }
  if ("prediction" in value) {
    const { explainComparison } = await import("./measure/compare/facts.ts");
    return { title: value.title, findings: explainComparison(value, true) };
  }
  // What says already what its numbers show: all else that is measured or explored.
  const { title, findings } = value as {
    readonly title?: string;
    readonly findings?: readonly string[];
  };
  if (title === undefined || !Array.isArray(findings)) throw unknown(value);
  return {
    title,
    findings: findings.map((sentence: string) => (
      { rule: "as measured", values: {}, sentence, advice: "", lanes: [] }
    )),
  };
}

function isReports(value: Explainable): value is readonly ReportedJob[] {
  return Array.isArray(value) &&
    value.every((one) => Object(one) === one && "timing" in one);
}

function unknown(value: unknown): TypeError {
  const found = Array.isArray(value)
    ? "a list of other things"
    : Object(value) === value
    ? "another object"
    : String(value);
  return new TypeError(
    `Cannot explain: ${found} is given, expected what trace, compare, ` +
      `scale or another one returned, or a list of what runReported() returned`,
  );
}

/** As Markdown: unlike HTML, pages show it without a frame, and print it. */
function show(title: string, findings: readonly Finding[]) {
  const heading = `What the numbers of "${title}" say`;
  if (findings.length === 0) {
    const text = `${heading}: nothing stands out.`;
    return { "text/markdown": escapeMarkdown(text), "text/plain": text };
  }
  const items = findings.map(({ sentence, advice }) => {
    const item = `- ${escapeMarkdown(sentence)}`;
    return advice === "" ? item : `${item}\n\n  *${escapeMarkdown(advice)}*`;
  });
  const lines = findings.map(({ sentence, advice }) =>
    `- ${sentence}${advice === "" ? "" : `\n  ${advice}`}`
  );
  return {
    "text/markdown": [`**${escapeMarkdown(heading)}**`, ...items].join("\n\n"),
    "text/plain": [heading, ...lines].join("\n"),
  };
}

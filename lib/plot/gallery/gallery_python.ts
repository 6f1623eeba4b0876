/**
 * Fixed comparisons with Python beside JavaScript, for the gallery.
 *
 * For tests only; nothing else imports this file. Pure: no clock, no chance.
 * @module
 */

import {
  baselineOf,
  type Comparison,
  isPythonModel,
  type Model,
  type ModelResult,
  type PythonFacts,
} from "../../base/record/mod.ts";
import { describeFindings } from "../../measure/compare/findings.ts";
import { computeSpeedUp, summarize } from "../../measure/summary.ts";
import { type ArmJob, toArmSpans } from "../../measure/compare/python_spans.ts";
import { CPU, STAMP, WAITING } from "./gallery_data.ts";

/** A build with a lock. */
export const FACTS: PythonFacts = {
  version: "3.13.1",
  implementation: "CPython",
  gil: true,
  freeThreaded: false,
  startMs: 24.1,
  startMethod: "fork",
  isAsync: false,
};

const STARTS_MS: Readonly<Partial<Record<Model, number>>> = {
  "python-threads": 0.2,
  "python-processes": 9,
  "python-subinterpreters": 22,
};

/** Nine models that compute: four jobs on two cores. */
export const PYTHON_COMPUTING: Comparison = compareAll({
  title: "Four times fib(27), in two languages",
  mediansMs: {
    "sequential": 212,
    "async": 214,
    "workers": 131,
    "processes": 190,
    "python-sequential": 822,
    "python-threads": 840,
    "python-asyncio": 826,
    "python-processes": 433,
    "python-subinterpreters": 455,
  },
  cpuShare: {
    sequential: 1,
    "python-sequential": 0.99,
    "python-threads": 0.25,
  },
  facts: FACTS,
});

/** Python alone, on a build without the lock, after a learner predicted. */
export const PYTHON_FREE: Comparison = compareAll({
  title: "The same threads, without a GIL",
  mediansMs: {
    "python-sequential": 880,
    "python-threads": 452,
    "python-processes": 461,
  },
  cpuShare: {
    sequential: 1,
    "python-sequential": 0.99,
    "python-threads": 0.5,
  },
  facts: { ...FACTS, version: "3.14.0", gil: false, freeThreaded: true },
  prediction: { "python-threads": 1, "python-processes": 2 },
});

/** Jobs that wait, in both languages. */
export const PYTHON_WAITING: Comparison = compareAll({
  title: "Four naps of 100 ms",
  mediansMs: {
    "sequential": 405,
    "async": 102,
    "python-sequential": 403,
    "python-threads": 101.6,
    "python-asyncio": 101.9,
  },
  cpuShare: {
    sequential: 0.01,
    "python-sequential": 0.004,
    "python-threads": 0.006,
  },
  facts: { ...FACTS, isAsync: true },
  isWaiting: true,
});

interface CaseOptions {
  readonly title: string;
  readonly mediansMs: Readonly<Partial<Record<Model, number>>>;
  readonly cpuShare: Readonly<Partial<Record<Model, number>>>;
  readonly facts: PythonFacts;
  readonly prediction?: Comparison["prediction"];
  readonly isWaiting?: boolean;
}

function compareAll(options: CaseOptions): Comparison {
  const { title, mediansMs, facts, prediction = null } = options;
  const models = Object.keys(mediansMs) as Model[];
  const samplesOf = (model: Model) => scatter(mediansMs[model] ?? 0);
  const results = models.map((model): ModelResult => {
    const baseline = baselineOf(model);
    return {
      model,
      samplesMs: samplesOf(model),
      summary: summarize(samplesOf(model)),
      speedup: models.includes(baseline)
        ? computeSpeedUp(samplesOf(baseline), samplesOf(model))
        : null,
      spans: spansOf(model, options),
      results: [],
      ...(isPythonModel(model) || model === "sequential"
        ? { cpuShare: options.cpuShare[model] ?? null }
        : {}),
    };
  });
  const measured = {
    title,
    jobs: 4,
    results,
    stamp: STAMP,
    prediction,
    python: facts,
  };
  return {
    type: "comparison",
    ...measured,
    findings: describeFindings(measured),
  };
}

function spansOf(
  model: Model,
  { mediansMs, cpuShare, isWaiting = false }: CaseOptions,
): ModelResult["spans"] {
  const wallMs = mediansMs[model] ?? 0;
  if (!isPythonModel(model)) {
    // The shapes of the other gallery, pressed into this run's time.
    const source = (isWaiting ? WAITING : CPU).results.find((result) =>
      result.model === model
    );
    const isMine = ({ label = "" }: { readonly label?: string }) =>
      !/[5-8]$/.test(label);
    const spans = (source?.spans ?? []).filter(isMine);
    const lastMs = Math.max(...spans.map(({ endMs }) => endMs));
    const scale = wallMs / lastMs;
    return spans.map((span) => ({
      ...span,
      startMs: Math.min(span.startMs * scale, wallMs),
      endMs: Math.min(span.endMs * scale, wallMs),
    }));
  }
  const isInTurn = model === "python-sequential" ||
    model === "python-asyncio" && !isWaiting;
  const startMs = STARTS_MS[model] ?? 0;
  const share = cpuShare[model] ?? null;
  const jobs = Array.from({ length: 4 }, (_, index): ArmJob => {
    const askedMs = isInTurn ? index * wallMs / 4 : index * 0.4;
    const endMs = isInTurn
      ? (index + 1) * wallMs / 4
      : wallMs - 6 - (3 - index) * 4;
    const begin = askedMs + startMs;
    return {
      askedMs,
      startMs: begin,
      endMs,
      cpuMs: share === null || isWaiting ? null : share * (endMs - begin),
      waits: isWaiting ? [[begin + 0.6, endMs - 0.6]] : [],
      ...(startMs > 1 ? { gotMs: wallMs - 2 } : {}),
    };
  });
  return toArmSpans(model, jobs, 0);
}

/** Twelve samples around a middle, the last far off. */
function scatter(middleMs: number): readonly number[] {
  const places = [-6, 3, 0, -2, 9, -9, 1.5, -3.5, 5, -1, 0.5, 26];
  return places.map((place) => middleMs * (1 + place / 500));
}

/**
 * What a user reads of something measured, and what must be so of all of it.
 * @module
 */
import { DISPLAY, type Displayable } from "../../lib/base/mod.ts";
import { explain, type Explainable } from "../../lib/explain.ts";
import type { HonestyStamp } from "../../lib/base/stamp/mod.ts";
import type { Said } from "./situation.ts";

/** What every helper gives. */
export interface Result extends Displayable {
  /** Heading. */
  readonly title: string;
  /** What it says. */
  readonly findings: readonly string[];
  /** The circumstances; of a race there are none. */
  readonly stamp?: HonestyStamp;
}

/**
 * Collects what is said of a result, and holds it against what must be so of all:
 * no ratio without its interval, no number that is none, doubts first.
 *
 * @param result The result.
 * @param wrong What does not agree with the truth, each a sentence.
 */
export async function read(
  result: Result,
  wrong: readonly (string | false)[] = [],
): Promise<Said> {
  const { findings, stamp } = result;
  const shown = String((await result[DISPLAY]())["text/plain"]);
  const explained = (await explain(result as Explainable)).findings;
  const sentences = [...findings, ...explained.map(({ sentence }) => sentence)];
  const isDoubtFirst = stamp?.noisy !== true || /^Noisy: /.test(findings[0]!);
  return {
    findings: [
      ...findings.map((sentence) => ({ rule: "as measured", sentence })),
      ...explained.map(({ rule, sentence }) => ({ rule, sentence })),
    ],
    texts: [shown],
    wrong: [
      ...wrong.filter((one) => one !== false),
      ...isDoubtFirst ? [] : ["it is noisy, and that is not said first"],
      ...sentences.flatMap(checkSentence),
    ],
  };
}

/** Runs what has to be refused, and collects the error. */
export async function readRefusal(run: () => Promise<unknown>): Promise<Said> {
  try {
    await run();
  } catch (error) {
    return { findings: [], texts: [(error as Error).message] };
  }
  return { findings: [], wrong: ["it was not refused"] };
}

/** Computes; how long depends on the machine, how much does not. */
export function burn(rounds: number): number {
  let x = 1;
  for (let i = 0; i < rounds; i++) x = (x * 31 + i) % 1000003;
  return x;
}

/** Sleeps in a call, and gives a number. */
export function napInCall(ms: number): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return ms;
}

function checkSentence(sentence: string): string[] {
  // A ratio is told with its ends, unless it is what a learner predicted or an ideal.
  const ratios = sentence.match(/\d× as (?:fast|long|slow|much)/g) ?? [];
  const intervals = sentence.match(/×? (?:to|–) ?[\d.]+×?|\d–\d/g) ?? [];
  return [
    ...ratios.length > intervals.length
      ? [`a ratio without its interval: ${sentence}`]
      : [],
    ...(/\b(?:NaN|Infinity|undefined|null)\b/.test(sentence)
      ? [`no number: ${sentence}`]
      : []),
  ];
}

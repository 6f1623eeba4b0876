/**
 * A prediction as a value: what was committed, what to hold against it, and how
 * both are shown.
 * @module
 */
import {
  DISPLAY,
  type Displayable,
  escapeMarkdown,
  makeDisplayable,
  type MimeBundle,
} from "../base/mod.ts";
import {
  type Answers,
  describeMiss,
  type Kind,
  KINDS,
  type Question,
} from "./answers.ts";
import { PREDICTION_MIME } from "./store.ts";

/** What somebody may believe who gives a wrong answer. */
export interface Misconception<T> {
  /** Whether an answer comes from it. */
  readonly when: (answer: T, truth: T) => boolean;
  /** What to say to who gave it: why it is not so. */
  readonly says: string;
}

/** A prediction held against what came out. */
export interface PredictionCheck extends Displayable {
  /** Whether it was right; `null` if nothing was predicted. */
  readonly isRight: boolean | null;
  /** What to say of it. */
  readonly words: string;
}

/** What a learner committed to before the answer was shown. */
export interface Prediction<T> extends Displayable {
  /** What it is. */
  readonly type: "prediction";
  /** The question. */
  readonly question: string;
  /** What a number counts, such as `ms`; empty for nothing. */
  readonly unit: string;
  /** What was answered; `null` if nobody could be asked. */
  readonly answer: T | null;
  /** Earlier answers to the same question, oldest first. */
  readonly earlier: readonly T[];
  /** The same in words. */
  readonly words: string;
  /**
   * Holds the answer against what came out.
   *
   * @param truth What came out.
   * @returns Whether it was right, and which misconception may be behind it; as a cell's value it is shown.
   */
  check(truth: T): PredictionCheck;
  /**
   * Lays the answer over a figure.
   *
   * @param shown What is shown as a figure, such as what `scale()` gives.
   * @returns The figure, with what was predicted.
   */
  over(shown: unknown): Displayable;
}

/** Makes a prediction of the answers to a question; the last one counts. */
export function makePrediction<K extends Kind>(
  question: Question<K>,
  answers: readonly Answers[K][],
  misconceptions: readonly Misconception<Answers[K]>[],
): Prediction<Answers[K]> {
  const answer = answers.at(-1) ?? null;
  const earlier = answers.slice(0, -1);
  const words = describe(question, answers);
  const prediction: Prediction<Answers[K]> = {
    type: "prediction",
    question: question.text,
    unit: question.unit,
    answer,
    earlier,
    words,
    check: (truth) => checkAnswer(question, answer, truth, misconceptions),
    over: (shown) =>
      makeDisplayable(async () => {
        const { figureWith } = await import("./over.ts");
        return (await figureWith(shown, prediction))[DISPLAY]();
      }),
    ...makeDisplayable(() => bundleOf(question, answers, words)),
  };
  return prediction;
}

/** What a question is known by. */
export function keyOf(
  { kind, text }: Pick<Question<Kind>, "kind" | "text">,
): string {
  return `${kind}: ${text.trim().replace(/\s+/g, " ")}`;
}

function describe<K extends Kind>(
  { kind, unit }: Question<K>,
  answers: readonly Answers[K][],
): string {
  const [answer, before] = answers.slice(-2).reverse()
    .map((one) => KINDS[kind].write(one, unit));
  if (answer === undefined) return "No prediction.";
  const changed = before === undefined ? "" : ` (before: ${before})`;
  return `You predicted: ${answer}${changed}.`;
}

/** As text for all, as data for the next session. */
function bundleOf<K extends Kind>(
  question: Question<K>,
  answers: readonly Answers[K][],
  words: string,
): MimeBundle {
  const plain = { "text/plain": `${question.text}\n${words}` };
  if (answers.length === 0) return plain;
  return {
    "text/markdown": `> ${inLine(question.text)}\n>\n> **${inLine(words)}**`,
    [PREDICTION_MIME]: { key: keyOf(question), answers },
    ...plain,
  };
}

function checkAnswer<K extends Kind>(
  { kind, unit, within }: Question<K>,
  answer: Answers[K] | null,
  truth: Answers[K],
  misconceptions: readonly Misconception<Answers[K]>[],
): PredictionCheck {
  const { write, isRight } = KINDS[kind];
  const was = `It was ${write(truth, unit)}`;
  if (answer === null) return shown(null, `No prediction. ${was}.`);
  const said = `You predicted ${write(answer, unit)}.`;
  if (isRight(answer, truth, within)) {
    return shown(true, `${said} ${was}. That is right.`);
  }
  const miss = describeMiss(answer, truth);
  const off = miss === "" ? "" : `: the prediction is ${miss}`;
  const behind = misconceptions.find(({ when }) => when(answer, truth));
  const why = behind === undefined ? "" : ` ${behind.says}`;
  return shown(false, `${said} ${was}${off}.${why}`);
}

function shown(isRight: boolean | null, words: string): PredictionCheck {
  const bundle = { "text/markdown": inLine(words), "text/plain": words };
  return { isRight, words, ...makeDisplayable(bundle) };
}

function inLine(text: string): string {
  return escapeMarkdown(text).replaceAll("\n", " ");
}

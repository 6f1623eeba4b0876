/**
 * `predict`: the learner commits to an answer before a cell shows it.
 *
 * What checks and asks is loaded with the first question.
 * @module
 */
import type { Answers, CurvePoint, Kind } from "./answers.ts";
import type { Misconception, Prediction } from "./prediction.ts";

/** How a prediction is asked for. */
export interface PredictOptions<T> {
  /** Explains wrong answers; the first that holds is told by `check()`. @default [] */
  readonly misconceptions?: readonly Misconception<T>[];
}

/** How a number is asked for. */
export interface PredictNumberOptions<T = number> extends PredictOptions<T> {
  /** What it counts, such as `ms`. @default "" */
  readonly unit?: string;
  /** By which factor it may be off and be right. @default 1.25 */
  readonly within?: number;
}

/** How a choice or an order is asked for. */
export interface PredictItemsOptions<T> extends PredictOptions<T> {
  /** What can be chosen, or has to be put in order. */
  readonly items: readonly string[];
}

/** How a curve is asked for. */
export interface PredictCurveOptions
  extends PredictNumberOptions<readonly CurvePoint[]> {
  /** Where its points are, such as numbers of Workers. */
  readonly at: readonly number[];
}

/** Asks for predictions of several kinds. */
export interface Predict {
  /**
   * Asks for a number.
   *
   * It asks by a form where one is drawn, such as in `skein open` or in Jupyter
   * with `ipywidgets`, else by a line of text.
   *
   * The answer is an output of the cell, so it is saved with the notebook; when
   * the cell runs again, it is the one to keep or to change.
   *
   * @example
   * ```ts
   * const p = await predict.number("How many ms does an empty Worker take to start?", {
   *   unit: "ms",
   *   misconceptions: [{
   *     when: (ms) => ms < 1,
   *     says: "A Worker is a thread with a JavaScript engine of its own, which has to be set up.",
   *   }],
   * });
   * p.check(12);
   * ```
   *
   * @param question The question.
   * @param options Unit, how near is right, misconceptions.
   * @returns The prediction; without an answer if nobody could be asked.
   * @throws {TypeError} If an argument has the wrong type.
   */
  number(
    question: string,
    options?: PredictNumberOptions,
  ): Promise<Prediction<number>>;
  /**
   * Asks which of several it is.
   *
   * @param question The question.
   * @param options The choices, misconceptions.
   * @returns The prediction.
   * @throws {TypeError} If an argument has the wrong type.
   */
  choice(
    question: string,
    options: PredictItemsOptions<string>,
  ): Promise<Prediction<string>>;
  /**
   * Asks for an order.
   *
   * @param question The question.
   * @param options What is to be put in order, misconceptions.
   * @returns The prediction.
   * @throws {TypeError} If an argument has the wrong type.
   */
  order(
    question: string,
    options: PredictItemsOptions<readonly string[]>,
  ): Promise<Prediction<readonly string[]>>;
  /**
   * Asks for a value at each of some places.
   *
   * @param question The question.
   * @param options The places, unit, how near is right, misconceptions.
   * @returns The prediction.
   * @throws {TypeError} If an argument has the wrong type.
   */
  curve(
    question: string,
    options: PredictCurveOptions,
  ): Promise<Prediction<readonly CurvePoint[]>>;
}

/**
 * Asks a learner to commit to an answer, before the next line shows it.
 *
 * Where nobody can be asked, as in `skein run`, an answer that the notebook has
 * already stays, and without one it says so and goes on.
 *
 * @example Nobody is there to ask
 * ```ts
 * import assert from "node:assert/strict";
 * const p = await predict.choice("Which is faster here?", { items: ["async", "workers"] });
 * assert.equal(p.answer, null);
 * assert.equal(p.check("workers").words, "No prediction. It was workers.");
 * ```
 */
export const predict: Predict = {
  number: (question, options = {}) => ask("number", question, options),
  choice: (question, options) => ask("choice", question, options),
  order: (question, options) => ask("order", question, options),
  curve: (question, options) => ask("curve", question, options),
};

async function ask<K extends Kind>(
  kind: K,
  text: string,
  options: AnyOptions<Answers[K]>,
): Promise<Prediction<Answers[K]>> {
  const { askFor } = await import("./ask.ts");
  return await askFor(kind, text, options);
}

/** All options that there are; which of them a kind has, is checked. */
export interface AnyOptions<T>
  extends Partial<PredictItemsOptions<T>>, PredictNumberOptions<T> {
  readonly at?: readonly number[];
}

/**
 * Asks a person for a prediction: by a form where one is drawn, else by the front
 * end's own question line.
 * @module
 */
import {
  checkName,
  checkNumber,
  checkOptions,
  checkSome,
  checkText,
  display,
} from "../base/mod.ts";
import { type Answers, type Kind, KINDS, type Question } from "./answers.ts";
import { askByForm } from "./form.ts";
import { keyOf, makePrediction, type Prediction } from "./prediction.ts";
import type { AnyOptions } from "./predict.ts";
import { recall, remember } from "./store.ts";

/** Asks, keeps the answer, and shows it; without anybody to ask, the earlier one stays. */
export async function askFor<K extends Kind>(
  kind: K,
  text: string,
  options: AnyOptions<Answers[K]>,
): Promise<Prediction<Answers[K]>> {
  const question = checkQuestion(kind, text, options);
  const { misconceptions = [] } = options;
  const key = keyOf(question);
  const answers = recall(key) as readonly Answers[K][];
  const form = await askByForm(question, answers.at(-1));
  const given = form?.answer ?? ask(question, answers.at(-1));
  const write = (answer: Answers[K]) =>
    KINDS[kind].write(answer, question.unit);
  const isNew = given !== undefined &&
    (answers.length === 0 || write(given) !== write(answers.at(-1)!));
  const all = isNew ? [...answers, given] : answers;
  if (all.length > 0) remember(key, all);
  const prediction = makePrediction(question, all, misconceptions);
  await display(
    prediction,
    form === undefined ? {} : { display_id: form.displayId, update: true },
  );
  return prediction;
}

function checkQuestion<K extends Kind>(
  kind: K,
  text: string,
  options: AnyOptions<Answers[K]>,
): Question<K> {
  const what = `predict ${kind}`;
  checkName([what, "question"], text);
  const names = KINDS[kind].options;
  checkOptions(what, options, ["misconceptions", ...names]);
  const { unit = "", within = 1.25, items = [], at = [] } = options;
  checkText([what, "unit"], unit);
  checkNumber([what, "within"], within, { least: 1, most: 1e6 });
  if (names.includes("items")) {
    checkSome([what, "items"], options.items, "strings");
    items.forEach((item, index) => checkName([what, `items[${index}]`], item));
  }
  if (names.includes("at")) {
    checkSome([what, "at"], options.at, "numbers");
    at.forEach((x, index) => checkNumber([what, `at[${index}]`], x, {}));
  }
  return { kind, text, unit, items, at, within };
}

function ask<K extends Kind>(
  question: Question<K>,
  earlier: Answers[K] | undefined,
): Answers[K] | undefined {
  const { prompt } = globalThis as {
    prompt?: (
      message: string,
      initial?: undefined,
      options?: { readonly form: unknown },
    ) => string | null;
  };
  if (prompt === undefined) return undefined;
  const rules = KINDS[question.kind];
  const before = earlier === undefined
    ? ""
    : ` [Enter keeps ${rules.write(earlier, question.unit)}]`;
  const kept = earlier === undefined
    ? {}
    : { earlier: rules.write(earlier, question.unit) };
  let problem = "";
  let wrong: { readonly problem?: string } = {};
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const typed = prompt(
      `${question.text} (${rules.hint(question)})${before}${problem}`,
      undefined,
      // A notebook's own page draws it; others show the line.
      { form: { ...question, ...kept, ...wrong } },
    );
    // Nobody is there, or nothing was typed.
    if (typed === null || typed.trim() === "") return undefined;
    const answer = rules.read(typed.trim(), question);
    if (answer !== undefined) return answer;
    wrong = { problem: `expected ${rules.expected(question)}` };
    problem = ` – ${wrong.problem}`;
  }
  return undefined;
}

const MOST_TURNS = 5;

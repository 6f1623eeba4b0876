/**
 * What can be predicted: how an answer is read from what somebody typed, how it
 * is written, and whether it was right. Pure.
 * @module
 */
import { formatNumber } from "../base/mod.ts";

/** A point of a curve: where, and what is expected there. */
export type CurvePoint = readonly [x: number, y: number];

/** The answers of each kind of question. */
export interface Answers {
  readonly number: number;
  readonly choice: string;
  readonly order: readonly string[];
  readonly curve: readonly CurvePoint[];
}

/** A kind of question. */
export type Kind = keyof Answers;

/** A question as it is asked. */
export interface Question<K extends Kind> {
  readonly kind: K;
  /** The words. */
  readonly text: string;
  /** What a number counts, such as `ms`; empty for nothing. */
  readonly unit: string;
  /** What can be chosen, or has to be put in order. */
  readonly items: readonly string[];
  /** Where a curve is asked for. */
  readonly at: readonly number[];
  /** By which factor a number may be off and be right. */
  readonly within: number;
}

/** Reads an answer; a string says what was expected instead. */
export function readAnswer<K extends Kind>(
  question: Question<K>,
  typed: string,
): { readonly answer: Answers[K] } | string {
  const reader = READERS[question.kind] as (
    question: Question<K>,
    typed: string,
  ) => { readonly answer: Answers[K] } | string;
  return reader(question, typed.trim());
}

/** Writes an answer as it could have been typed, with its unit. */
export function writeAnswer<K extends Kind>(
  { kind, unit }: Pick<Question<K>, "kind" | "unit">,
  answer: Answers[K],
): string {
  const number = (value: number) =>
    `${formatShortest(value)}${unit === "" ? "" : ` ${unit}`}`;
  switch (kind) {
    case "number":
      return number(answer as number);
    case "order":
      return (answer as readonly string[]).join(", ");
    case "curve":
      return (answer as readonly CurvePoint[]).map(([x, y]) =>
        `${x}: ${number(y)}`
      ).join(", ");
    default:
      return String(answer);
  }
}

/** Whether an answer is right; a number, if it is off by no more than a factor. */
export function isRight<K extends Kind>(
  question: Question<K>,
  answer: Answers[K],
  truth: Answers[K],
): boolean {
  const near = (one: number, other: number) => {
    if (one === other) return true;
    const ratio = one / other;
    return ratio > 0 && Math.max(ratio, 1 / ratio) <= question.within;
  };
  switch (question.kind) {
    case "number":
      return near(answer as number, truth as number);
    case "curve": {
      const points = new Map(truth as readonly CurvePoint[]);
      return (answer as readonly CurvePoint[]).every(([x, y]) =>
        near(y, points.get(x) ?? NaN)
      );
    }
    case "order":
      return (answer as readonly string[]).join("\n") ===
        (truth as readonly string[]).join("\n");
    default:
      return answer === truth;
  }
}

/** How a number is off, in words; empty where that can not be said. */
export function describeMiss<K extends Kind>(
  { kind }: Pick<Question<K>, "kind">,
  answer: Answers[K],
  truth: Answers[K],
): string {
  if (kind !== "number") return "";
  const ratio = Number(answer) / Number(truth);
  if (!(ratio > 0) || !Number.isFinite(ratio) || ratio === 1) return "";
  return ratio > 1
    ? `${formatNumber(ratio)}× too high`
    : `${formatNumber(1 / ratio)}× too low`;
}

/** What a person is told of how to answer. */
export function hintOf<K extends Kind>(question: Question<K>): string {
  const { kind, unit, items, at } = question;
  const numbered = items.map((item, index) => `${index + 1} ${item}`).join(
    ", ",
  );
  switch (kind) {
    case "number":
      return unit === "" ? "a number" : `a number of ${unit}`;
    case "choice":
      return `one of: ${numbered}`;
    case "order":
      return `all of these in order, by their numbers: ${numbered}`;
    case "curve":
      return `${at.length} numbers${unit === "" ? "" : ` of ${unit}`}, at ${
        at.join(", ")
      }`;
    default:
      return kind satisfies never;
  }
}

const READERS: {
  readonly [K in Kind]: (
    question: Question<Kind>,
    typed: string,
  ) => { readonly answer: Answers[Kind] } | string;
} = {
  number: ({ unit }, typed) => {
    const [value, ...others] = readNumbers(typed, unit);
    return value === undefined || others.length > 0
      ? "expected one number"
      : { answer: value };
  },
  choice: ({ items }, typed) => {
    const item = findItem(items, typed);
    return item === undefined
      ? `expected one of ${items.join(", ")}`
      : { answer: item };
  },
  order: ({ items }, typed) => {
    const parts = typed.split(typed.includes(",") ? "," : /\s+/);
    const found = parts.map((part) => findItem(items, part));
    const isWhole = found.length === items.length &&
      new Set(found).size === items.length && !found.includes(undefined);
    return isWhole
      ? { answer: found as readonly string[] }
      : `expected each of ${items.join(", ")} once`;
  },
  curve: ({ unit, at }, typed) => {
    const values = readNumbers(typed, unit);
    return values.length === at.length
      ? { answer: at.map((x, index) => [x, values[index]!] as const) }
      : `expected ${at.length} numbers`;
  },
};

/** Numbers, with or without their unit; nothing if there is anything else. */
function readNumbers(typed: string, unit: string): readonly number[] {
  const parts = typed.split(/[\s,;]+/)
    .map((part) =>
      unit !== "" && part.endsWith(unit) ? part.slice(0, -unit.length) : part
    )
    .filter((part) => part !== "");
  const values = parts.map(Number);
  return values.every(Number.isFinite) ? values : [];
}

/** By its number or by its name. */
function findItem(items: readonly string[], typed: string): string | undefined {
  const wanted = typed.trim().toLowerCase();
  return items.find((item) => item.toLowerCase() === wanted) ??
    (/^\d+$/.test(wanted) ? items[Number(wanted) - 1] : undefined);
}

function formatShortest(value: number): string {
  return String(Number(value.toPrecision(6)));
}

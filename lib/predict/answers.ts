/**
 * What can be predicted, a kind of question an entry: how an answer is read from
 * what somebody typed, how it is written, and whether it was right. Pure.
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

/** What is different in each kind of question. */
interface KindRules<A> {
  /** Options that it has besides misconceptions. */
  readonly options: readonly string[];
  /** What a person is told of how to answer. */
  readonly hint: (question: Asked) => string;
  /** What is said where an answer can not be read. */
  readonly expected: (question: Asked) => string;
  readonly read: (typed: string, question: Asked) => A | undefined;
  /** Writes an answer as it could have been typed, with its unit. */
  readonly write: (answer: A, unit: string) => string;
  /** Whether an answer is right; a number, if it is off by no more than a factor. */
  readonly isRight: (answer: A, truth: A, within: number) => boolean;
}

type Asked = Pick<Question<Kind>, "unit" | "items" | "at">;

/** The kinds of questions. */
export const KINDS: { readonly [K in Kind]: KindRules<Answers[K]> } = {
  number: {
    options: ["unit", "within"],
    hint: ({ unit }) => `a number${of(unit)}`,
    expected: () => "one number",
    read(typed, { unit }) {
      const [value, ...others] = readNumbers(typed, unit);
      return others.length > 0 ? undefined : value;
    },
    write: writeNumber,
    isRight: isNear,
  },
  choice: {
    options: ["items"],
    hint: ({ items }) => `one of: ${numbered(items)}`,
    expected: ({ items }) => `one of ${items.join(", ")}`,
    read: (typed, { items }) => findItem(items, typed),
    write: String,
    isRight: Object.is,
  },
  order: {
    options: ["items"],
    hint: ({ items }) =>
      `all of these in order, by their numbers: ${numbered(items)}`,
    expected: ({ items }) => `each of ${items.join(", ")} once`,
    read(typed, { items }) {
      const parts = typed.split(typed.includes(",") ? "," : /\s+/);
      const found = new Set(
        parts.flatMap((part) => findItem(items, part) ?? []),
      );
      const isWhole = found.size === items.length &&
        parts.length === items.length;
      return isWhole ? [...found] : undefined;
    },
    write: (answer) => answer.join(", "),
    isRight: (answer, truth) => answer.join("\n") === truth.join("\n"),
  },
  curve: {
    options: ["at", "unit", "within"],
    hint: ({ at, unit }) =>
      `${at.length} numbers${of(unit)}, at ${at.join(", ")}`,
    expected: ({ at }) => `${at.length} numbers`,
    read(typed, { at, unit }) {
      const values = readNumbers(typed, unit);
      return values.length === at.length
        ? at.map((x, index) => [x, values[index]!] as const)
        : undefined;
    },
    write: (answer, unit) =>
      answer.map(([x, y]) => `${x}: ${writeNumber(y, unit)}`).join(", "),
    isRight(answer, truth, within) {
      const points = new Map(truth);
      return answer.every(([x, y]) => isNear(y, points.get(x) ?? NaN, within));
    },
  },
};

/** How a number is off, in words; empty where that can not be said. */
export function describeMiss(answer: unknown, truth: unknown): string {
  if (typeof answer !== "number") return "";
  const ratio = answer / Number(truth);
  if (!(ratio > 0) || !Number.isFinite(ratio) || ratio === 1) return "";
  return ratio > 1
    ? `${formatNumber(ratio)}× too high`
    : `${formatNumber(1 / ratio)}× too low`;
}

function of(unit: string): string {
  return unit === "" ? "" : ` of ${unit}`;
}

function numbered(items: readonly string[]): string {
  return items.map((item, index) => `${index + 1} ${item}`).join(", ");
}

function writeNumber(value: number, unit: string): string {
  const digits = String(Number(value.toPrecision(6)));
  return unit === "" ? digits : `${digits} ${unit}`;
}

function isNear(one: number, other: number, within: number): boolean {
  if (one === other) return true;
  const ratio = one / other;
  return ratio > 0 && Math.max(ratio, 1 / ratio) <= within;
}

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

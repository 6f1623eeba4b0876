/**
 * How much of what an execution displays is kept: front ends and notebook files
 * hold all of it, until it is cleared. Pure.
 *
 * Text has a budget of its own, in `text_budget.ts`. Units: UTF-16 units.
 * @module
 */
import type { MimeBundle } from "../protocol/mod.ts";

/** What an execution has shown; values in the reply count apart. */
export interface ValueBudget {
  /** How much it has displayed since it last cleared its outputs. */
  readonly displayed: number;
  /** How much it wants shown in the front end's pager. */
  readonly paged: number;
  /** Whether the user was told that something is missing. */
  readonly isTold: boolean;
}

/** The budget of an execution that has shown nothing. */
export const NOTHING_SHOWN: ValueBudget = {
  displayed: 0,
  paged: 0,
  isTold: false,
};

/** What may be shown of one kind. */
export type ShownKind = "displayed" | "paged";

/**
 * Takes a value that an execution shows.
 *
 * @param budget What it has shown.
 * @param kind How it shows it.
 * @param size How large it is.
 * @returns What it has shown then, whether the value fits, and a note for the
 *   user, once.
 */
export function takeValue(
  budget: ValueBudget,
  kind: ShownKind,
  size: number,
): {
  readonly budget: ValueBudget;
  readonly fits: boolean;
  readonly note: string;
} {
  const shown = budget[kind] + size + COSTS[kind];
  if (shown <= LIMITS[kind]) {
    return { budget: { ...budget, [kind]: shown }, fits: true, note: "" };
  }
  return {
    budget: { ...budget, isTold: true },
    fits: false,
    note: budget.isTold ? "" : NOTES[kind],
  };
}

/**
 * Tells how large a value is.
 *
 * @param data The value in all its formats.
 */
export function sizeOf(data: MimeBundle): number {
  return Object.entries(data).reduce(
    (sum, [type, value]) =>
      sum + type.length +
      (typeof value === "string"
        ? value.length
        : JSON.stringify(value)?.length ?? 0),
    0,
  );
}

/** What an empty value costs. */
const COSTS: Readonly<Record<ShownKind, number>> = {
  displayed: 200,
  paged: 4096,
};
const LIMITS: Readonly<Record<ShownKind, number>> = {
  displayed: 128 * 1024 * 1024,
  paged: 16 * 1024 * 1024,
};
const NOTES: Readonly<Record<ShownKind, string>> = {
  displayed:
    "[… more displays are not shown: a cell may show 128 MiB until it clears its output …]\n",
  paged:
    "[… more pages are not shown: a cell may open 16 MiB in the pager …]\n",
};

/**
 * The names that a cell can see, and which cell each of their meanings is from.
 *
 * `type cpus = …` after `import { cpus }` leaves the function alone, and the
 * other way round: a name is a value and a type, and each has a latest
 * declaration of its own. Pure.
 * @module
 */
import type { CellName } from "./names.ts";

/** A name that a cell can see, and the document that declares it. */
export interface VisibleName extends CellName {
  /** Address of the document. */
  readonly uri: string;
  /** An earlier declaration, for the meaning that the latest one lacks. */
  readonly other?: VisibleName | undefined;
}

/** Where the meanings of a name come from. */
export interface Meanings {
  /** Who says what it is at run time. */
  readonly value?: VisibleName | undefined;
  /** Who says what it is as a type. */
  readonly type?: VisibleName | undefined;
}

/**
 * Puts the newest declaration of a name before the earlier ones.
 *
 * @param name The newest declaration.
 * @param earlier What was visible under its name.
 */
export function declareAgain(
  name: VisibleName,
  earlier: VisibleName | undefined,
): VisibleName {
  const { value, type } = meaningsOf(earlier);
  const other = name.isValue ? name.isType ? undefined : type : value;
  return other === undefined ? name : { ...name, other: alone(other) };
}

/**
 * Tells where the meanings of a name come from.
 *
 * @param name The name, as it is visible.
 */
export function meaningsOf(name: VisibleName | undefined): Meanings {
  const all = name === undefined
    ? []
    : [name, ...name.other ? [name.other] : []];
  return {
    value: all.find(({ isValue }) => isValue),
    type: all.find(({ isType }) => isType),
  };
}

/**
 * Tells whether two names are from the same declarations.
 *
 * @param one A name; `undefined` when it is not visible.
 * @param two Another one.
 */
export function isSame(
  one: VisibleName | undefined,
  two: VisibleName | undefined,
): boolean {
  return one === two || one?.uri === two?.uri && one?.start === two?.start &&
      one?.other?.uri === two?.other?.uri;
}

function alone({ other: _, ...name }: VisibleName): VisibleName {
  return name;
}

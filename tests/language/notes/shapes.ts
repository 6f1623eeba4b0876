/** A module beside the notebook of these tests. @module */

/** A circle. */
export class Circle {
  /** Distance from the middle. */
  radius: number;
  /** @param radius Distance from the middle. */
  constructor(radius: number) {
    this.radius = radius;
  }
}

/** Something with corners. */
export interface Corners {
  /** How many. */
  count: number;
}

/** How many sides a square has. */
export const SIDES = 4;

/** Adds areas. */
export function addAreas(...areas: number[]): number {
  return areas.reduce((sum, area) => sum + area, 0);
}

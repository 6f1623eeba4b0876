/**
 * Lays what was predicted over a figure. Loaded when such a figure is shown.
 * @module
 */
import { type Figure, figureOf, makeFigure } from "../plot/core/mod.ts";
import type { CurvePoint } from "./answers.ts";
import type { Prediction } from "./prediction.ts";

/** A figure with a prediction: drawn where it has a place, and in words. */
export async function figureWith(
  shown: unknown,
  prediction?: Prediction<unknown>,
): Promise<Figure> {
  const figure = await figureOf(shown);
  if (figure === undefined) {
    throw new TypeError(
      "Cannot show figure: it is no figure, expected what shows itself as one, such as what scale() gives",
    );
  }
  if (prediction === undefined) return figure;
  const { answer, unit, words } = prediction;
  const points = Array.isArray(answer) && Array.isArray(answer[0])
    ? answer as readonly CurvePoint[]
    : [];
  const unitMs = UNITS_MS[unit];
  const ms = typeof answer === "number" && unitMs !== undefined
    ? answer * unitMs
    : null;
  const hasPlace = points.length > 0 || ms !== null;
  const drawn = hasPlace
    ? figure.withPrediction?.({ points, ms }) ?? figure
    : figure;
  return makeFigure({ ...drawn, notes: [...figure.notes ?? [], words] });
}

/** Units of durations, as people name them. */
const UNITS_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  "µs": 1e-3,
  us: 1e-3,
  ms: 1,
  s: 1000,
  min: 60_000,
};

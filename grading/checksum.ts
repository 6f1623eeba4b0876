/**
 * nbgrader's checksum of a cell: by it a changed check is told from the one
 * that was handed out. Pure.
 *
 * MD5 is what nbgrader has; here it guards nothing, since what is graded is
 * restored from the teacher's file whatever the checksum says.
 *
 * Source: nbgrader 0.9, `utils.compute_checksum`.
 * @module
 */
import { createHash } from "node:crypto";
import type { Cell } from "../nbformat/mod.ts";
import type { Marks } from "./marks.ts";

/**
 * Computes the checksum of a cell.
 *
 * @param cell The cell.
 * @param marks Its marks.
 * @returns 32 hexadecimal digits.
 */
export function checksum(
  { source, cell_type }: Pick<Cell, "source" | "cell_type">,
  { grade, solution, locked, gradeId, points }: Marks,
): string {
  const hash = createHash("md5");
  hash.update(source).update(cell_type);
  for (const flag of [grade, solution, locked]) {
    hash.update(flag ? "True" : "False");
  }
  hash.update(gradeId);
  if (grade) hash.update(pythonFloat(points));
  return hash.digest("hex");
}

/**
 * Writes a number as Python's `str(float(x))`.
 *
 * @param value The number.
 */
export function pythonFloat(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size === 0 || size >= 1e-4 && size < 1e16) {
    const text = String(value);
    return text.includes(".") ? text : `${text}.0`;
  }
  const [digits, exponent] = value.toExponential().split("e");
  const sign = exponent!.startsWith("-") ? "-" : "+";
  return `${digits}e${sign}${exponent!.slice(1).padStart(2, "0")}`;
}

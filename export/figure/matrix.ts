/**
 * Transforms of a drawing as matrices. Pure.
 * @module
 */

/** Source: SVG 2, "matrix(a, b, c, d, e, f)". */
export type Matrix = readonly [number, number, number, number, number, number];

/**
 * Reads a transform.
 *
 * @param text For example `rotate(45) translate(1 2)`.
 * @returns Its matrix; undefined if it holds what is not known here.
 */
export function readTransform(text: string): Matrix | undefined {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, inside] of text.matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const next = read(
      name!,
      inside!.split(/[\s,]+/).filter(Boolean).map(Number),
    );
    if (next === undefined || next.some(Number.isNaN)) return undefined;
    matrix = multiply(matrix, next);
  }
  return matrix;
}

function read(name: string, values: readonly number[]): Matrix | undefined {
  const [a = 0, b, c] = values;
  switch (name) {
    case "translate":
      return [1, 0, 0, 1, a, b ?? 0];
    case "scale":
      return [a, 0, 0, b ?? a, 0, 0];
    case "rotate": {
      const [cos, sin] = [
        Math.cos(a * Math.PI / 180),
        Math.sin(a * Math.PI / 180),
      ];
      const turn: Matrix = [cos, sin, -sin, cos, 0, 0];
      const [x, y] = [b ?? 0, c ?? 0];
      return multiply(multiply([1, 0, 0, 1, x, y], turn), [1, 0, 0, 1, -x, -y]);
    }
    case "skewX":
      return [1, 0, Math.tan(a * Math.PI / 180), 1, 0, 0];
    case "skewY":
      return [1, Math.tan(a * Math.PI / 180), 0, 1, 0, 0];
    case "matrix":
      return values.length === 6 ? values as unknown as Matrix : undefined;
  }
  return undefined;
}

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

/**
 * Gives the matrix that leads back.
 *
 * @param matrix A matrix.
 * @returns Its inverse; undefined if it has none.
 */
export function invert([a, b, c, d, e, f]: Matrix): Matrix | undefined {
  const size = a * d - b * c;
  if (size === 0 || !Number.isFinite(size)) return undefined;
  return [
    d / size,
    -b / size,
    -c / size,
    a / size,
    (c * f - d * e) / size,
    (b * e - a * f) / size,
  ];
}

/**
 * Moves a point.
 *
 * @param matrix Where to.
 * @param x Its place.
 * @param y Its place.
 */
export function transform(
  [a, b, c, d, e, f]: Matrix,
  x: number,
  y: number,
): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

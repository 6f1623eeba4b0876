/**
 * How far work on many things is, as one line. Pure.
 * @module
 */

/**
 * Draws a bar.
 *
 * @param done How many are done.
 * @param total How many there are.
 */
export function bar(done: number, total: number): string {
  const filled = total === 0 ? WIDTH : Math.floor(done / total * WIDTH);
  const counter = `${String(done).padStart(String(total).length)}/${total}`;
  return `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${counter}`;
}

const WIDTH = 20;

/**
 * A program whose types must be right, here and when the npm package is
 * installed beside it. Checked, and not run, by `npm_test.ts`.
 * @module
 */
import { compare, type Comparison, Mutex, pool, task } from "@skein/skein";

const double = task((n: number) => n * 2);
export const comparison: Comparison = await compare(double, { inputs: [1, 2] });
export const mutex: Mutex = new Mutex({ name: "m" });
const threads = pool({ size: 2 });
const add = (a: number, b: number) => a + b;
export const sum: number = await threads.run(add, [1, 2]);
// @ts-expect-error A sum is no text.
export const text: string = await threads.run(add, [1, 2]);
// @ts-expect-error An argument is missing.
await threads.run(add, [1]);

/**
 * A cell that nobody sees: reading it makes V8 compile what reading cells needs.
 *
 * TypeScript's functions are compiled when they are first called, which makes
 * the first cell of some size ten times slower than the next one. It is read
 * after the first answer, when nobody waits. Pure.
 * @module
 */
import { answerQuestion } from "./translation.ts";

/** Reads the cell. */
export function warmUp(): void {
  for (let round = 0; round < ROUNDS; round++) {
    answerQuestion({
      type: "translate",
      sources: [CELL],
      options: { name: "cell", folderUrl: "file:///", emit: {} },
    });
    answerQuestion({ type: "outline", source: CELL });
  }
}

/** The second time is not yet as quick as the third. */
const ROUNDS = 2;

/** A little of all that usual cells are made of. */
export const CELL = `
import { join } from "node:path";
interface Order { readonly id: number; lines: readonly { price: number }[] }
type Totals = Record<string, number | null>;
export class Cart<T extends Order> extends Map<string, T> {
  static count = 0;
  #items: T[] = [];
  constructor(readonly name: string, private rate = 1) { super(); }
  get total(): number {
    return this.#items.flatMap(({ lines }) => lines)
      .reduce((sum, { price }) => sum + price * this.rate, 0);
  }
  async *items(): AsyncGenerator<T> { for (const item of this.#items) yield item; }
}
enum Kind { A, B = 3 }
function pick<T>(first: T, second = 1, ...rest: string[]): T | undefined {
  try {
    if (second > 0 && rest.length !== 0) return first;
    else throw new TypeError(\`Cannot pick \${second}: \${rest.join(", ")}\`);
  } catch (error) { report(error as Error); } finally { second++; }
  switch (second) { case 1: break; default: return undefined; }
}
const cart = new Cart<Order>("a"), { name, ...others } = cart;
let [first, , third = 3] = [1, 2], n = 0;
var old = typeof n === "number" ? /a+/g.test(name) : !n;
for (let i = 0; i < 3; i++) n += i ** 2;
for (const key in others) { delete (others as Totals)[key]; }
while (n-- > 0) { if (n % 2) continue; }
await Promise.all([1, 2].map(async (x) => await pick(x)?.toFixed?.(x ?? 0)));
({ cart, [name]: first, get third() { return third; }, old }) satisfies object;
`;

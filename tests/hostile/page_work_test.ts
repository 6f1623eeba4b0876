/**
 * A page takes time in proportion to its notebook, whatever is in it.
 * @module
 */
import assert from "node:assert/strict";
import { cpuUsage } from "node:process";
import { exportHtml } from "../../export/html.ts";
import { assignCellIds } from "../../nbformat/cell_ids.ts";
import { hardInputs } from "./page_inputs.ts";

/** How often the larger input is the smaller one. */
const TIMES = 16;
const SMALL = 4000;
/** What the collector of garbage may take, beside twice the loss to V8. */
const NOISE_MS = 20;

for (const { name, make } of hardInputs()) {
  Deno.test(`exportHtml() takes work in proportion to its input: ${name}`, () => {
    const [small, large] = [make(SMALL), make(SMALL * TIMES)];
    checkGrowth(() => exportHtml(small), () => exportHtml(large));
  });
}

Deno.test("assignCellIds() takes work in proportion to cells of one id", () => {
  const make = (n: number) =>
    Array.from({ length: n }, () => ({
      id: "a",
      cell_type: "raw",
      source: "same",
    }));
  const [small, large] = [make(2000), make(2000 * TIMES)];
  checkGrowth(() => assignCellIds(small), () => assignCellIds(large));
});

/** Work in the square of the input is 256 times as much here. */
function checkGrowth(small: () => void, large: () => void): void {
  small();
  const smallMs = Math.max(NOISE_MS, Math.min(timeOf(small), timeOf(small)));
  const largeMs = Math.min(timeOf(large), timeOf(large));
  assert.ok(
    largeMs < smallMs * TIMES * 5,
    `${TIMES} times the input: ${smallMs} ms, then ${largeMs} ms`,
  );
}

/** Processor time, which other programs on the machine do not stretch. */
function timeOf(act: () => void): number {
  const before = cpuUsage();
  act();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
}

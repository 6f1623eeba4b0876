import assert from "node:assert/strict";
import { CPU } from "../../plot/gallery/gallery_data.ts";
import { comparisonTable } from "./comparison_table.ts";
import type { Comparison } from "../../base/record/mod.ts";

Deno.test("comparisonTable() promises of few samples what they can keep", () => {
  const headingOf = (count: number) => {
    const results = CPU.results.map((result) => ({
      ...result,
      summary: { ...result.summary, count },
    }));
    const comparison: Comparison = { ...CPU, results };
    return comparisonTable(comparison).split("\n")[0];
  };
  assert.match(headingOf(3)!, /\| 75 % interval/);
  assert.match(headingOf(5)!, /\| 93 % interval/);
  assert.match(headingOf(6)!, /\| 95 % interval/);
});

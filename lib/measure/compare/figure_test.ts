import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { comparisonFigure, showComparison } from "./figure.ts";
import { layOutComparison } from "./figure_layout.ts";
import { comparisonTable } from "./comparison_table.ts";
import {
  ALONE,
  CPU,
  NOISY,
  PREDICTED,
} from "../../plot/gallery/gallery_data.ts";

Deno.test("comparisonFigure() says in words what it shows, with numbers", async () => {
  const { alt, svg } = await comparisonFigure(PREDICTED);
  assert.match(
    alt,
    /workers: median 432 ms \(95 % interval \d+ ms to \d+ ms\), speed-up 1\.88× \(1\.85–1\.92\), predicted 2×\./,
  );
  assert.match(
    alt,
    /async: .* no difference shown: 0\.99× \(0\.98–1\.01\), predicted 4×/,
  );
  assert.match(
    alt,
    /Measured on 2 cores · others used 1\.2 % CPU · 12 samples a model · Deno 2\.9\.6/,
  );
  assert.ok(svg.includes("speed-up 1.88× (1.85–1.92)"));
});

Deno.test("comparisonFigure() draws every sample", async () => {
  const { svg } = await comparisonFigure(NOISY);
  // Twelve for each of two models; the legend and the names have circles of their own.
  assert.equal(
    svg.match(/<g[^>]*class="skein-sample[^>]*>(?:<circle[^>]*>){12}<\/g>/g)
      ?.length,
    2,
  );
});

Deno.test("comparisonFigure() says that it is noisy, and what is missing", async () => {
  const { svg, alt } = await comparisonFigure(NOISY);
  assert.match(svg, />noisy</);
  assert.match(
    alt,
    /Noisy: doubt small differences\. How busy other programs were is unknown/,
  );
});

Deno.test("comparisonFigure() escapes title, findings and stamp", async () => {
  const text = "</text><script>alert(1)</script>";
  const { svg } = await comparisonFigure({
    ...CPU,
    title: text,
    findings: [text],
    stamp: { ...CPU.stamp, missing: [text], deno: text },
  });
  assert.doesNotMatch(svg, /<script/);
});

Deno.test("comparisonFigure() compares nothing where one model ran", async () => {
  const { svg } = await comparisonFigure(ALONE);
  assert.doesNotMatch(svg, /speed-up|÷|baseline/);
});

Deno.test("layOutComparison() keeps a wild prediction at the edge", () => {
  const { rows, endMs } = layOutComparison({
    ...CPU,
    prediction: { async: 0.001 },
  }, true);
  assert.equal(rows[1]?.predictedMs, endMs);
  assert.equal(rows[1]?.predictedLabel, "you: 0.001× →");
  assert.ok(endMs < 2000);
});

Deno.test("layOutComparison() shows cores only where they are the limit", () => {
  const labels = (cores: number) =>
    layOutComparison({ ...CPU, stamp: { ...CPU.stamp, cores } }, true)
      .ideals.map(({ label }) => label);
  assert.deepEqual(labels(2), ["÷ 4 jobs", "÷ 2 cores"]);
  assert.deepEqual(labels(8), ["÷ 4 jobs"]);
  assert.deepEqual(labels(1), ["÷ 4 jobs"]);
});

Deno.test("comparisonTable() lines its columns up", () => {
  const lines = comparisonTable(PREDICTED).split("\n");
  assert.equal(lines.length, 6);
  assert.equal(new Set(lines.map((line) => line.length)).size, 1);
  assert.match(
    lines[4]!,
    /^\| workers +\| 432 ms +\| \d+–\d+ ms +\| 1\.88× \(1\.85–1\.92\) +\| 2× +\| 12 +\|$/,
  );
});

Deno.test("showComparison() yields one image, and a table as words", async () => {
  const bundle = await showComparison(CPU)[DISPLAY]();
  assert.deepEqual(Object.keys(bundle), ["image/svg+xml", "text/plain"]);
  const image = String(bundle["image/svg+xml"]);
  assert.match(
    image,
    /1\.88×.*What happened, in the round nearest the median.*worker 1/s,
  );
  const words = String(bundle["text/plain"]);
  assert.match(words, /^Four times fib\(35\)[^\n]*\n\n\| model/);
  assert.match(words, /Workers were 1\.88× as fast/);
});

Deno.test("showComparison() leaves the timeline out where nothing was traced", async () => {
  const bundle = await showComparison(NOISY)[DISPLAY]();
  assert.doesNotMatch(String(bundle["image/svg+xml"]), /What happened/);
});

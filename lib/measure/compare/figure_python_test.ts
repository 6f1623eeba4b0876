import assert from "node:assert/strict";
import { comparisonFigure } from "./figure.ts";
import { layOutComparison } from "./figure_layout.ts";
import { comparisonTable } from "./comparison_table.ts";
import { CPU } from "../../plot/gallery/gallery_data.ts";
import {
  PYTHON_COMPUTING,
  PYTHON_FREE,
} from "../../plot/gallery/gallery_python.ts";
import { textWidth } from "../../plot/core/text.ts";
import { MODELS, TYPE } from "../../plot/core/visual.ts";

Deno.test("layOutComparison() makes room for Python's names only", () => {
  const { left, right, rows } = layOutComparison(PYTHON_COMPUTING, true);
  assert.equal(rows.length, 9);
  for (const { result } of rows) {
    const name = MODELS[result.model].name;
    assert.ok(37 + textWidth(name, TYPE.heading, true) < left, name);
  }
  assert.ok(right - left > 200);
  assert.equal(layOutComparison(CPU, true).left, 164);
});

Deno.test("layOutComparison() shows ideal times of one language only", () => {
  assert.deepEqual(layOutComparison(PYTHON_COMPUTING, true).ideals, []);
  assert.deepEqual(
    layOutComparison(PYTHON_FREE, true).ideals.map(({ ms }) => Math.round(ms)),
    [220, 440],
  );
});

Deno.test("layOutComparison() predicts against the model's own language", () => {
  const { rows } = layOutComparison({
    ...PYTHON_COMPUTING,
    prediction: { "python-threads": 2, workers: 2 },
  }, true);
  const predicted = rows.flatMap(({ predictedMs }) =>
    predictedMs === null ? [] : Math.round(predictedMs)
  );
  assert.deepEqual(predicted, [106, 411]);
});

Deno.test("comparisonFigure() marks Python's rows by squares, and says so", async () => {
  const { svg, alt } = await comparisonFigure(PYTHON_COMPUTING);
  const squares = svg.match(/<rect class="skein-python-[a-z]+"/g);
  // One a row, and one in the legend.
  assert.equal(squares?.length, 6);
  assert.match(svg, />JavaScript<.*>Python</s);
  assert.match(svg, /\.skein-python-threads\{fill:#/);
  assert.match(
    alt,
    /python-threads: median 840 ms \(.*\), speed-up 0\.98× \(0\.97–0\.99\)\./,
  );
  const alone = await comparisonFigure(CPU);
  assert.doesNotMatch(alone.svg, /python|JavaScript</);
});

Deno.test("comparisonTable() has a baseline in each language", () => {
  assert.equal(comparisonTable(PYTHON_COMPUTING).match(/baseline/g)?.length, 2);
});

import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { comparisonFigure } from "./figure.ts";
import { comparisonRows } from "./comparison_table.ts";
import {
  ALONE,
  CPU,
  NOISY,
  PREDICTED,
  SLOWER_BY_FAR,
} from "../../plot/gallery/gallery_data.ts";
import {
  PYTHON_COMPUTING,
  PYTHON_FREE,
} from "../../plot/gallery/gallery_python.ts";

Deno.test("comparisonFigure() says in words what it shows, with numbers", () => {
  const { alt, svg, captions } = comparisonFigure(PREDICTED);
  assert.match(
    alt,
    /workers, median 432 ms, 95 % interval 428–436 ms, .* 1\.88× .*, predicted 2×/,
  );
  assert.match(alt, /async, .* no difference shown: .*, predicted 4×/);
  assert.match(
    captions![0]!,
    /Measured on 2 cores · others used 1\.2 % CPU · 12 samples a model · Deno 2\.9\.6/,
  );
  assert.match(svg, />· 1\.88× as fast</);
});

Deno.test("comparisonFigure() writes what is slower as a number above one", () => {
  const { svg } = comparisonFigure(SLOWER_BY_FAR);
  assert.match(svg, />· 2500× slower</);
  assert.doesNotMatch(svg, />[^<]*0\.0004×/);
});

Deno.test("comparisonFigure() draws every sample", () => {
  const { svg } = comparisonFigure(NOISY);
  // Twelve for each of two models, and three in the legend.
  assert.equal(svg.match(/class="skein-sample /g)?.length, 27);
});

Deno.test("comparisonFigure() says that it is noisy, and what is missing", () => {
  const { svg, warning, captions } = comparisonFigure(NOISY);
  assert.match(warning!, /^Noisy: /);
  assert.equal(svg.match(/Noisy/g)?.length, 1);
  assert.match(captions![0]!, /How busy other programs were is unknown/);
});

Deno.test("comparisonFigure() escapes title, findings and stamp", () => {
  const text = "</text><script>alert(1)</script>";
  const { svg } = comparisonFigure({
    ...CPU,
    title: text,
    findings: [text],
    stamp: { ...CPU.stamp, missing: [text], deno: text },
  });
  assert.doesNotMatch(svg, /<script/);
});

Deno.test("comparisonFigure() compares nothing where one model ran", () => {
  const { svg } = comparisonFigure(ALONE);
  assert.doesNotMatch(svg, />[^<]*(÷|baseline|faster|slower)/);
});

Deno.test("comparisonFigure() keeps a wild prediction at the edge", () => {
  const { svg } = comparisonFigure({ ...CPU, prediction: { async: 0.001 } });
  assert.match(svg, />you →</);
  // The axis still ends near the slowest sample.
  assert.doesNotMatch(svg, />2 s</);
});

Deno.test("comparisonFigure() shows cores only where they are the limit", () => {
  const labels = (cores: number) =>
    comparisonFigure({ ...CPU, stamp: { ...CPU.stamp, cores } }).svg
      .match(/÷ \d \w+/g)?.join();
  assert.equal(labels(2), "÷ 4 jobs,÷ 2 cores");
  assert.equal(labels(8), "÷ 4 jobs");
  assert.equal(labels(1), "÷ 4 jobs");
});

Deno.test("comparisonFigure() shows ideal times of one language only", () => {
  assert.doesNotMatch(comparisonFigure(PYTHON_COMPUTING).svg, /÷/);
  assert.match(comparisonFigure(PYTHON_FREE).svg, /÷/);
});

Deno.test("comparisonFigure() marks Python's rows by squares, and says so", () => {
  const { svg, alt } = comparisonFigure(PYTHON_COMPUTING);
  assert.match(svg, />JavaScript<.*>Python</s);
  assert.match(alt, /python-threads, median 840 ms, .*\./);
  assert.doesNotMatch(comparisonFigure(CPU).svg, /python|JavaScript</);
});

Deno.test("comparisonRows() has a row a model, and what was predicted", () => {
  const rows = comparisonRows(PREDICTED);
  assert.equal(rows.length, 5);
  assert.match(
    rows[3]!.join("|"),
    /^workers\|432 ms\|\d+–\d+ ms\|1\.88× as fast \(1\.85× to 1\.92×\)\|2×\|12$/,
  );
});

Deno.test("comparisonRows() promises of few samples what they can keep", () => {
  const headingOf = (count: number) => {
    const results = CPU.results.map((result) => ({
      ...result,
      summary: { ...result.summary, count },
    }));
    return comparisonRows({ ...CPU, results })[0]![2];
  };
  assert.equal(headingOf(3), "75 % interval");
  assert.equal(headingOf(5), "93 % interval");
  assert.equal(headingOf(6), "95 % interval");
});

Deno.test("comparisonFigure() has the timeline below, and a table as words", () => {
  const { svg, ...figure } = comparisonFigure(CPU);
  assert.match(
    svg,
    /1\.88×.*What happened, in the round nearest the median.*worker 1/s,
  );
  const words = String(figure[DISPLAY]()["text/plain"]);
  assert.match(words, /^Four times fib\(35\)[^\n]*\n\n\| model/);
  assert.match(words, /Workers were 1\.88× as fast/);
  // Nothing was traced here.
  assert.doesNotMatch(comparisonFigure(NOISY).svg, /What happened/);
});

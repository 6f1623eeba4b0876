import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { race } from "../../race.ts";
import type { RaceStep, RaceTree } from "../../race/mod.ts";
import { makeThread } from "../../race/test_programs.ts";
import { raceFigure, runFigure } from "./schedule.ts";
import {
  exploreFlag,
  exploreLostUpdate,
} from "../gallery/schedule_gallery_data.ts";
import { chooseRows } from "./schedule_lanes.ts";
import { codeRuns } from "./schedule_marks.ts";
import { joinRuns } from "./schedule_tree.ts";

Deno.test("a race shows itself as a page, an image and words", async () => {
  const result = await race({
    title: "<i>",
    shared: { x: "" },
    threads: [makeThread(`function a(m) { m.x = "<b>&"; }`)],
    check: () => false,
  }, { workers: false });
  const bundle = await result[DISPLAY]();
  const page = String(bundle["text/html"]);
  const svg = String(bundle["image/svg+xml"]);
  for (const markup of [page, svg]) {
    assert.doesNotMatch(markup.replaceAll("<b>writes", ""), /<i>|<b>&/);
  }
  assert.match(
    page,
    /<td style="[^"]*"><b>writes x = &quot;&lt;b&gt;&amp;&quot;<\/b>/,
  );
  assert.match(page, /<div class="skein-bar" style="display:none/);
  assert.match(String(bundle["text/plain"]), /1 of 1 schedule fails/);
  assert.deepEqual(Object.keys(result).includes("title"), true);
});

Deno.test("codeRuns() shows where in a function of one line a step is", () => {
  const check = (source: string, column: number, expected: string) =>
    assert.equal(
      codeRuns({ source, line: 1, column }, 10, 110)[0]?.text,
      expected,
    );
  check("m.x++;", 1, "m.x++;");
  const source = "function add(m) { const v = m.x; m.x = v + 1; }";
  check(source, 29, "…m.x");
  check(source, 34, "…m.x = v + 1");
  // Columns of other lines are counted from where the line began in the source.
  const [run] = codeRuns({ source, line: 2, column: 34 }, 10, 110);
  assert.equal(run?.text, "function add(m) …".slice(0, 17));
});

Deno.test("runFigure() tells every step in words", async () => {
  const { shortest } = await exploreLostUpdate();
  const bundle = await runFigure(shortest!)[DISPLAY]();
  assert.equal(
    bundle["text/plain"],
    "Two threads add 1 to x\nSchedule 0110\n1. a reads x: 0 (x: 0)\n" +
      "2. b reads x: 0 (x: 0)\n3. b writes x = 1 (x: 1)\n4. a writes x = 1 (x: 1)\n" +
      "It fails: x: 1, expected m.x === 2.\n" +
      "All threads ran on one thread, in turns.",
  );
});

Deno.test("raceFigure() counts in rows what it does not draw", async () => {
  const result = await exploreFlag();
  const count = ({ branches }: RaceTree): number =>
    branches.length === 0
      ? 1
      : branches.reduce((sum, branch) => sum + count(branch), 0);
  const sum = (tree: RaceTree, of: "schedules" | "failing"): number =>
    tree.branches.length === 0
      ? tree[of]
      : tree.branches.reduce((total, branch) => total + sum(branch, of), 0);
  const { tree } = result;
  assert.ok(count(tree!) <= 24);
  assert.equal(sum(tree!, "schedules"), result.total);
  assert.equal(sum(tree!, "failing"), result.failingSchedules);
  assert.match(raceFigure(result).svg, />50 of 56 fail</);
});

Deno.test("chooseRows() leaves out the middle, and what follows the failure", () => {
  const steps = Array.from({ length: 100 }, () => ({}) as RaceStep);
  const rows = chooseRows({ steps, brokenAfter: 60 });
  assert.deepEqual(
    rows.filter(({ type }) => type === "left out"),
    [{ type: "left out", count: 53 }, { type: "left out", count: 40 }],
  );
  assert.equal(rows.length, 3 + 1 + 4 + 1);
});

Deno.test("joinRuns() counts turns of long stretches only", () => {
  const texts = (turns: string) => joinRuns(turns).map(({ text }) => text);
  assert.deepEqual(texts(""), []);
  assert.deepEqual(texts("0011"), ["0", "0", "1", "1"]);
  assert.deepEqual(texts("00010"), ["0×3", "1", "0"]);
  assert.deepEqual(texts("01010101"), ["0", "1", "0", "1", "0", "…"]);
});

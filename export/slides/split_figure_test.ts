import assert from "node:assert/strict";
import { splitFigure } from "./split_figure.ts";

const ROOM = { width: 1200, height: 600 };

function figure(height: number, tops: readonly number[]): string {
  const groups = tops.map((top) =>
    `<g transform="translate(0,${top})"><text font-size="12">a</text></g>`
  ).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="${height}" viewBox="0 0 600 ${height}">${groups}</svg>`;
}

function boxes(svg: string): string[] {
  return splitFigure(svg, ROOM).map(({ svg }) =>
    /viewBox="([^"]*)"/.exec(svg)![1]!
  );
}

Deno.test("splitFigure() leaves a figure whole that can be read", () => {
  assert.deepEqual(boxes(figure(300, [10, 150])), ["0 0 600 300"]);
});

Deno.test("splitFigure() cuts a tall one between its parts", () => {
  assert.deepEqual(boxes(figure(1000, [100, 404, 804])), [
    "0 0 600 400",
    "0 400 600 400",
    "0 800 600 200",
  ]);
});

Deno.test("splitFigure() leaves a heading with what is below it", () => {
  assert.deepEqual(boxes(figure(1000, [104, 404, 454, 804])), [
    "0 0 600 400",
    "0 400 600 400",
    "0 800 600 200",
  ]);
});

Deno.test("splitFigure() can not cut what has no parts, and says how small it is", () => {
  const [part, ...more] = splitFigure(
    figure(2400, []).replace(
      "</svg>",
      '<text font-size="12">a</text></svg>',
    ),
    ROOM,
  );
  assert.equal(more.length, 0);
  assert.equal(part!.textPixels, 3);
});

/**
 * The picture of latency under load: how waits grow, and how they are spread.
 *
 * `load_stick.ts` draws waits over the rate of requests, `load_curve.ts` the
 * spread of waits at one rate. Pure.
 * @module
 */

import { describeRate } from "./findings.ts";
import type { LoadReport } from "./report.ts";
import {
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../../plot/core/card.ts";
import { describeStamp } from "../../plot/core/stamp_words.ts";
import { formatShort } from "../../base/mod.ts";
import { chooseCurve, curveBlock } from "./figure_curve.ts";
import { stickBlock } from "./figure_stick.ts";
import { warningBlocks } from "../../plot/core/noise_warning.ts";
import { makeLegend } from "../../plot/core/legend.ts";

/**
 * Draws a report on latency under load.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { STALLED } from "../../plot/gallery/load_gallery_data.ts";
 * assert.match(loadFigure(STALLED).alt, /coordinated omission/);
 * ```
 *
 * @param report What was found.
 * @returns The image and its text alternative.
 */
export function loadFigure(report: LoadReport): Figure {
  const { title, findings, stamp, open, closed, arrivals } = report;
  const how = arrivals === "poisson" ? "by chance" : "evenly";
  const about = `Requests came ${how}, ${
    formatShort(report.durationMs / 1000)
  } s at each rate. ${describeStamp(stamp, ["answer", "answers"])}`;
  const curve = chooseCurve(report);
  return makeCard({
    title,
    // The image has all rates, so the words have them too.
    alt: [...new Set([...open.map(describeRate), ...findings]), about]
      .join("\n"),
    blocks: [
      ...warningBlocks(stamp),
      ...(open.length > 1
        ? [
          makeParagraph("Waiting, as more requests come", "heading"),
          stickBlock(report),
          makeSpace(4),
        ]
        : []),
      ...(curve === null ? [] : [
        makeParagraph(
          `How waits are spread, at ${
            formatShort(curve.open.ratePerS)
          } requests a second`,
          "heading",
        ),
        curveBlock(curve),
      ]),
      makeLegend([
        {
          mark:
            `<path class="skein-workers" style="fill:none;stroke-width:2px" d="M0 7H22"/><circle class="skein-workers" cx="11" cy="7" r="3.5"/>`,
          name: "open loop",
          meaning: "from when a request was due",
        },
        ...(closed.length === 0 ? [] : [{
          mark:
            `<path class="skein-sequential" style="fill:none;stroke-width:2px;stroke-dasharray:5 4" d="M0 7H22"/>`,
          name: "closed loop",
          meaning: "from when it was sent, one at a time",
        }]),
      ]),
      makeSpace(10, true),
      makeParagraph("What the numbers say", "heading"),
      makeParagraph(findings.join("\n"), "body"),
      makeSpace(6, true),
      makeParagraph(about, "caption"),
    ],
  });
}

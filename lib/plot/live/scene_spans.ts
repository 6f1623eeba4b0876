/**
 * Draws the spans of a view: each state in its form, and stacks of what is too
 * short to be seen alone.
 *
 * Pure: one path a look, so that thousands of spans stay a small image.
 * @module
 */
import { sumMs, type TraceState } from "../../base/record/mod.ts";
import {
  type Box,
  drawBoxes,
  roundPx,
  STATES,
  textLine,
  WAITING_END,
} from "../core/mod.ts";
import { scaleTime, type Scene, type SceneSpan, type View } from "./scene.ts";

/** Spans as SVG: marks, and the words on them, which lie above arrows. */
export interface DrawnSpans {
  readonly markup: string;
  readonly words: string;
  readonly mergedSpans: number;
  readonly mergedMarks: number;
}

export function drawSpans(
  scene: Scene,
  view: View,
  tops: readonly number[],
): DrawnSpans {
  const { leftPx, rightPx, rowPx } = scene;
  const x = scaleTime(scene, view);
  const sheet = new Sheet(scene);
  const rows = Map.groupBy(
    scene.spans.filter((span) =>
      tops[span.lane]! >= 0 && span.endMs >= view.fromMs &&
      span.startMs <= view.toMs
    ),
    ({ lane, row }) => tops[lane]! + row * rowPx,
  );
  for (const [top, spans] of rows) {
    let run: SceneSpan[] = [];
    let [runStart, runEnd] = [0, 0];
    const flush = () => {
      if (run.length === 1) sheet.addSpan(run[0]!, [runStart, runEnd], top);
      else if (run.length > 1) {
        const ms = view.toMs - view.fromMs;
        const wholeMs = (runEnd - runStart) / (rightPx - leftPx) * ms;
        sheet.addStack(run, [runStart, runEnd], top, wholeMs);
      }
      run = [];
    };
    for (const span of spans) {
      const x1 = Math.max(leftPx, x(span.startMs));
      const x2 = Math.min(rightPx, x(span.endMs));
      if (x2 - x1 >= 2) {
        flush();
        sheet.addSpan(span, [x1, x2], top);
        continue;
      }
      if (run.length > 0 && (x1 - runEnd > 1 || x2 - runStart > 3)) flush();
      if (run.length === 0) runStart = x1;
      runEnd = run.length === 0 ? x2 : Math.max(runEnd, x2);
      run.push(span);
    }
    flush();
  }
  return sheet;
}

/** Collects the boxes of each look, and the words. */
class Sheet implements DrawnSpans {
  mergedSpans = 0;
  mergedMarks = 0;
  words = "";
  readonly #boxes = new Map<string, Box[]>();
  readonly #markPx: number;

  constructor({ markPx }: Scene) {
    this.#markPx = markPx;
  }

  get markup(): string {
    const looks = [...this.#boxes].toSorted(([a], [b]) => rank(a) - rank(b));
    return looks.map(([look, boxes]) => drawBoxes(boxes, look)).join("");
  }

  addSpan(
    span: SceneSpan,
    [x1, x2]: readonly [number, number],
    top: number,
  ): void {
    const { state, sampled } = span;
    const form = STATES[state];
    const isTiny = x2 - x1 < 3;
    const inset = form.fill !== "solid" && !isTiny ? 0.5 : 0;
    const y = top + form.top * this.#markPx + inset;
    const height = (form.bottom - form.top) * this.#markPx - 2 * inset;
    const width = Math.max(1.6, x2 - x1 - 0.6) - 2 * inset;
    const look = isTiny ? `skein-${state}-ink` : `skein-${state}`;
    this.#add(look, sampled, [x1 + inset, y, width, height]);
    if (span.share > 0) {
      const filled = span.share * height;
      this.#add("skein-running", sampled, [
        x1 + inset,
        y + height - filled,
        width,
        filled,
      ]);
    }
    if (state === "waiting" && x2 - x1 > 5) {
      const end = WAITING_END.top * this.#markPx;
      const high = (WAITING_END.bottom - WAITING_END.top) * this.#markPx;
      for (const x of [x1, x2 - 2.1]) {
        this.#add(look, sampled, [x, top + end, 1.5, high]);
      }
    }
    this.#addWords(span, [x1, x2], top);
  }

  /** A state's height is its share of the stack's time; what is left is idle. */
  addStack(
    run: readonly SceneSpan[],
    [start, end]: readonly [number, number],
    top: number,
    spaceMs: number,
  ): void {
    this.mergedSpans += run.length;
    this.mergedMarks++;
    const width = Math.max(2, end - start);
    const isSampled = run.every(({ sampled }) => sampled);
    const wholeMs = Math.max(spaceMs, sumMs(run));
    let bottom = top + this.#markPx;
    for (const state of ORDER) {
      const ms = sumMs(run.filter((span) => span.state === state));
      const height = wholeMs > 0 ? ms / wholeMs * this.#markPx : 0;
      if (height < 0.3) continue;
      bottom -= height;
      this.#add(`skein-${state}-ink`, isSampled, [
        start,
        bottom,
        width,
        height,
      ]);
    }
  }

  #addWords(
    { state, text, textPx, sampled }: SceneSpan,
    [x1, x2]: readonly [number, number],
    top: number,
  ): void {
    const isFilled = state === "running" || state === "held";
    const canHold = isFilled || state === "waiting" || state === "blocked" ||
      state === "alive";
    const room = x2 - x1 - (isFilled ? 8 : 28);
    if (!canHold || text === "" || this.#markPx < 14 || textPx > room) return;
    const look = isFilled ? sampled ? "" : "skein-on-running" : "skein-halo";
    const at = [(x1 + x2) / 2, top + this.#markPx / 2 + 4] as const;
    this.words += textLine(text, at, { sizePx: 11, anchor: "middle", look });
  }

  #add(look: string, isSampled: boolean, box: Box): void {
    const key = isSampled ? `${look} skein-sampled` : look;
    const rounded = box.map(roundPx) as unknown as Box;
    const known = this.#boxes.get(key);
    if (known === undefined) this.#boxes.set(key, [rounded]);
    else known.push(rounded);
  }
}

/** Lower states lie below; what is sampled below what is known. */
function rank(look: string): number {
  const name = /^skein-(\w+)/.exec(look)![1] as TraceState;
  return ORDER.indexOf(name) * 2 + (look.endsWith("sampled") ? 0 : 1);
}

const ORDER: readonly TraceState[] = [
  "waiting",
  "held",
  "alive",
  "running",
  "blocked",
  "runnable",
  "starting",
  "serialising",
  "messaging",
];

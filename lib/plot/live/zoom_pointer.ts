/// <reference lib="dom" />
/**
 * Wheel, pointer and finger on a timeline: zoom, move, and say what is there.
 * @module
 */
import { STATES } from "../core/mod.ts";
import { pan, show, showAll, type Stage, words, zoom } from "./zoom_stage.ts";

/** Where a pointer is, in pixels of the drawing. */
function placeOf({ svg }: Stage, event: MouseEvent): { x: number; y: number } {
  const box = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / box.width;
  return {
    x: (event.clientX - box.left) * scale,
    y: (event.clientY - box.top) * scale,
  };
}

function timeAt({ scene, view }: Stage, x: number): number {
  const { leftPx, rightPx } = scene;
  const part = (Math.min(rightPx, Math.max(leftPx, x)) - leftPx) /
    (rightPx - leftPx);
  return view.fromMs + part * (view.toMs - view.fromMs);
}

export function listenToPointer(stage: Stage, root: HTMLElement): void {
  const { svg, scene, view } = stage;
  const marked = document.createElementNS(svg.namespaceURI, "rect");
  marked.setAttribute("fill", "#808a99");
  marked.setAttribute("fill-opacity", ".3");
  let drag: { x: number; fromMs: number; toMs: number; isPan: boolean } | null =
    null;
  svg.addEventListener("wheel", (event) => {
    // Without a key the page scrolls, unless the reader works with the figure.
    const isOurs = event.ctrlKey || event.metaKey ||
      root.contains(document.activeElement);
    if (!isOurs) return;
    event.preventDefault();
    const turn = event.deltaMode === 1 ? 16 : 1;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      pan(stage, (event.deltaX || event.deltaY) * turn / 600);
    } else {
      const factor = Math.exp(event.deltaY * turn * 0.002);
      zoom(stage, factor, timeAt(stage, placeOf(stage, event).x));
    }
  }, { passive: false });
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") return explain(stage, event);
    const { x, y } = placeOf(stage, event);
    const inside = y - stage.offset;
    const isOnTime = x >= scene.leftPx - 4 && x <= scene.rightPx + 4 &&
      inside >= 0 && inside <= stage.drawn.heightPx;
    if (event.button !== 0 || !isOnTime) return;
    drag = { x, ...view, isPan: event.shiftKey };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!drag) return explain(stage, event);
    stage.tip.style.display = "none";
    const { x } = placeOf(stage, event);
    if (drag.isPan) {
      const moved = (drag.x - x) / (scene.rightPx - scene.leftPx) *
        (drag.toMs - drag.fromMs);
      return show(stage, drag.fromMs + moved, drag.toMs + moved);
    }
    const [a = 0, b = 0] = [drag.x, x].map((px) =>
      Math.min(scene.rightPx, Math.max(scene.leftPx, px))
    ).sort((one, other) => one - other);
    const { places, heightPx } = stage.drawn;
    marked.setAttribute("x", String(a));
    marked.setAttribute("width", String(b - a));
    marked.setAttribute("y", String(stage.offset + places.top));
    marked.setAttribute("height", String(heightPx - places.top - 22));
    svg.append(marked);
  });
  const drop = (event: PointerEvent) => {
    marked.remove();
    if (drag && !drag.isPan && event.type === "pointerup") {
      const { x } = placeOf(stage, event);
      const [a = 0, b = 0] = [timeAt(stage, drag.x), timeAt(stage, x)]
        .sort((one, other) => one - other);
      if (Math.abs(x - drag.x) > 4) show(stage, a, b);
    }
    drag = null;
  };
  svg.addEventListener("pointerup", drop);
  svg.addEventListener("pointercancel", drop);
  svg.addEventListener("pointerleave", () => {
    stage.tip.style.display = "none";
  });
  svg.addEventListener("dblclick", () => showAll(stage));
}

/** Says what is under the pointer. */
function explain(stage: Stage, event: PointerEvent): void {
  const { scene, drawn, tip, holder, view } = stage;
  const { x, y } = placeOf(stage, event);
  const { leftPx, rightPx, rowPx } = scene;
  const inside = y - stage.offset + 3;
  const lane = drawn.places.tops.findIndex((top, index) =>
    top >= 0 && inside >= top && inside < top + scene.lanes[index]!.rows * rowPx
  );
  tip.style.display = "none";
  if (lane < 0 || x < leftPx - 2 || x > rightPx + 2) return;
  const row = Math.floor((inside - drawn.places.tops[lane]!) / rowPx);
  const near = (view.toMs - view.fromMs) / (rightPx - leftPx) * 1.5;
  const at = timeAt(stage, x);
  const found = scene.spans.filter((span) =>
    span.lane === lane && span.row === row && span.startMs <= at + near &&
    span.endMs >= at - near
  );
  const lines = found.slice(0, MOST_TOLD).map((span) => {
    const label = [span.text, span.note].filter((part) => part !== "").join(
      ", ",
    );
    return `${STATES[span.state].name}${label === "" ? "" : `: ${label}`}\n${
      words(span.startMs)
    } to ${words(span.endMs)}, ${words(span.endMs - span.startMs)}${
      span.sampled ? " (sampled)" : ""
    }`;
  });
  const more = found.length - MOST_TOLD;
  if (more > 0) lines.push(`and ${more} more here: zoom in`);
  if (lines.length === 0) lines.push(`at ${words(at)}`);
  tip.textContent = `${scene.lanes[lane]!.name}\n${lines.join("\n")}`;
  tip.style.display = "block";
  const box = holder.getBoundingClientRect();
  const isRight = event.clientX - box.left > box.width / 2;
  tip.style.left = isRight ? "" : `${event.clientX - box.left + 14}px`;
  tip.style.right = isRight ? `${box.right - event.clientX + 14}px` : "";
  tip.style.top = `${event.clientY - box.top + 14}px`;
}

const MOST_TOLD = 5;

/**
 * Draws the arrows of a view: those that can be told apart, and of the rest a
 * ribbon that counts them all. Pure.
 * @module
 */
import {
  CAPTION,
  drawArrow,
  drawBoxes,
  roundPx,
  textLine,
} from "../core/mod.ts";
import {
  type LanePlaces,
  scaleTime,
  type Scene,
  type SceneLink,
  type View,
} from "./scene.ts";

/** Arrows as SVG, and how many are in view and not drawn. */
export interface DrawnLinks {
  readonly markup: string;
  readonly bottom: number;
  readonly count: number;
  readonly hidden: number;
}

export function drawLinks(
  scene: Scene,
  view: View,
  places: LanePlaces,
): DrawnLinks {
  const inView = scene.links.filter((link) =>
    places.tops[link.from]! >= 0 && places.tops[link.to]! >= 0 &&
    link.endMs >= view.fromMs && link.startMs <= view.toMs
  );
  const x = scaleTime(scene, view);
  const chosen = choose(inView, scene, x);
  const lines = chosen.map((link) =>
    [link.kind, place(link, scene, places, x)] as const
  );
  const under = lines.map(([, [[x1, y1], [x2, y2]]]) =>
    `M${roundPx(x1)} ${roundPx(y1)}L${roundPx(x2)} ${roundPx(y2)}`
  ).join("");
  const arrows = lines.map(([kind, [from, to]]) =>
    drawArrow(from, to, {
      line: `skein-link skein-link-${kind}`,
      head: `skein-link-${kind} skein-head`,
    })
  );
  const markup = chosen.length === 0
    ? ""
    : `<path class="skein-halo skein-under" d="${under}"/>${arrows.join("")}`;
  const [count, hidden] = [inView.length, inView.length - chosen.length];
  if (hidden === 0) return { markup, bottom: places.bottom, count, hidden };
  const bottom = places.bottom + 44;
  const ribbon = drawRibbon(
    inView.map(({ startMs }) => x(startMs)),
    scene,
    bottom,
  );
  return { markup: markup + ribbon, bottom: bottom + 4, count, hidden };
}

/** Arrows apart from one another; more than a few dozen are a thicket. */
function choose(
  links: readonly SceneLink[],
  { leftPx, rightPx }: Scene,
  x: (ms: number) => number,
): readonly SceneLink[] {
  const pick = (apartPx: number, isOfAll: boolean) => {
    const taken = new Map<string, number[]>();
    return KINDS.flatMap((kind) =>
      links.filter((link) => {
        if (link.kind !== kind) return false;
        const key = isOfAll ? "" : `${link.from} ${link.to}`;
        const at = x(link.startMs);
        const known = taken.get(key) ?? [];
        if (known.some((one) => Math.abs(one - at) < apartPx)) return false;
        taken.set(key, [...known, at]);
        return true;
      })
    );
  };
  const apart = pick(4, false);
  return apart.length <= MOST ? apart : pick((rightPx - leftPx) / MOST, true);
}

type Line = readonly [
  from: readonly [number, number],
  to: readonly [number, number],
];

/** From edge to edge of two lanes; what leaves the view is cut where it leaves. */
function place(
  { from, to, startMs, endMs }: SceneLink,
  { leftPx, rightPx, markPx }: Scene,
  { tops }: LanePlaces,
  x: (ms: number) => number,
): Line {
  const isDown = tops[to]! > tops[from]!;
  const y1 = tops[from]! + (isDown ? markPx - 1 : 1);
  const y2 = tops[to]! + (isDown ? 1 : markPx - 1);
  const [x1, x2] = [x(startMs), x(endMs)];
  const clip = (at: number, y: number): readonly [number, number] => {
    const px = Math.min(rightPx, Math.max(leftPx, at));
    return [px, x2 === x1 ? y : y1 + (y2 - y1) * (px - x1) / (x2 - x1)];
  };
  return [clip(x1, y1), clip(x2, y2)];
}

/** How many arrows leave in each four pixels. */
function drawRibbon(
  places: readonly number[],
  { leftPx, rightPx, edgePx }: Scene,
  bottom: number,
): string {
  const counts = new Map<number, number>();
  for (const px of places) {
    const at = Math.min(rightPx - 1, Math.max(leftPx, px));
    const bin = Math.floor((at - leftPx) / 4);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const highest = Math.max(...counts.values());
  const bars = [...counts].map(([bin, count]) => {
    const height = Math.round(count / highest * 20 * 10) / 10;
    return [leftPx + bin * 4, bottom - height, 3.4, height] as const;
  });
  return drawBoxes(bars, "skein-link-message skein-head") +
    textLine("arrows", [edgePx, bottom - 32], { sizePx: 12 }) +
    textLine(`up to ${highest} a bar`, [edgePx + 48, bottom - 32], CAPTION);
}

const KINDS = ["spawn", "lock", "wake", "message"] as const;
const MOST = 48;

/// <reference lib="dom" />
/**
 * Makes a timeline on a page zoomable: bar, keys, wheel, finger and pointer.
 *
 * Runs in a reader's browser, bundled into `bundled.ts`. The page shows the same
 * image without it. It takes the drawing of its figure's image, and draws the
 * part that is looked at in place of the whole.
 * @module
 */
import {
  type PackedScene,
  type Scene,
  unpackScene,
  type View,
} from "./scene.ts";
import { type Drawn, drawScene } from "./scene_draw.ts";
import { listenToPointer } from "./zoom_pointer.ts";
import { draw, pan, showAll, type Stage, zoom } from "./zoom_stage.ts";

/** Put before this program by `makeZoomScript` of `script.ts`. */
declare const SCENE: PackedScene;

start(unpackScene(SCENE));

function start(scene: Scene): void {
  const root = document.currentScript?.closest<HTMLElement>(".skein-figure") ??
    document.querySelector<HTMLElement>(".skein-figure:not([data-ready])");
  const picture = root?.querySelector("picture");
  const image = picture?.querySelector("img");
  if (!root || !picture || !image || root.dataset.ready) return;
  // A phone has a drawing of its own, which fingers zoom.
  if (image.currentSrc !== "" && image.currentSrc !== image.src) return;
  root.dataset.ready = "true";
  // JupyterLab would take keys for shortcuts of its own.
  root.dataset.lmSuppressShortcuts = "true";
  const text = decodeURIComponent(image.src.slice(image.src.indexOf(",") + 1));
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const svg = document.importNode(parsed.documentElement, true);
  if (!(svg instanceof SVGSVGElement) || !svg.querySelector(".skein-stage")) {
    return;
  }
  svg.style.cssText = `display:block;${image.style.cssText};height:auto;` +
    // A finger scrolls, as on the rest of the page; it zooms by the buttons.
    "touch-action:pan-x pan-y;user-select:none;cursor:crosshair";
  const stage = setUp(scene, svg);
  const bar = makeBar(stage);
  listenToKeys(stage);
  listenToPointer(stage, root);
  picture.replaceWith(bar, stage.holder);
  draw(stage);
}

function setUp(scene: Scene, svg: SVGSVGElement): Stage {
  const holder = make(
    "div",
    `position:relative;max-width:100%;width:${
      svg.style.width || "fit-content"
    }`,
  );
  holder.tabIndex = 0;
  holder.setAttribute("role", "group");
  holder.setAttribute(
    "aria-label",
    "Timeline. Plus and minus zoom, arrow keys move, 0 shows all.",
  );
  const range = make("output", `${FONT}opacity:.75`);
  range.setAttribute("aria-live", "polite");
  const tip = make(
    "div",
    `${FONT}position:absolute;display:none;z-index:9;pointer-events:none;max-width:300px;padding:6px 9px;border-radius:6px;background:#10151d;color:#f2f5f9;border:1px solid #566171;white-space:pre-line`,
  );
  holder.append(svg, tip);
  const shown = scene.lanes.map(() => true);
  // Changed in place: all parts look at the same one.
  const view = { fromMs: 0, toMs: scene.endMs };
  const block = svg.querySelector(".skein-stage")!.parentElement!;
  const redraw = makeRedraw(scene, svg, block);
  const drawn = drawScene(scene, { ...view, shown });
  return {
    scene,
    svg,
    holder,
    range,
    tip,
    shown,
    view,
    drawn,
    offset: readTop(block)!,
    redraw: () => redraw({ ...view, shown }),
  };
}

/** Puts a view in place; what is below moves by as much as the lanes grew. */
function makeRedraw(
  scene: Scene,
  svg: SVGSVGElement,
  block: Element,
): (view: View) => Drawn {
  const stage = svg.querySelector(".skein-stage")!;
  const panel = svg.querySelector(".skein-panel");
  const { width, height } = svg.viewBox.baseVal;
  const whole = drawScene(scene, {
    fromMs: 0,
    toMs: scene.endMs,
    shown: scene.lanes.map(() => true),
  }).heightPx;
  const below: [Element, number][] = [];
  for (let at = block.nextElementSibling; at; at = at.nextElementSibling) {
    const top = readTop(at);
    if (top !== undefined) below.push([at, top]);
  }
  return (view) => {
    const drawn = drawScene(scene, view);
    stage.innerHTML = drawn.markup;
    const more = drawn.heightPx - whole;
    for (const [element, top] of below) {
      element.setAttribute("transform", `translate(0,${top + more})`);
    }
    svg.setAttribute("viewBox", `0 0 ${width} ${height + more}`);
    svg.setAttribute("height", String(height + more));
    panel?.setAttribute("height", String(height + more - 1));
    return drawn;
  };
}

function makeBar(stage: Stage): HTMLElement {
  const bar = make(
    "div",
    `${FONT}display:flex;flex-wrap:wrap;gap:6px;align-items:center;margin:0 0 6px`,
  );
  const buttons: readonly (readonly [string, string, () => void])[] = [
    ["+", "Zoom in", () => zoom(stage, 0.5)],
    ["−", "Zoom out", () => zoom(stage, 2)],
    ["◀", "Earlier", () => pan(stage, -0.4)],
    ["▶", "Later", () => pan(stage, 0.4)],
    ["all", "Show all of the time", () => showAll(stage)],
  ];
  for (const [name, label, act] of buttons) {
    const button = make(
      "button",
      `${FONT}min-width:26px;padding:2px 8px;cursor:pointer`,
    );
    button.type = "button";
    button.textContent = name;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    bar.append(button);
  }
  const filter = make("input", `${FONT}width:130px;padding:2px 6px`);
  filter.type = "search";
  filter.placeholder = "filter lanes";
  filter.setAttribute(
    "aria-label",
    "Filter lanes by name, several separated by commas",
  );
  filter.addEventListener("input", () => {
    filterLanes(stage, filter.value);
    draw(stage);
  });
  bar.append(filter, stage.range);
  return bar;
}

function filterLanes({ scene, shown }: Stage, text: string): void {
  const wanted = text.toLowerCase().split(",").map((word) => word.trim())
    .filter((word) => word !== "");
  scene.lanes.forEach(({ name, group }, index) => {
    const known = `${name} ${scene.groups[group]?.name ?? ""}`.toLowerCase();
    shown[index] = wanted.length === 0 ||
      wanted.some((word) => known.includes(word));
  });
}

function listenToKeys(stage: Stage): void {
  const acts: Readonly<Record<string, () => void>> = {
    "+": () => zoom(stage, 0.5),
    "=": () => zoom(stage, 0.5),
    "-": () => zoom(stage, 2),
    ArrowLeft: () => pan(stage, -0.2),
    ArrowRight: () => pan(stage, 0.2),
    "0": () => showAll(stage),
    Home: () => showAll(stage),
    Escape: () => stage.holder.blur(),
  };
  stage.holder.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

/** Where a block of the image begins, as its `transform` says. */
function readTop(block: Element): number | undefined {
  const found = /,([\d.]+)/.exec(block.getAttribute("transform") ?? "");
  return found ? Number(found[1]) : undefined;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  style: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.style.cssText = style;
  return element;
}

const FONT = "font:12px system-ui,sans-serif;";

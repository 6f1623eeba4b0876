/**
 * The script that runs in a reader's page and makes a timeline live.
 *
 * Text, because no type of a page exists where this library runs. Wheel zooms
 * when the timeline has the focus (else the page scrolls), or with Ctrl; drag
 * marks a time to zoom to; with Shift it moves. Keys: + - arrows 0. It changes
 * nothing outside its own element. Pure.
 * @module
 */

/** Declares `startZoom(scene, drawScene, script)`. */
export const ZOOM_CLIENT = `
function startZoom(scene, drawScene, script) {
  const root = script?.closest(".skein-zoom") ??
    document.querySelector(".skein-zoom:not([data-ready])");
  const image = root?.querySelector("img");
  if (!image || root.dataset.ready) return;
  root.dataset.ready = "true";
  const text = decodeURIComponent(image.src.slice(image.src.indexOf(",") + 1));
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const svg = document.importNode(parsed.documentElement, true);
  const stage = svg.querySelector(".skein-stage");
  if (!stage) return;

  const make = (tag, style, content) => {
    const element = document.createElement(tag);
    element.style.cssText = style;
    element.textContent = content;
    return element;
  };
  const font = "font:12px system-ui,sans-serif;";
  const bar = make("div", font + "display:flex;flex-wrap:wrap;gap:6px;align-items:center;margin:0 0 6px;position:sticky;left:0", "");
  const button = (name, label, act) => {
    const made = make("button", font + "min-width:26px;padding:2px 8px;cursor:pointer", name);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    bar.append(made);
  };
  const filter = make("input", font + "width:130px;padding:2px 6px", "");
  filter.type = "search";
  filter.placeholder = "filter lanes";
  filter.setAttribute("aria-label", "Filter lanes by name, several separated by commas");
  const range = make("output", font + "color:#7a8494", "");
  range.setAttribute("aria-live", "polite");
  const holder = make("div", "position:relative;width:fit-content", "");
  holder.tabIndex = 0;
  holder.setAttribute("role", "group");
  holder.setAttribute("aria-label", "Timeline. Plus and minus zoom, arrow keys move, 0 shows all.");
  const tip = make("div", font + "position:absolute;display:none;z-index:9;pointer-events:none;max-width:300px;padding:6px 9px;border-radius:6px;background:#10151d;color:#f2f5f9;border:1px solid #566171;white-space:pre-line", "");
  // A finger scrolls, as on the rest of the page; it zooms by the buttons.
  svg.style.cssText = "display:block;max-width:100%;height:auto;touch-action:pan-x pan-y;user-select:none;cursor:crosshair";
  svg.style.minWidth = image.style.minWidth;
  root.style.colorScheme = "light dark";

  const width = svg.viewBox.baseVal.width;
  const wholeHeight = svg.viewBox.baseVal.height;
  const panel = svg.querySelector(".skein-panel");
  const block = stage.parentNode;
  const offset = Number(/,([\\d.]+)/.exec(block.getAttribute("transform"))[1]);
  const below = [];
  for (let next = block.nextElementSibling; next; next = next.nextElementSibling) {
    const y = Number(/,([\\d.]+)/.exec(next.getAttribute("transform") ?? "")?.[1]);
    if (y >= 0) below.push([next, y]);
  }
  const marked = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  marked.setAttribute("fill", "#808a99");
  marked.setAttribute("fill-opacity", ".3");
  const left = scene.leftPx;
  const right = scene.rightPx;
  const shown = scene.lanes.map(() => true);
  let from = 0;
  let to = scene.endMs;
  let drawn = drawScene(scene, { fromMs: from, toMs: to, shown });
  const wholeStage = drawn.heightPx;

  const words = (ms) => ms === 0 ? "0"
    : Math.abs(ms) < 1 ? Number((ms * 1000).toPrecision(4)) + " µs"
    : Math.abs(ms) < 10000 ? Number(ms.toPrecision(6)) + " ms"
    : Number((ms / 1000).toPrecision(6)) + " s";
  const draw = () => {
    drawn = drawScene(scene, { fromMs: from, toMs: to, shown });
    stage.innerHTML = drawn.markup;
    const more = drawn.heightPx - wholeStage;
    for (const [element, y] of below) element.setAttribute("transform", "translate(0," + (y + more) + ")");
    svg.setAttribute("viewBox", "0 0 " + width + " " + (wholeHeight + more));
    svg.setAttribute("height", wholeHeight + more);
    panel?.setAttribute("height", wholeHeight + more - 1);
    const isWhole = from === 0 && to === scene.endMs;
    range.textContent = isWhole ? "all " + words(to)
      : words(from) + " to " + words(to) + " (" + words(to - from) + ")";
  };
  const show = (start, end) => {
    const length = Math.min(scene.endMs, Math.max(scene.endMs / 1e5, end - start));
    from = Math.min(scene.endMs - length, Math.max(0, start));
    to = from + length;
    tip.style.display = "none";
    draw();
  };
  const zoom = (factor, at = (from + to) / 2) => show(at - (at - from) * factor, at + (to - at) * factor);
  const pan = (part) => show(from + (to - from) * part, to + (to - from) * part);
  const whole = () => show(0, scene.endMs);
  button("+", "Zoom in", () => zoom(0.5));
  button("−", "Zoom out", () => zoom(2));
  button("◀", "Earlier", () => pan(-0.4));
  button("▶", "Later", () => pan(0.4));
  button("all", "Show all of the time", whole);
  bar.append(filter, range);

  filter.addEventListener("input", () => {
    const wanted = filter.value.toLowerCase().split(",").map((word) => word.trim()).filter((word) => word !== "");
    scene.lanes.forEach(({ name, group }, index) => {
      const known = (name + " " + group).toLowerCase();
      shown[index] = wanted.length === 0 || wanted.some((word) => known.includes(word));
    });
    draw();
  });
  holder.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = {
      "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2),
      ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2),
      "0": whole, Home: whole, Escape: () => holder.blur(),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });

  const place = (event) => {
    const box = svg.getBoundingClientRect();
    const scale = width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  };
  const time = (x) => from + (Math.min(right, Math.max(left, x)) - left) / (right - left) * (to - from);
  svg.addEventListener("wheel", (event) => {
    const isOurs = event.ctrlKey || event.metaKey || root.contains(document.activeElement);
    if (!isOurs) return;
    event.preventDefault();
    const turn = event.deltaMode === 1 ? 16 : 1;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      pan((event.deltaX || event.deltaY) * turn / 600);
    } else zoom(Math.exp(event.deltaY * turn * 0.002), time(place(event).x));
  }, { passive: false });

  let drag = null;
  svg.addEventListener("pointerdown", (event) => {
    const { x, y } = place(event);
    if (event.pointerType === "touch") return explain(x, y, event);
    if (event.button !== 0 || x < left - 4 || x > right + 4 || y < offset || y > offset + drawn.heightPx) return;
    drag = { x, from, to, isPan: event.shiftKey };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    const { x, y } = place(event);
    if (!drag) return explain(x, y, event);
    tip.style.display = "none";
    if (drag.isPan) {
      const moved = (drag.x - x) / (right - left) * (drag.to - drag.from);
      return show(drag.from + moved, drag.to + moved);
    }
    const [a, b] = [drag.x, x].map((px) => Math.min(right, Math.max(left, px))).sort((one, other) => one - other);
    marked.setAttribute("x", a);
    marked.setAttribute("width", b - a);
    marked.setAttribute("y", offset + drawn.places.top);
    marked.setAttribute("height", drawn.heightPx - drawn.places.top - 22);
    svg.append(marked);
  });
  const drop = (event) => {
    marked.remove();
    if (drag && !drag.isPan && event.type === "pointerup") {
      const [a, b] = [time(drag.x), time(place(event).x)].sort((one, other) => one - other);
      if (Math.abs(place(event).x - drag.x) > 4) show(a, b);
    }
    drag = null;
  };
  svg.addEventListener("pointerup", drop);
  svg.addEventListener("pointercancel", drop);
  svg.addEventListener("pointerleave", () => tip.style.display = "none");
  svg.addEventListener("dblclick", whole);

  const explain = (x, y, event) => {
    const inside = y - offset;
    const lane = drawn.places.tops.findIndex((top, index) => top >= 0 && inside >= top - 3 &&
      inside < top - 3 + scene.lanes[index].rows * scene.rowPx);
    tip.style.display = "none";
    if (lane < 0 || x < left - 2 || x > right + 2) return;
    const row = Math.floor((inside - drawn.places.tops[lane] + 3) / scene.rowPx);
    const near = (to - from) / (right - left) * 1.5;
    const at = time(x);
    const found = scene.spans.filter((span) => span.lane === lane && span.row === row &&
      span.startMs <= at + near && span.endMs >= at - near);
    const lines = found.slice(0, 5).map((span) => {
      const label = [span.text, span.note].filter((part) => part !== "").join(", ");
      return span.state + (label === "" ? "" : ": " + label) + "\\n" + words(span.startMs) + " to " +
        words(span.endMs) + ", " + words(span.endMs - span.startMs) + (span.sampled ? " (sampled)" : "");
    });
    if (found.length > 5) lines.push("and " + (found.length - 5) + " more here: zoom in");
    if (lines.length === 0) lines.push("at " + words(at));
    tip.textContent = scene.lanes[lane].name + "\\n" + lines.join("\\n");
    tip.style.display = "block";
    const box = holder.getBoundingClientRect();
    const isRight = event.clientX - box.left > box.width / 2;
    tip.style.left = isRight ? "" : event.clientX - box.left + 14 + "px";
    tip.style.right = isRight ? box.right - event.clientX + 14 + "px" : "";
    tip.style.top = event.clientY - box.top + 14 + "px";
  };

  image.replaceWith(bar, holder);
  holder.append(svg, tip);
  draw();
}`;

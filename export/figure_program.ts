/**
 * What makes a figure of the helper library zoom and step: our own copy of its
 * program, with the figure's data beside it.
 *
 * A figure brings its program along as a script, which does not run in a page
 * that is edited. Where it is, to the letter, the one that we know, ours runs in
 * its place, in the figure's frame: so no script of an output ever runs, and the
 * page's policy names two programs and no others. Pure.
 * @module
 */
import { STEP, ZOOM } from "../lib/plot/live/bundled.ts";

/** Keys go to the frame that has the focus; this one gives it back. */
const LEAVE =
  `addEventListener("keydown",(e)=>{if(e.key==="Escape")parent.postMessage("leave","*")});`;

/** The programs, as they stand in frames. */
export const FIGURE_PROGRAMS: readonly string[] = [
  // A frame is held to the page's policy, which trusts nobody with HTML. Until it
  // is laid out it takes itself for a phone, whose drawing does not zoom.
  `${LEAVE}globalThis.trustedTypes?.createPolicy("default",{createHTML:(t)=>t});requestAnimationFrame(()=>{const s=document.querySelector("picture>source"),i=document.querySelector("picture>img");if(s&&i&&!matchMedia(s.media).matches){s.remove();i.replaceWith(i.cloneNode())}const SCENE=JSON.parse(document.getElementById("skein-scene").textContent);${ZOOM}});`,
  `${LEAVE}${STEP}`,
].map((program) => program.replaceAll("</", "<\\/"));

/**
 * Gives what makes a figure live in a frame.
 *
 * @param html A figure, as a cell shows it.
 * @returns Elements to put after it; `null` if it brings no program that we know.
 */
export function findFigureProgram(html: string): string | null {
  const [zoom, step] = FIGURE_PROGRAMS as [string, string];
  if (html.includes(STEP_SCRIPT)) {
    return `<script>${step}</script>`;
  }
  const from = html.lastIndexOf(BEGIN);
  const to = html.lastIndexOf(END);
  if (from < 0 || to < from) return null;
  const scene = html.slice(from + BEGIN.length, to);
  try {
    JSON.parse(scene);
  } catch {
    return null;
  }
  // JSON holds `<` in strings only, where it can be written otherwise.
  const text = scene.replaceAll("<", "\\u003c");
  return `<script type="application/json" id="skein-scene">${text}</script>` +
    `<script>${zoom}</script>`;
}

const STEP_SCRIPT = `<script>${STEP.replaceAll("</", "<\\/")}</script>`;
const BEGIN = "<script>(()=>{const SCENE=";
const END = `;${ZOOM.replaceAll("</", "<\\/")}})();</script>`;

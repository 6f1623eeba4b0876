/**
 * What runs in the page of slides, besides reveal.js. Pure: text of scripts.
 *
 * The page for the speaker is the same file with `?notes`: it shows the notes and
 * a clock, and the two windows follow each other.
 * @module
 */

/** Starts the slides; `S` opens the speaker's window. */
export const CLIENT = `
(() => {
  const isSpeaker = new URLSearchParams(location.search).has("notes");
  let other = isSpeaker ? window.opener : null;
  let isTold = false;
  const talk = () => {
    if (!isTold) other?.postMessage({ skeinSlides: Reveal.getState() }, "*");
  };
  Reveal.initialize({
    width: 1280, height: 720, margin: 0.02, minScale: 0.1, maxScale: 4,
    center: false, hash: true, transition: "none", backgroundTransition: "none",
    slideNumber: "c/t", showNotes: isSpeaker, pdfMaxPagesPerSlide: 1,
    pdfSeparateFragments: false, preloadIframes: null, help: true,
    keyboard: { 83: () => {
      const address = location.href.replace(/[?#].*$/, "");
      other = window.open(address + "?notes" + location.hash, "skein-notes", "width=1100,height=700");
    } },
  }).then(() => {
    for (const name of ["slidechanged", "fragmentshown", "fragmenthidden", "paused", "resumed"]) Reveal.on(name, talk);
  });
  addEventListener("message", ({ data, source }) => {
    if (typeof data !== "object" || data === null || !data.skeinSlides) return;
    other = source;
    isTold = true;
    Reveal.setState(data.skeinSlides);
    isTold = false;
  });
  if (!isSpeaker) return;
  const clock = document.createElement("div");
  clock.className = "skein-clock";
  clock.setAttribute("role", "timer");
  document.body.append(clock);
  const begin = new Date();
  const tick = () => {
    const seconds = Math.floor((new Date() - begin) / 1000);
    clock.textContent = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  };
  tick();
  setInterval(tick, 1000);
})();
`;

/** Writes the size of each slide's content into the page, for `measure.ts`. */
export const MEASURE = `
const timer = setInterval(() => {
  if (!Reveal.isReady() || document.readyState !== "complete") return;
  clearInterval(timer);
  const found = [];
  document.querySelectorAll(".slides section:not(.stack)").forEach((slide) => {
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v ?? 0);
    slide.querySelectorAll(".fragment").forEach((part) => part.classList.add("visible"));
    const box = slide.getBoundingClientRect();
    const scale = box.width / slide.offsetWidth || 1;
    let bottom = box.top, right = box.left;
    slide.querySelectorAll("*").forEach((part) => {
      if (part.closest("aside.notes, .MathJax, math, svg") && part.tagName !== "math") return;
      const inner = part.getBoundingClientRect();
      if (inner.width === 0 || inner.height === 0) return;
      bottom = Math.max(bottom, inner.bottom);
      right = Math.max(right, inner.right);
    });
    found.push({
      h, v: v ?? 0, cell: slide.dataset.cell,
      height: Math.round((bottom - box.top) / scale), width: Math.round((right - box.left) / scale),
    });
  });
  const note = document.createElement("script");
  note.type = "application/json";
  note.id = "skein-measured";
  note.textContent = JSON.stringify(found);
  document.body.append(note);
}, 50);
`;

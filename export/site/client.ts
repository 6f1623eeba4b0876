/**
 * What runs in a reader's browser: the switch of colours, and search.
 *
 * A classic script, since browsers load no modules from `file:`. It works without
 * storage, and asks the network for nothing.
 * @module
 */

/** The script's text. */
export const SITE_SCRIPT = String.raw`"use strict";
(() => {
  const self = document.currentScript;
  const base = self.dataset.base;
  const root = document.documentElement;
  const store = {
    get: () => { try { return localStorage.getItem("skein-theme"); } catch { return null; } },
    set: (theme) => { try { localStorage.setItem("skein-theme", theme); } catch { /* Until the page is left. */ } },
  };
  const canSwitch = self.dataset.switch !== undefined;
  const saved = canSwitch ? store.get() : null;
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;
  const nonce = self.nonce;

  addEventListener("DOMContentLoaded", () => {
    startSearch();
    if (!canSwitch) return;
    const button = document.getElementById("skein-theme");
    const isDark = () => root.dataset.theme === "dark" ||
      (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    const name = () => { button.textContent = isDark() ? "Light" : "Dark"; };
    button.hidden = false;
    name();
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      store.set(root.dataset.theme);
      name();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  });

  function startSearch() {
    const box = document.getElementById("skein-search");
    const input = box.querySelector("input");
    const list = box.querySelector("ol");
    const status = box.querySelector("p");
    box.hidden = false;
    let engine = null;
    input.addEventListener("focus", load, { once: true });
    input.addEventListener("input", search);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { input.value = ""; search(); }
      if (event.key === "ArrowDown") { list.querySelector("a")?.focus(); event.preventDefault(); }
    });
    list.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { input.value = ""; search(); input.focus(); return; }
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step === 0) return;
      const links = [...list.querySelectorAll("a")];
      (links[links.indexOf(document.activeElement) + step] ?? input).focus();
      event.preventDefault();
    });
    addEventListener("keydown", (event) => {
      const isTyping = /^(input|textarea|select)$/i.test(event.target.tagName ?? "");
      if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) { input.focus(); event.preventDefault(); }
    });

    function load() {
      const scripts = ["minisearch.js", "search-index.js"];
      const next = () => {
        const name = scripts.shift();
        if (name === undefined) {
          engine = MiniSearch.loadJS(globalThis.skeinSearch, { fields: ["title", "heading", "text"], storeFields: ["title", "heading", "page", "text"] });
          search();
          return;
        }
        const script = document.createElement("script");
        script.nonce = nonce;
        script.src = base + name;
        script.onload = next;
        script.onerror = () => { status.textContent = "Search does not work: " + name + " is missing."; };
        document.head.append(script);
      };
      next();
    }

    function search() {
      const query = input.value.trim();
      const found = engine === null || query === "" ? [] : engine.search(query, {
        prefix: true, fuzzy: 0.2, combineWith: "AND", boost: { title: 3, heading: 2 },
      });
      const shown = found.slice(0, 12);
      list.replaceChildren(...shown.map(toItem));
      list.hidden = shown.length === 0;
      status.textContent = query === "" ? "" : engine === null ? "Loading …"
        : found.length === 0 ? "Nothing found." : found.length === 1 ? "1 section." : found.length + " sections.";
    }

    function toItem({ page, heading, title, text, terms }) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = base + page;
      link.textContent = heading === "" || heading === title ? title : title + ": " + heading;
      const part = document.createElement("span");
      part.textContent = excerpt(text, terms);
      link.append(part);
      item.append(link);
      return item;
    }

    function excerpt(text, terms) {
      const lower = text.toLowerCase();
      const at = Math.max(0, Math.min(...terms.map((term) => lower.indexOf(term)).filter((at) => at >= 0).concat(text.length)) - 40);
      const from = at >= text.length - 40 ? 0 : at;
      return (from > 0 ? "… " : "") + text.slice(from, from + 120) + (from + 120 < text.length ? " …" : "");
    }
  }
})();
`;

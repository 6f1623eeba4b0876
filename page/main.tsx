/**
 * Where the page begins: reads the token from the link, shows folder or notebook.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import { render } from "preact";
import { Desk } from "./desk.ts";
import { keepEdits } from "./edit_store.ts";
import { FolderView } from "./folder_view.tsx";
import { NotebookView } from "./notebook_view.tsx";
import { PageNotebook } from "./notebook.ts";
import { Widgets } from "./widgets.ts";

const root = document.getElementById("page")!;
// What said that the page is on its way is not part of it.
root.replaceChildren();
const base = new URL("./", import.meta.url).pathname;
const token = takeToken();
const [kind = "", ...rest] = decodeURIComponent(
  location.pathname.slice(base.length),
).split("/");
const path = rest.join("/");

if (kind === "notebook") {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const url = `${scheme}://${location.host}${base}live`;
  const notebook = new PageNotebook({ url, token, path });
  new Widgets(root, {
    frameUrl: `${base}widget.html`,
    listen: (take) => notebook.onWidget = take,
    say: (request) => notebook.say(request),
  });
  const desk = new Desk(notebook);
  keepEdits(notebook, path);
  render(<NotebookView notebook={notebook} desk={desk} />, root);
  addEventListener("beforeunload", (event) => {
    if (!notebook.isSent.value) event.preventDefault();
  });
} else {
  render(<FolderView base={base} token={token} at={path} />, root);
}

// A link in an output must not take the notebook's place.
document.addEventListener("click", (event) => {
  const link = (event.target as Element | null)?.closest?.("main a[href]");
  const href = link?.getAttribute("href") ?? "";
  if (!link || !/^https?:/.test(href)) return;
  event.preventDefault();
  open(href, "_blank", "noopener,noreferrer");
});

// Frames of outputs say how high they are, and when a key leaves them.
addEventListener("message", ({ source, data }) => {
  const frame = [...document.querySelectorAll("iframe")]
    .find(({ contentWindow }) => contentWindow === source);
  if (frame === undefined) return;
  if (typeof data === "number" && data > 0) {
    frame.height = String(Math.min(data, 4000));
  } else if (data === "leave") {
    const dialog = frame.closest("dialog");
    if (dialog !== null) dialog.close();
    else frame.closest<HTMLElement>(".nb-cell")?.focus();
  }
});

/** The token stands in the fragment, which is never sent; it is kept for reloads. */
function takeToken(): string {
  const found = /[#&]token=([^&]+)/.exec(location.hash)?.[1];
  if (found !== undefined) {
    sessionStorage.setItem("skein-token", found);
    history.replaceState(null, "", location.pathname + location.search);
    return found;
  }
  return sessionStorage.getItem("skein-token") ?? "";
}

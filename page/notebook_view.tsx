/**
 * A whole notebook: bar, notices, cells, panels.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { CellView } from "./cell_view.tsx";
import type { Desk } from "./desk.ts";
import { KEYS } from "./keys.ts";
import type { PageNotebook } from "./notebook.ts";

interface Props {
  readonly notebook: PageNotebook;
  readonly desk: Desk;
}

/** Shows a notebook. */
export function NotebookView({ notebook, desk }: Props): JSX.Element {
  useKeys(desk);
  useTitle(notebook);
  return (
    <>
      <Bar notebook={notebook} desk={desk} />
      <Notices notebook={notebook} />
      <main
        class="nb-cells"
        aria-label={notebook.name.value}
        // Another tab or a click beside the cells leaves the editor.
        onMouseDown={(event) => {
          if (event.target === event.currentTarget) desk.leaveEditor();
        }}
      >
        {notebook.cells.value.map((cell, index) => (
          <CellView
            key={cell.id}
            notebook={notebook}
            desk={desk}
            cell={cell}
            place={index + 1}
          />
        ))}
        <p class="nb-add">
          <button
            type="button"
            onClick={() => desk.insert(notebook.cells.value.at(-1)?.id ?? null)}
          >
            + Code
          </button>
          <button
            type="button"
            onClick={() =>
              desk.insert(notebook.cells.value.at(-1)?.id ?? null, {
                type: "markdown",
              })}
          >
            + Text
          </button>
        </p>
      </main>
      <Panel notebook={notebook} desk={desk} />
      <div class="sr-only" role="status" aria-live="polite">
        {kernelWords(notebook)}
      </div>
    </>
  );
}

function Bar({ notebook, desk }: Props): JSX.Element {
  const isBusy = notebook.runs.value.length > 0;
  return (
    <header class="nb-bar">
      <a class="nb-home" href={folderLink()} title="Folder">
        ☰
      </a>
      <h1>{notebook.name.value || "…"}</h1>
      <span class={`nb-disk ${notebook.disk.value.type}`}>
        {diskWords(notebook)}
      </span>
      <div class="nb-tools" role="toolbar" aria-label="Notebook">
        <button type="button" onClick={() => desk.runAll()}>
          ▶ Run all
        </button>
        <button
          type="button"
          disabled={!isBusy}
          onClick={() => notebook.say({ type: "interrupt" })}
        >
          ■ Interrupt
        </button>
        <button type="button" onClick={() => desk.restart(false)}>
          ↻ Restart
        </button>
        <button type="button" onClick={() => desk.restart(true)}>
          ↻▶ Restart and run all
        </button>
        <button
          type="button"
          aria-pressed={desk.panel.value === "outline"}
          onClick={() => toggle(desk, "outline")}
        >
          Outline
        </button>
        <button
          type="button"
          aria-pressed={desk.panel.value === "bin"}
          onClick={() => toggle(desk, "bin")}
        >
          Bin{notebook.bin.value.length === 0
            ? ""
            : ` (${notebook.bin.value.length})`}
        </button>
        <button
          type="button"
          aria-pressed={desk.panel.value === "keys"}
          onClick={() => toggle(desk, "keys")}
        >
          Keys
        </button>
      </div>
      <span class={`nb-kernel ${notebook.kernel.value.state}`}>
        {kernelWords(notebook)}
      </span>
    </header>
  );
}

function Notices({ notebook }: { notebook: PageNotebook }): JSX.Element {
  const { state, reason } = notebook.link.value;
  const disk = notebook.disk.value;
  const rights = notebook.rights.value;
  const { note } = notebook.kernel.value;
  return (
    <div class="nb-notices">
      {state === "lost" && (
        <p class="nb-notice bad" role="alert">
          The server does not answer. You can go on typing; your edits are kept
          in this page and sent when it is back.
        </p>
      )}
      {state === "refused" && (
        <p class="nb-notice bad" role="alert">
          {reason}. Open the link that skein printed.
        </p>
      )}
      {disk.type === "conflict" && (
        <Settle
          notebook={notebook}
          text={`The file was changed outside, in ${
            disk.cellIds.length === 1
              ? "a cell"
              : `${disk.cellIds.length} cells`
          } that you changed too. Nothing is saved until you choose.`}
        />
      )}
      {disk.type === "lost" && (
        <Settle
          notebook={notebook}
          text={`The file can not be read any more (${disk.reason}). Nothing is saved until you choose.`}
          onlyOurs
        />
      )}
      {disk.type === "failed" && (
        <p class="nb-notice bad" role="alert">
          Saving failed: {disk.reason}. It is tried again.
        </p>
      )}
      {typeof rights?.asks === "string" && (
        <p class="nb-notice" role="alert">
          This notebook asks to {rights.asks}.{" "}
          <button
            type="button"
            onClick={() => notebook.say({ type: "grant", choice: "once" })}
          >
            Allow once
          </button>{" "}
          <button
            type="button"
            onClick={() => notebook.say({ type: "grant", choice: "always" })}
          >
            Always allow
          </button>{" "}
          <button
            type="button"
            onClick={() => notebook.say({ type: "grant", choice: "no" })}
          >
            Do not allow
          </button>
        </p>
      )}
      {note !== null && <p class="nb-notice quiet">{note}</p>}
      {notebook.notice.value !== null && (
        <p class="nb-notice bad" role="alert">
          {notebook.notice.value}{" "}
          <button
            type="button"
            onClick={() => (notebook.notice.value = null)}
          >
            Close
          </button>
        </p>
      )}
      {rights !== null && (
        <p class="nb-rights" title="What cells of this notebook may do">
          Cells {rights.has}
        </p>
      )}
    </div>
  );
}

function Settle(
  { notebook, text, onlyOurs = false }: {
    readonly notebook: PageNotebook;
    readonly text: string;
    readonly onlyOurs?: boolean;
  },
): JSX.Element {
  return (
    <p class="nb-notice bad" role="alert">
      {text}{" "}
      <button
        type="button"
        onClick={() => notebook.say({ type: "settle", choice: "ours" })}
      >
        {onlyOurs ? "Write it again" : "Keep mine"}
      </button>{" "}
      {!onlyOurs && (
        <button
          type="button"
          onClick={() => notebook.say({ type: "settle", choice: "theirs" })}
        >
          Take the file's
        </button>
      )}
    </p>
  );
}

function Panel({ notebook, desk }: Props): JSX.Element | null {
  switch (desk.panel.value) {
    case "none":
      return null;
    case "keys":
      return (
        <aside class="nb-panel" aria-label="Keys">
          <h2>Keys</h2>
          <dl>
            {KEYS.map(([key, meaning]) => (
              <>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{meaning}</dd>
              </>
            ))}
          </dl>
        </aside>
      );
    case "bin":
      return (
        <aside class="nb-panel" aria-label="Bin">
          <h2>Removed cells</h2>
          {notebook.bin.value.length === 0 && <p>The bin is empty.</p>}
          {notebook.bin.value.map(({ id, source }) => (
            <div class="nb-binned" key={id}>
              <pre>{source}</pre>
              <button
                type="button"
                onClick={() =>
                  notebook.change({
                    type: "restore",
                    cellId: id,
                    after: desk.selected.value,
                  })}
              >
                Put back
              </button>
            </div>
          ))}
        </aside>
      );
    case "outline":
      return (
        <aside class="nb-panel" aria-label="Outline">
          <h2>Outline</h2>
          <Outline notebook={notebook} desk={desk} />
        </aside>
      );
  }
}

function Outline({ notebook, desk }: Props): JSX.Element {
  notebook.edits.value;
  const headings = notebook.cells.value.flatMap(({ id, type }) => {
    const found = type === "markdown"
      ? /^(#{1,3})\s+(.+)$/m.exec(notebook.textOf(id))
      : null;
    return found === null
      ? []
      : [{ id, level: found[1]!.length, text: found[2]! }];
  });
  if (headings.length === 0) return <p>No headings yet.</p>;
  return (
    <ul class="nb-outline">
      {headings.map(({ id, level, text }) => (
        <li key={id} class={`level-${level}`}>
          <button
            type="button"
            onClick={() => {
              desk.hasMoved = true;
              desk.select(id);
            }}
          >
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}

function useKeys(desk: Desk): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const ctrl = event.ctrlKey || event.metaKey;
      if (event.key === "Enter" && (event.shiftKey || ctrl || event.altKey)) {
        if (isField(event.target)) return;
        event.preventDefault();
        event.stopPropagation();
        return void desk.run(
          event.shiftKey ? "next" : ctrl ? "stay" : "insert",
        );
      }
      if (ctrl && event.key.toLowerCase() === "s") {
        event.preventDefault();
        return desk.notebook.say({ type: "save" });
      }
      if (desk.isEditing.value || isField(event.target) || isButton(event)) {
        return;
      }
      if (desk.press(event)) event.preventDefault();
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, []);
}

/** The tab shows what runs, also where it is out of sight. */
function useTitle(notebook: PageNotebook): void {
  const isBusy = notebook.runs.value.length > 0;
  const name = notebook.name.value;
  const before = useRef(document.title);
  useEffect(() => {
    document.title = `${isBusy ? "● " : ""}${name || before.current}`;
  }, [isBusy, name]);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
}

/** A button takes Enter and Space itself. */
function isButton({ target, key }: KeyboardEvent): boolean {
  return (key === "Enter" || key === " ") && target instanceof HTMLElement &&
    target.closest("button, a, summary") !== null;
}

function toggle(desk: Desk, panel: Desk["panel"]["value"]): void {
  desk.panel.value = desk.panel.value === panel ? "none" : panel;
}

function folderLink(): string {
  return new URL("../", document.baseURI).pathname + location.hash;
}

function kernelWords(notebook: PageNotebook): string {
  const runs = notebook.runs.value;
  const waiting = runs.filter(({ sinceMs }) => sinceMs === null).length;
  switch (notebook.kernel.value.state) {
    case "none":
      return "not started";
    case "starting":
      return "starting";
    case "gone":
      return "kernel is gone";
    default:
      return runs.length === 0
        ? "idle"
        : `running${waiting === 0 ? "" : `, ${waiting} waiting`}`;
  }
}

function diskWords(notebook: PageNotebook): string {
  if (notebook.link.value.state !== "open") return "not connected";
  switch (notebook.disk.value.type) {
    case "saved":
      return notebook.isSent.value ? "saved" : "…";
    case "unsaved":
      return "saving…";
    case "failed":
      return "not saved";
    case "conflict":
    case "lost":
      return "waits for you";
  }
}

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
import type { PageNotebook } from "./notebook.ts";
import { Notices } from "./notices.tsx";
import { Panel } from "./panels.tsx";
import { RecordingView } from "./recording_view.tsx";

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
      {desk.recording.value !== null && (
        <RecordingView
          notebook={notebook}
          cellId={desk.recording.value}
          onClose={() => (desk.recording.value = null)}
        />
      )}
      <div class="sr-only" role="status" aria-live="polite">
        {kernelWords(notebook)}
      </div>
    </>
  );
}

function Bar({ notebook, desk }: Props): JSX.Element {
  const isBusy = notebook.runs.value.length > 0 ||
    notebook.kernel.value.state === "busy";
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
          aria-pressed={desk.panel.value === "find"}
          onClick={() => toggle(desk, "find")}
        >
          Find
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
          aria-pressed={desk.panel.value === "things"}
          onClick={() => toggle(desk, "things")}
        >
          Alive{notebook.activity.things.value.length === 0
            ? ""
            : ` (${notebook.activity.things.value.length})`}
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
      if (event.key === "Escape" && desk.panel.value !== "none") {
        if (isField(event.target) || !desk.isEditing.value) {
          event.preventDefault();
          return void (desk.panel.value = "none");
        }
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

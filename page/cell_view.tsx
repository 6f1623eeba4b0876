/**
 * One cell: its source, what it shows, how its run stands.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { CellTools, dragging, DragHandle } from "./cell_tools.tsx";
import type { PageCell } from "./cells.ts";
import type { PageNotebook } from "./notebook.ts";
import type { Desk } from "./desk.ts";
import { describeRun, findStale } from "./run_words.ts";
import { Html } from "./html.tsx";
import { Lanes } from "./lanes.tsx";
import { QuestionView } from "./question_view.tsx";
import { Source } from "./source_view.tsx";
import { Things } from "./things.tsx";

/** What a cell's view is given. */
export interface CellProps {
  readonly notebook: PageNotebook;
  readonly desk: Desk;
  readonly cell: PageCell;
  /** Its place, counted from 1. */
  readonly place: number;
}

/** Shows a cell. */
export function CellView(props: CellProps): JSX.Element {
  const { notebook, desk, cell, place } = props;
  const root = useRef<HTMLElement>(null);
  const isSelected = desk.selected.value === cell.id;
  const isEdited = isSelected && desk.isEditing.value;
  const run = notebook.runs.value.find(({ cellId }) => cellId === cell.id);
  const lanes = notebook.activity.lanes.value.get(cell.id);
  const isNear = useNearView(root);
  const showsSource = cell.type !== "markdown" || isEdited ||
    (isSelected && desk.found.value?.cellId === cell.id) ||
    notebook.textOf(cell.id).trim() === "";

  useLayoutEffect(() => {
    if (!isSelected || isEdited || !desk.hasMoved) return;
    root.current?.focus({ preventScroll: true });
    root.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected, isEdited]);

  const name = `${KINDS[cell.type]} cell ${place}`;
  const status = describeRun(cell, run);
  return (
    <section
      ref={root}
      class={classes("nb-cell", cell.type, {
        selected: isSelected,
        editing: isEdited,
        running: (run?.sinceMs ?? null) !== null,
        failed: cell.ran?.status === "error",
      })}
      id={`cell-${cell.id}`}
      data-cell={cell.id}
      tabIndex={isSelected && !isEdited ? 0 : -1}
      aria-label={`${name}${status === "" ? "" : `, ${status}`}`}
      onMouseDown={() => desk.select(cell.id)}
      {...dragging(desk, cell.id)}
    >
      {isSelected && <CellTools desk={desk} cell={cell} name={name} />}
      <div class="nb-side">
        {cell.type === "code" && (
          <button
            type="button"
            class="nb-run"
            tabIndex={-1}
            title={run === undefined ? "Run (Shift+Enter)" : "Stop or take out"}
            aria-label={run === undefined ? `Run ${name}` : `Stop ${name}`}
            onClick={() => desk.runOrStop(cell.id)}
          >
            {run === undefined ? "▶" : run.sinceMs === null ? "…" : "■"}
          </button>
        )}
        {cell.type === "code" && (
          <span class="nb-count">{cell.count ?? ""}</span>
        )}
        <DragHandle desk={desk} cellId={cell.id} />
      </div>
      <div class="nb-body">
        {showsSource && (
          <Source {...props} isNear={isNear} isEdited={isEdited} name={name} />
        )}
        {cell.type === "markdown" && !showsSource && (
          <Html
            class="markdown"
            onDblClick={() => desk.edit(cell.id)}
            html={cell.html[0] ?? ""}
          />
        )}
        {cell.type === "code" && (
          <RunLine
            notebook={notebook}
            cell={cell}
            sinceMs={run?.sinceMs ?? null}
            isWaiting={run !== undefined && run.sinceMs === null}
            onRecording={notebook.activity.recorded.value.has(cell.id)
              ? () => (desk.recording.value = cell.id)
              : null}
          />
        )}
        {lanes !== undefined && (
          <Lanes
            shown={lanes}
            onOpen={() => (desk.recording.value = cell.id)}
          />
        )}
        {cell.type === "code" && (
          <Things
            notebook={notebook}
            cellId={cell.id}
          />
        )}
        {cell.type === "code" &&
          cell.html.map((html, index) => (
            <Html key={index} class="nb-output" html={html} />
          ))}
        {notebook.question.value?.cellId === cell.id && (
          <QuestionView notebook={notebook} key={notebook.question.value} />
        )}
      </div>
    </section>
  );
}

function RunLine(
  { notebook, cell, sinceMs, isWaiting, onRecording }: {
    readonly notebook: PageNotebook;
    readonly cell: PageCell;
    readonly sinceMs: number | null;
    readonly isWaiting: boolean;
    /** Opens the recording; null if there is none. */
    readonly onRecording: (() => void) | null;
  },
): JSX.Element | null {
  const [, tick] = useState(0);
  useEffect(() => {
    if (sinceMs === null) return;
    const timer = setInterval(() => tick((n) => n + 1), 200);
    return () => clearInterval(timer);
  }, [sinceMs]);
  const stale = findStale(cell, notebook);
  if (sinceMs !== null) {
    const seconds = (performance.now() - sinceMs) / 1000;
    return (
      <p class="nb-status">
        <span class="nb-busy" aria-hidden="true" /> running for{" "}
        {seconds.toFixed(seconds < 10 ? 1 : 0)} s
      </p>
    );
  }
  const words = describeRun(
    cell,
    isWaiting ? { cellId: cell.id, elapsedMs: null } : undefined,
  );
  if (words === "" && stale === null) return null;
  return (
    <p class="nb-status">
      {words}
      {onRecording !== null && (
        <button type="button" class="nb-link" onClick={onRecording}>
          Recording
        </button>
      )}
      {stale !== null && <span class="nb-stale">{stale}</span>}
    </p>
  );
}

/** Whether an element is in view or near it. */
function useNearView(root: { readonly current: HTMLElement | null }): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (root.current === null) return;
    const observer = new IntersectionObserver(
      // Several moves may come at once, the last one last.
      (entries) => setNear(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: "800px 0px" },
    );
    observer.observe(root.current);
    return () => observer.disconnect();
  }, []);
  return isNear;
}

function classes(
  ...names: readonly (string | Readonly<Record<string, boolean>>)[]
): string {
  return names.flatMap((name) =>
    typeof name === "string"
      ? [name]
      : Object.keys(name).filter((key) => name[key])
  ).join(" ");
}

const KINDS = {
  code: "Code",
  markdown: "Text",
  raw: "Raw",
  other: "Unknown",
} as const;

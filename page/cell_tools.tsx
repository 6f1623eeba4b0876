/**
 * What can be done with a cell by pointer or finger: drag it, move it, change
 * what it is, remove it.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import type { PageCell } from "./cells.ts";
import type { Desk } from "./desk.ts";

/** Shows the tools of the selected cell. */
export function CellTools(
  { desk, cell, name }: {
    readonly desk: Desk;
    readonly cell: PageCell;
    readonly name: string;
  },
): JSX.Element {
  return (
    <div class="nb-cell-tools" role="toolbar" aria-label={`Tools of ${name}`}>
      <button
        type="button"
        title="Move up (Alt+↑)"
        aria-label="Move the cell up"
        onClick={() =>
          desk.move(-1)}
      >
        ↑
      </button>
      <button
        type="button"
        title="Move down (Alt+↓)"
        aria-label="Move the cell down"
        onClick={() =>
          desk.move(1)}
      >
        ↓
      </button>
      {cell.type !== "other" && (
        <select
          aria-label="What the cell is"
          value={cell.type}
          onChange={({ currentTarget: { value } }) =>
            desk.setType(value as "code" | "markdown" | "raw")}
        >
          <option value="code">Code</option>
          <option value="markdown">Text</option>
          <option value="raw">Raw</option>
        </select>
      )}
      <button
        type="button"
        title="Insert below (b)"
        aria-label="Insert a cell below"
        onClick={() =>
          desk.insert(cell.id)}
      >
        +
      </button>
      <button
        type="button"
        title="Remove (d d); it stays in the bin"
        aria-label="Remove the cell"
        onClick={() => desk.remove()}
      >
        ✕
      </button>
    </div>
  );
}

/** What a cell needs to be dragged by its handle, and dropped upon. */
export function dragging(
  desk: Desk,
  cellId: string,
): Pick<
  JSX.HTMLAttributes<HTMLElement>,
  "onDragOver" | "onDragLeave" | "onDrop"
> {
  const isUpper = (event: DragEvent, element: HTMLElement) => {
    const { top, height } = element.getBoundingClientRect();
    return event.clientY < top + height / 2;
  };
  return {
    onDragOver: (event) => {
      if (desk.dragged === null) return;
      event.preventDefault();
      const element = event.currentTarget as HTMLElement;
      const side = isUpper(event, element) ? "above" : "below";
      element.dataset.drop = side;
    },
    onDragLeave: (event) => {
      delete (event.currentTarget as HTMLElement).dataset.drop;
    },
    onDrop: (event) => {
      const element = event.currentTarget as HTMLElement;
      delete element.dataset.drop;
      if (desk.dragged === null) return;
      event.preventDefault();
      void desk.drop(cellId, isUpper(event, element) ? "above" : "below");
    },
  };
}

/** Where a cell is taken hold of. */
export function DragHandle(
  { desk, cellId }: { readonly desk: Desk; readonly cellId: string },
): JSX.Element {
  return (
    <span
      class="nb-drag"
      draggable
      aria-hidden="true"
      title="Drag to move"
      onDragStart={(event) => {
        desk.dragged = cellId;
        event.dataTransfer?.setData("text/plain", "");
      }}
      onDragEnd={() => (desk.dragged = null)}
    >
      ⠿
    </span>
  );
}

/**
 * A cell's source: an editor near the view, plain text elsewhere, and what is
 * wrong with it.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { EditorView } from "@codemirror/view";
import type { Problem } from "../server/mod.ts";
import type { CellProps } from "./cell_view.tsx";
import { createEditor } from "./editor.ts";
import { showProblems } from "./problems.ts";

/** Shows a cell's source. */
export function Source(
  { notebook, desk, cell, isNear, isEdited, name }: CellProps & {
    readonly isNear: boolean;
    readonly isEdited: boolean;
    readonly name: string;
  },
): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  // An editor costs a millisecond or more: those far away are plain text.
  const isLive = isNear || isEdited;
  useLayoutEffect(() => {
    if (!isLive || place.current === null) return;
    const editor = createEditor({
      notebook,
      cellId: cell.id,
      type: cell.type,
      label: `Source of ${name}`,
      onEscape: () => desk.leaveEditor(),
      onLeave: (direction) => desk.step(direction, true),
      onFocus: () => desk.edit(cell.id),
    });
    view.current = editor;
    place.current.replaceChildren(editor.dom);
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [isLive, cell.id, cell.type]);
  const problems = notebook.activity.problems.value.get(cell.id) ?? NO_PROBLEMS;
  useEffect(() => {
    if (view.current !== null && cell.type === "code") {
      showProblems(view.current, problems);
    }
  }, [problems, isLive, cell.type]);
  const found = desk.found.value;
  useEffect(() => {
    if (found?.cellId !== cell.id || view.current === null) return;
    const { length } = view.current.state.doc;
    view.current.dispatch({
      selection: {
        anchor: Math.min(found.from, length),
        head: Math.min(found.to, length),
      },
      scrollIntoView: true,
    });
  }, [found, isLive]);
  // Before the next key arrives.
  useLayoutEffect(() => {
    if (isEdited && view.current !== null && !view.current.hasFocus) {
      view.current.focus();
    }
  }, [isEdited, isLive]);
  return (
    <>
      <div class="nb-source" ref={place}>
        {!isLive && <pre class="nb-plain">{notebook.textOf(cell.id)}</pre>}
      </div>
      {problems.length > 0 && (
        <ul class="nb-problems" aria-label={`Errors of type in ${name}`}>
          {problems.slice(0, MOST_PROBLEMS).map(({ from, message }) => (
            <li key={`${from} ${message}`}>
              <button
                type="button"
                class="nb-link"
                onClick={() => {
                  desk.edit(cell.id);
                  view.current?.dispatch({ selection: { anchor: from } });
                  view.current?.focus();
                }}
              >
                {message.split("\n")[0]}
              </button>
            </li>
          ))}
          {problems.length > MOST_PROBLEMS && (
            <li>and {problems.length - MOST_PROBLEMS} more</li>
          )}
        </ul>
      )}
    </>
  );
}

const NO_PROBLEMS: readonly Problem[] = [];
const MOST_PROBLEMS = 3;

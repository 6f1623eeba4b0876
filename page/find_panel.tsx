/**
 * Find and replace, across all cells.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "./desk.ts";
import { listMatches, planReplacements } from "./find.ts";
import type { PageNotebook } from "./notebook.ts";

/** Shows fields and buttons. */
export function FindPanel(
  { notebook, desk }: {
    readonly notebook: PageNotebook;
    readonly desk: Desk;
  },
): JSX.Element {
  const [words, setWords] = useState("");
  const [insert, setInsert] = useState("");
  const [isCaseKept, setCase] = useState(false);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  notebook.edits.value;
  const cells = notebook.cells.value.map(({ id }) => ({
    id,
    text: notebook.textOf(id),
  }));
  const matches = listMatches(cells, { words, isCaseKept });
  const shown = Math.min(at, Math.max(0, matches.length - 1));
  const go = (next: number) => {
    const { length } = matches;
    if (length === 0) return;
    const index = (next + length) % length;
    setAt(index);
    desk.show(matches[index]!);
  };
  const replace = (which: typeof matches) => {
    for (const [cellId, changes] of planReplacements(which, insert)) {
      notebook.edit(cellId, changes);
    }
  };
  return (
    <form
      class="nb-find"
      onSubmit={(event) => {
        event.preventDefault();
        go(at);
      }}
    >
      <label>
        Find
        <input
          ref={field}
          value={words}
          onInput={(event) => {
            setWords(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            go(at + (event.shiftKey ? -1 : 1));
          }}
        />
      </label>
      <label class="nb-check">
        <input
          type="checkbox"
          checked={isCaseKept}
          onChange={(event) => setCase(event.currentTarget.checked)}
        />{" "}
        Match case
      </label>
      <p role="status">
        {words === ""
          ? "All cells are searched."
          : matches.length === 0
          ? "Not found"
          : `${shown + 1} of ${matches.length}`}
      </p>
      <p class="nb-row">
        <button type="button" onClick={() => go(at - 1)}>Previous</button>
        <button type="button" onClick={() => go(at + 1)}>Next</button>
      </p>
      <label>
        Replace with
        <input
          value={insert}
          onInput={(event) => setInsert(event.currentTarget.value)}
        />
      </label>
      <p class="nb-row">
        <button
          type="button"
          disabled={matches.length === 0}
          onClick={() => replace(matches.slice(shown, shown + 1))}
        >
          Replace
        </button>
        <button
          type="button"
          disabled={matches.length === 0}
          onClick={() => replace(matches)}
        >
          Replace all
        </button>
      </p>
    </form>
  );
}

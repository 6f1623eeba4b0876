/**
 * What cells have started and what lives: each with a button that ends it.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import type { ShownThing } from "../server/mod.ts";
import type { PageNotebook } from "./notebook.ts";

/** Shows what a cell has started and that lives. */
export function Things(
  { notebook, cellId }: {
    readonly notebook: PageNotebook;
    readonly cellId: string;
  },
): JSX.Element | null {
  const things = notebook.activity.things.value.filter((one) =>
    one.cellId === cellId
  );
  if (things.length === 0) return null;
  const shown = things.slice(0, MOST);
  return (
    <ul
      class="nb-things"
      aria-label="What this cell has started and that lives"
    >
      {shown.map((thing) => (
        <li key={`${thing.what} ${thing.id}`}>
          <ThingRow notebook={notebook} thing={thing} />
        </li>
      ))}
      {things.length > MOST && <li>and {things.length - MOST} more</li>}
    </ul>
  );
}

/** Shows all that lives in the notebook's session. */
export function AllThings(
  { notebook, onSelect }: {
    readonly notebook: PageNotebook;
    readonly onSelect: (cellId: string) => void;
  },
): JSX.Element {
  const things = notebook.activity.things.value;
  if (things.length === 0) {
    return <p>No Worker, process, timer or server lives.</p>;
  }
  const places = new Map(
    notebook.cells.value.map(({ id }, at) => [id, at + 1]),
  );
  return (
    <ul class="nb-things">
      {things.map((thing) => (
        <li key={`${thing.what} ${thing.id}`}>
          <ThingRow notebook={notebook} thing={thing} />
          {thing.cellId !== null && places.has(thing.cellId) && (
            <button
              type="button"
              onClick={() => onSelect(thing.cellId!)}
            >
              cell {places.get(thing.cellId)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function ThingRow(
  { notebook, thing }: {
    readonly notebook: PageNotebook;
    readonly thing: ShownThing;
  },
): JSX.Element {
  const { what, id, name, outlives } = thing;
  return (
    <>
      <span class={`nb-thing ${what}`}>{WORDS[what]}</span>
      <span class="nb-thing-name">{name}</span>
      {outlives && <span class="nb-outlives">outlives its cell</span>}
      <button
        type="button"
        aria-label={`Stop ${WORDS[what]} ${name}`}
        onClick={() => notebook.say({ type: "stop", what, id })}
      >
        Stop
      </button>
    </>
  );
}

const WORDS: Readonly<Record<ShownThing["what"], string>> = {
  worker: "Worker",
  process: "process",
  server: "server",
  timer: "timer",
};
const MOST = 8;

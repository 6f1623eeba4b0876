/**
 * Panels beside the notebook: keys, bin, outline.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import type { Desk } from "./desk.ts";
import { FindPanel } from "./find_panel.tsx";
import { KEYS } from "./keys.ts";
import type { PageNotebook } from "./notebook.ts";
import { AllThings } from "./things.tsx";

interface Props {
  readonly notebook: PageNotebook;
  readonly desk: Desk;
}

/** Shows the panel that is open. */
export function Panel({ notebook, desk }: Props): JSX.Element | null {
  switch (desk.panel.value) {
    case "none":
      return null;
    case "keys":
      return (
        <aside class="nb-panel" aria-label="Keys">
          <PanelHead desk={desk} title="Keys" />
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
          <PanelHead desk={desk} title="Removed cells" />
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
    case "find":
      return (
        <aside class="nb-panel" aria-label="Find">
          <PanelHead desk={desk} title="Find and replace" />
          <FindPanel notebook={notebook} desk={desk} />
        </aside>
      );
    case "things":
      return (
        <aside class="nb-panel" aria-label="What is alive">
          <PanelHead desk={desk} title="What is alive" />
          <AllThings
            notebook={notebook}
            onSelect={(cellId) => {
              desk.hasMoved = true;
              desk.select(cellId);
            }}
          />
        </aside>
      );
    case "outline":
      return (
        <aside class="nb-panel" aria-label="Outline">
          <PanelHead desk={desk} title="Outline" />
          <Outline notebook={notebook} desk={desk} />
        </aside>
      );
  }
}

function PanelHead(
  { desk, title }: { readonly desk: Desk; readonly title: string },
): JSX.Element {
  return (
    <div class="nb-panel-head">
      <h2>{title}</h2>
      <button type="button" onClick={() => (desk.panel.value = "none")}>
        Close
      </button>
    </div>
  );
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

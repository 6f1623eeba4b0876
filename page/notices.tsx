/**
 * What the user has to know or decide: lost server, conflicts, rights.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import type { PageNotebook } from "./notebook.ts";

/** Shows all notices of a notebook. */
export function Notices({ notebook }: { notebook: PageNotebook }): JSX.Element {
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
      {notebook.offer.value !== null && (
        <p class="nb-notice" role="alert">
          {notebook.offer.value.text}{" "}
          {(["accept", "refuse"] as const).map((choice) => (
            <button
              type="button"
              key={choice}
              onClick={() => {
                notebook.offer.value?.[choice]();
                notebook.offer.value = null;
              }}
            >
              {choice === "accept" ? "Put them back" : "Discard them"}
            </button>
          ))}
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

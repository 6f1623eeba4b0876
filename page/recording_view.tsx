/**
 * The recording of a cell's last run, as the full figure.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Html } from "./html.tsx";
import type { PageNotebook } from "./notebook.ts";

/** Shows the figure in a dialog. */
export function RecordingView(
  { notebook, cellId, onClose }: {
    readonly notebook: PageNotebook;
    readonly cellId: string;
    readonly onClose: () => void;
  },
): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [html, setHtml] = useState<string | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
    let isWanted = true;
    void notebook.recordingOf(cellId).then((found) => {
      if (isWanted) setHtml(found ?? "<p>There is no recording any more.</p>");
    });
    return () => {
      isWanted = false;
    };
  }, [cellId]);
  return (
    <dialog
      ref={dialog}
      class="nb-recording"
      aria-label="Recording"
      onClose={onClose}
    >
      <p class="nb-panel-head">
        <span>Recorded from outside while the cell ran</span>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </p>
      {html === null ? <p>Drawing…</p> : <Html html={html} />}
    </dialog>
  );
}

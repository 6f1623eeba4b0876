/**
 * What of the helper library draws: loaded when somebody opens a recording.
 * @module
 */
import { DISPLAY, type Recording, showRecording } from "../mod.ts";

/** Draws a recording as a figure, as HTML. */
export async function drawRecording(recording: Recording): Promise<string> {
  const shown = showRecording(recording) as unknown as {
    readonly [DISPLAY]: () => Promise<Readonly<Record<string, unknown>>>;
  };
  return String((await shown[DISPLAY]())["text/html"]);
}

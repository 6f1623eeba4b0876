/**
 * How much a session may say at once: what writes events and what reads them
 * agree here. Pure.
 *
 * The writing side cuts text that is longer, with a note, so that a cell that
 * prints too much keeps its session; the reading side can not rely on that,
 * since a cell can reach what writes, and drops what is longer, with a note.
 * @module
 */

/** The longest event, as JSON. Units: bytes. */
export const MAX_EVENT_BYTES = 64 * 1024 * 1024;

/**
 * Says in an event's place that it was too long.
 *
 * @param sizeBytes How long it was.
 */
export function tooLongText(sizeBytes: number): string {
  const size = (sizeBytes / 1024 / 1024).toFixed(1);
  const limit = MAX_EVENT_BYTES / 1024 / 1024;
  return `[… an output of ${size} MiB is not shown: the limit is ${limit} MiB …]\n`;
}

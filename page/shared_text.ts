/**
 * Merges what others type into a text that is changed here as well. Pure.
 * @module
 */
import { ChangeSet } from "@codemirror/state";
import type { SharedText } from "./outbox.ts";

/**
 * Takes an update that the server told of.
 *
 * @param text The text; it is changed.
 * @param changes The update.
 * @param isOwn Whether it was made here.
 * @returns What to change in the text as it is shown; null for nothing.
 */
export function takeUpdate(
  text: SharedText,
  changes: unknown,
  isOwn: boolean,
): ChangeSet | null {
  text.version++;
  if (isOwn) {
    text.unsent.splice(0, text.sentCount);
    text.sentCount = 0;
    return null;
  }
  let theirs = ChangeSet.fromJSON(changes);
  text.unsent = text.unsent.map((own) => {
    const rebased = own.map(theirs);
    theirs = theirs.map(own, true);
    return rebased;
  });
  return theirs;
}

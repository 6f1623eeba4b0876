/**
 * Text that several people change at the same time.
 *
 * The one file that knows CodeMirror's change sets: the editor in the page makes
 * them, and its library is what merges them best. Pure.
 * @module
 */
import { rebaseUpdates } from "@codemirror/collab";
import { ChangeSet, Text } from "@codemirror/state";

/** A change of a cell's text, and whose it was. */
export interface TextUpdate {
  /** The page that made it; its editor knows its own by this. */
  readonly client: string;
  /** The change, for the text as it was then. */
  readonly changes: ChangeSet;
}

/** A text that was changed. */
export interface ChangedText {
  /** The text now. */
  readonly text: string;
  /** The change as it was made, after those that came first. */
  readonly changes: ChangeSet;
  /** The change that takes it back. */
  readonly inverse: ChangeSet;
}

/**
 * Changes a text, after all that others changed meanwhile.
 *
 * @param text The text now.
 * @param update The change, made when the text had `since` fewer updates.
 * @param since What was changed after that.
 * @throws {RangeError} If the change does not fit the text.
 */
export function changeText(
  text: string,
  update: { readonly client: string; readonly changes: unknown },
  since: readonly TextUpdate[],
): ChangedText {
  const own = readChanges(update.changes);
  const [rebased] = rebaseUpdates(
    [{ clientID: update.client, changes: own }],
    since.map(({ client, changes }) => ({ clientID: client, changes })),
  );
  const doc = toText(text);
  const changes = rebased?.changes ?? ChangeSet.empty(doc.length);
  return {
    text: changes.apply(doc).toString(),
    changes,
    inverse: changes.invert(doc),
  };
}

/**
 * Makes the change that turns one text into another and leaves alone what both
 * begin and end with, so that cursors stay where they are.
 */
export function replaceText(from: string, to: string): ChangeSet {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start++;
  let end = 0;
  while (
    end < most - start &&
    from[from.length - 1 - end] === to[to.length - 1 - end]
  ) end++;
  return ChangeSet.of({
    from: start,
    to: from.length - end,
    insert: toText(to.slice(start, to.length - end)),
  }, from.length);
}

function readChanges(json: unknown): ChangeSet {
  try {
    return ChangeSet.fromJSON(json);
  } catch (cause) {
    throw new RangeError("Cannot change text: this is no change set", {
      cause,
    });
  }
}

/** Only `\n` ends a line here: a file's `\r` is kept as it is. */
function toText(text: string): Text {
  return Text.of(text.split("\n"));
}

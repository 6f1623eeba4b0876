/**
 * What Deno prints of an error that a Worker does not catch.
 *
 * It goes to stderr, past the frames, in one write, with the Worker's name in
 * it. Each Worker of a cell has a name for Deno that says whose it is
 * (`session/host/workers.ts`). Pure: text in, pieces out.
 * @module
 */

/** A piece of raw text. */
export interface RawPiece {
  /** Whose it is; `null` when the text does not say. */
  readonly executionId: string | null;
  /** The text, with the name that the user gave. */
  readonly text: string;
}

/**
 * Takes raw text apart into what Deno says of Workers, and the rest.
 *
 * A script that a cell has made has an address that nobody knows: the cell stands
 * there instead. That an error came from a Worker's own Worker, Deno says once
 * more in the outer one's name, which tells nothing new: that is left out.
 *
 * @param text Text as it was read.
 * @param nameOf Gives the name of an execution's cell, if it has one.
 */
export function splitWorkerErrors(
  text: string,
  nameOf: (executionId: string) => string | undefined,
): RawPiece[] {
  const pieces: RawPiece[] = [];
  let executionId: string | null = null;
  let at = 0;
  const add = (end: number) => {
    if (end === at) return;
    const piece = text.slice(at, end);
    if (executionId === null) pieces.push({ executionId, text: piece });
    else {
      const cleaned = clean(piece, nameOf(executionId) ?? "a cell");
      if (!REPEATED.test(cleaned)) pieces.push({ executionId, text: cleaned });
    }
  };
  for (const match of text.matchAll(HEAD)) {
    add(match.index);
    at = match.index;
    executionId = match[1]!;
  }
  add(text.length);
  return pieces;
}

/** Leaves the user's frames, and the user's names. */
function clean(text: string, cell: string): string {
  return text
    .replace(MARK, "(in worker $1")
    .replace(MADE_SCRIPT, () => `Worker of ${cell}`)
    .replace(RUNTIME_FRAMES, "");
}

/** A colour, or none. */
const COLOUR = "(?:\\u001b\\[[\\d;]*m)*";
const HEAD = new RegExp(
  `^${COLOUR}error${COLOUR}: Uncaught \\(in worker "#(\\w+) `,
  "gm",
);
const REPEATED = new RegExp(
  `^${COLOUR}error${COLOUR}: Uncaught \\(in worker "[^\n]*" ?\\) \\(in promise\\) Error: Unhandled error in child worker\\.\n$`,
);
const MADE_SCRIPT = /blob:null\/[\w-]+/g;
const MARK = /\(in worker ("?)#\w+ /;
const RUNTIME_FRAMES = new RegExp(
  `^ *${COLOUR} *at [^\\n]*(?:ext:|node:|/session/host/\\w+\\.ts)[^\\n]*\\n`,
  "gm",
);

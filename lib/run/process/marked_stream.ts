/**
 * Messages between the lines: tells a child's own output from its reports.
 *
 * Pure. A report is `marker + text + "\n"`, where the marker is a secret of one
 * child, so that nothing it prints can be taken for a report. Who reads the
 * pipe is in `child.ts`.
 * @module
 */

export interface MarkedBytes {
  /** What the child printed; may end in the middle of a line or character. */
  readonly printed: Uint8Array;
  /** The reports, without marker and line end. */
  readonly messages: readonly string[];
  /** What cannot be told yet: to be put before the next bytes. */
  readonly rest: Uint8Array;
}

/** Separates reports from what was printed around them. */
export function splitMarked(bytes: Uint8Array, marker: string): MarkedBytes {
  const mark = new TextEncoder().encode(marker);
  const printed: Uint8Array[] = [];
  const messages: string[] = [];
  let position = 0;
  while (position < bytes.length) {
    const found = findBytes(bytes, mark, position);
    printed.push(bytes.subarray(position, found));
    position = found;
    const lineEnd = bytes.indexOf(LINE_FEED, found + mark.length);
    // Cut off within a marker or a report: the next bytes tell.
    if (found + mark.length > bytes.length || lineEnd === -1) break;
    messages.push(
      new TextDecoder().decode(bytes.subarray(found + mark.length, lineEnd)),
    );
    position = lineEnd + 1;
  }
  return {
    printed: concatBytes(printed),
    messages,
    rest: bytes.subarray(position),
  };
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(
    parts.reduce((size, part) => size + part.length, 0),
  );
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Finds where the marker, or the part of it that fits, begins; the end if nowhere. */
function findBytes(bytes: Uint8Array, mark: Uint8Array, from: number): number {
  const first = mark[0] as number;
  for (
    let at = bytes.indexOf(first, from);
    at !== -1;
    at = bytes.indexOf(first, at + 1)
  ) {
    const end = Math.min(mark.length, bytes.length - at);
    let same = 1;
    while (same < end && bytes[at + same] === mark[same]) same++;
    if (same === end) return at;
  }
  return bytes.length;
}

const LINE_FEED = 10;

/**
 * What was run, for `history_request`: the shape, and a store in memory.
 *
 * The store that outlives the kernel is in `history_file.ts`. Outputs of cells are
 * as long as cells like; what is kept of them is bounded.
 *
 * Source: Jupyter messaging protocol 5.5, "History".
 * @module
 */

/** A cell that was run. */
export interface HistoryEntry {
  /** Which kernel life it was run in, counted from 1. */
  readonly session: number;
  /** The number shown beside it. */
  readonly line: number;
  /** The source. */
  readonly source: string;
  /** Its result as text, or `null` if it has none. */
  readonly output: string | null;
}

/** Which entries are asked for. */
export type HistoryQuery =
  | { readonly type: "tail"; readonly n: number }
  | {
    readonly type: "range";
    /** 0 is this session, -1 the one before, above 0 the session itself. */
    readonly session: number;
    readonly start: number;
    /** The first line that is not wanted; `null` for all. */
    readonly stop: number | null;
  }
  | {
    readonly type: "search";
    /** A glob: `*` for any text, `?` for any character. */
    readonly pattern: string;
    readonly n: number | null;
    readonly isUnique: boolean;
  };

/** Keeps what was run. */
export interface HistoryStore {
  /** Keeps a cell. */
  append(entry: Omit<HistoryEntry, "session">): void;
  /** Adds the result of a cell that was kept. */
  setOutput(line: number, output: string): void;
  /** Finds entries, oldest first. */
  find(query: HistoryQuery): HistoryEntry[];
  /** Begins a new session, as a restart does. */
  beginSession(): void;
}

/**
 * Makes an entry as long as one may be: a long output is cut.
 *
 * @param entry The entry.
 * @returns What is kept of it; `null` if its source is too long to be kept.
 */
export function bounded<Entry extends Omit<HistoryEntry, "session">>(
  entry: Entry,
): Entry | null {
  const { source, output } = entry;
  if (source.length > MAX_SOURCE) return null;
  return output === null || output.length <= MAX_OUTPUT
    ? entry
    : { ...entry, output: `${output.slice(0, MAX_OUTPUT)}…` };
}

/** Keeps what was run as long as the kernel lives. */
export class MemoryHistory implements HistoryStore {
  #entries: HistoryEntry[] = [];
  #session = 1;

  /** Keeps a cell. */
  append(entry: Omit<HistoryEntry, "session">): void {
    const kept = bounded(entry);
    if (kept === null) return;
    this.#entries.push({ ...kept, session: this.#session });
    if (this.#entries.length > 2 * MAX_ENTRIES) {
      this.#entries = this.#entries.slice(-MAX_ENTRIES);
    }
  }

  /** Adds the result of a cell that was kept. */
  setOutput(line: number, output: string): void {
    const at = this.#entries.findLastIndex((entry) => entry.line === line);
    const kept = at === -1 ? null : bounded({ ...this.#entries[at]!, output });
    if (kept !== null) this.#entries[at] = kept;
  }

  /** Finds entries, oldest first. */
  find(query: HistoryQuery): HistoryEntry[] {
    return selectHistory(this.#entries, query, this.#session);
  }

  /** Begins a new session. */
  beginSession(): void {
    this.#session++;
  }
}

/**
 * Picks the entries that a query asks for.
 *
 * @param entries All entries, oldest first.
 * @param query What is asked for.
 * @param current The session that runs now.
 */
export function selectHistory(
  entries: readonly HistoryEntry[],
  query: HistoryQuery,
  current: number,
): HistoryEntry[] {
  switch (query.type) {
    case "tail":
      return entries.slice(-query.n || entries.length);
    case "range": {
      const session = query.session > 0
        ? query.session
        : current + query.session;
      return entries.filter((entry) =>
        entry.session === session && entry.line >= query.start &&
        (query.stop === null || entry.line < query.stop)
      );
    }
    case "search": {
      const pattern = globToRegExp(query.pattern);
      const found = entries.filter(({ source }) => pattern.test(source));
      // The newest of several equal ones stays.
      const newest = new Map(found.map((entry) => [entry.source, entry]));
      const kept = query.isUnique
        ? found.filter((entry) => newest.get(entry.source) === entry)
        : found;
      return query.n === null ? kept : kept.slice(-query.n || kept.length);
    }
  }
}

function globToRegExp(glob: string): RegExp {
  const body = glob.replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", "[^]*").replaceAll("?", "[^]");
  return new RegExp(`^${body}$`);
}

/** Units: UTF-16 units. */
const MAX_OUTPUT = 64 * 1024;
const MAX_SOURCE = 1024 * 1024;
const MAX_ENTRIES = 10_000;

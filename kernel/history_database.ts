/**
 * A SQLite file with what was run, shared by all kernels of a user: opening it,
 * writing to it and asking it may fail. Who copes with that is `history_file.ts`.
 *
 * Source: the file is our own.
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import {
  type HistoryEntry,
  type HistoryQuery,
  selectHistory,
} from "./history.ts";

/** Something to be written. */
export type HistoryWrite =
  | { readonly type: "session" }
  | {
    readonly type: "entry";
    readonly entry: Omit<HistoryEntry, "session">;
  }
  | {
    readonly type: "output";
    readonly line: number;
    readonly output: string;
  };

/** An open file. */
export class HistoryDatabase implements Disposable {
  readonly #database: DatabaseSync;
  #session = 0;

  /**
   * Opens a file, or makes it.
   *
   * @param path Where it is; its folder exists.
   * @throws {Error} If it can not be opened, or is none of ours.
   */
  constructor(path: string) {
    keepPrivate(path);
    this.#database = new DatabaseSync(path, { timeout: BUSY_MS });
    try {
      this.#leaveWal();
      this.#database.exec(SCHEMA);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /**
   * Writes all or nothing.
   *
   * @param writes What, in order; the first one ever begins a session.
   * @throws {Error} If it can not be written.
   */
  write(writes: readonly HistoryWrite[]): void {
    const before = this.#session;
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      for (const write of writes) this.#writeOne(write);
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#session = before;
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /**
   * Finds entries, oldest first.
   *
   * @param query Which.
   * @throws {Error} If it can not be read.
   */
  find(query: HistoryQuery): HistoryEntry[] {
    const rows = query.type === "tail"
      ? this.#all(
        "SELECT * FROM (SELECT * FROM entries ORDER BY session DESC, line DESC LIMIT ?) ORDER BY session, line",
        query.n,
      )
      : this.#all("SELECT * FROM entries ORDER BY session, line");
    return selectHistory(
      rows as unknown as HistoryEntry[],
      query,
      this.#session,
    );
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#database.close();
  }

  /**
   * A write-ahead log would be quicker, and its index is mapped into memory: who
   * cuts that file short ends this process. Versions before have used one.
   */
  #leaveWal(): void {
    const [row] = this.#database.prepare("PRAGMA journal_mode").all();
    if (row?.journal_mode !== "wal") return;
    try {
      this.#database.exec("PRAGMA journal_mode = DELETE");
    } catch (error) {
      // One of them still runs: the last to come changes it.
      if (!isBusy(error)) throw error;
    }
  }

  #writeOne(write: HistoryWrite): void {
    switch (write.type) {
      case "session": {
        const { lastInsertRowid } = this.#run(
          "INSERT INTO sessions DEFAULT VALUES",
        );
        this.#session = Number(lastInsertRowid);
        if (this.#session % PRUNE_EVERY === 0) {
          this.#run(PRUNE, MAX_ENTRIES, MAX_LENGTH);
        }
        return;
      }
      case "entry": {
        const { line, source, output } = write.entry;
        this.#run(
          "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)",
          this.#session,
          line,
          source,
          output,
        );
        return;
      }
      case "output":
        this.#run(
          "UPDATE entries SET output = ? WHERE session = ? AND line = ?",
          write.output,
          this.#session,
          write.line,
        );
        return;
      default:
        write satisfies never;
    }
  }

  #run(sql: string, ...values: (string | number | null)[]) {
    return this.#database.prepare(sql).run(...values);
  }

  #all(sql: string, ...values: number[]) {
    return this.#database.prepare(sql).all(...values);
  }
}

/**
 * Tells whether an error will go away by itself: somebody else writes now.
 *
 * @param error What was thrown.
 */
export function isBusy(error: unknown): boolean {
  return /database (table )?is locked|database is busy/.test(String(error));
}

/** Whoever may read it reads all that was run; SQLite gives its other files the same mode. */
function keepPrivate(path: string): void {
  if (Deno.build.os === "windows") return;
  Deno.openSync(path, { create: true, append: true, mode: MODE }).close();
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      Deno.chmodSync(file, MODE);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

const MODE = 0o600;
/** Nobody waits for what is written, but it is the kernel that writes it. */
const BUSY_MS = 20;
const SCHEMA = `
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS sessions (
    session INTEGER PRIMARY KEY AUTOINCREMENT,
    started TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
  );
  CREATE TABLE IF NOT EXISTS entries (
    session INTEGER NOT NULL,
    line INTEGER NOT NULL,
    source TEXT NOT NULL,
    output TEXT,
    PRIMARY KEY (session, line)
  ) WITHOUT ROWID;
`;
const PRUNE_EVERY = 20;
const MAX_ENTRIES = 20_000;
/** Units: characters of all entries together. */
const MAX_LENGTH = 64 * 1024 * 1024;
const PRUNE = `
  DELETE FROM entries WHERE (session, line) IN (
    SELECT session, line FROM (
      SELECT session, line,
        row_number() OVER newest AS number,
        sum(length(source) + length(coalesce(output, ''))) OVER newest AS size
      FROM entries WINDOW newest AS (ORDER BY session DESC, line DESC)
    ) WHERE number > ? OR size > ?
  )
`;

/**
 * History in a SQLite file, shared by all kernels of a user.
 *
 * Source: the file is our own; the queries are those of `history.ts`.
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import {
  type HistoryEntry,
  type HistoryQuery,
  type HistoryStore,
  selectHistory,
} from "./history.ts";

/** Keeps what was run in a file. */
export class FileHistory implements HistoryStore, Disposable {
  readonly #database: DatabaseSync;
  #session = 0;

  /**
   * Opens the file, and begins a session in it.
   *
   * @param path Where it is, or is made; its folder exists.
   */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    // Several kernels write at once; a lost history must not stop a cell.
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA busy_timeout = 500;
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
    `);
    this.beginSession();
  }

  /** Keeps a cell. */
  append({ line, source, output }: Omit<HistoryEntry, "session">): void {
    this.#database.prepare(
      "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)",
    ).run(this.#session, line, source, output);
  }

  /** Adds the result of a cell that was kept. */
  setOutput(line: number, output: string): void {
    this.#database.prepare(
      "UPDATE entries SET output = ? WHERE session = ? AND line = ?",
    ).run(output, this.#session, line);
  }

  /** Finds entries, oldest first. */
  find(query: HistoryQuery): HistoryEntry[] {
    const rows = query.type === "tail"
      ? this.#database.prepare(
        "SELECT * FROM (SELECT * FROM entries ORDER BY session DESC, line DESC LIMIT ?) ORDER BY session, line",
      ).all(query.n)
      : this.#database.prepare(
        "SELECT * FROM entries ORDER BY session, line",
      ).all();
    return selectHistory(
      rows as unknown as HistoryEntry[],
      query,
      this.#session,
    );
  }

  /** Begins a new session. */
  beginSession(): void {
    const { lastInsertRowid } = this.#database.prepare(
      "INSERT INTO sessions DEFAULT VALUES",
    ).run();
    this.#session = Number(lastInsertRowid);
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#database.close();
  }
}

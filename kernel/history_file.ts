/**
 * History in a file, as long as that goes well; in memory when it does not.
 *
 * No cell waits for it, and none fails because of it: what is to be written
 * waits for a moment, and for longer while another kernel writes. Whatever else
 * is wrong with the file (it is full, torn, foreign, a folder) is said once.
 * @module
 */
import {
  bounded,
  type HistoryEntry,
  type HistoryQuery,
  type HistoryStore,
  MemoryHistory,
} from "./history.ts";
import {
  HistoryDatabase,
  type HistoryWrite,
  isBusy,
} from "./history_database.ts";

/** Keeps what was run in a file. */
export class FileHistory implements HistoryStore, Disposable {
  readonly #path: string;
  readonly #log: (line: string) => void;
  /** What this kernel has run, should the file fail. */
  readonly #memory = new MemoryHistory();
  #database: HistoryDatabase | null = null;
  #waiting: HistoryWrite[] = [{ type: "session" }];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #isLost = false;

  /**
   * Opens nothing yet.
   *
   * @param path Where the file is, or is made; its folder exists.
   * @param log Is told, once, if the file can not be used.
   */
  constructor(path: string, log: (line: string) => void) {
    this.#path = path;
    this.#log = log;
  }

  /** Keeps a cell. */
  append(entry: Omit<HistoryEntry, "session">): void {
    this.#memory.append(entry);
    const kept = bounded(entry);
    if (kept !== null) this.#write({ type: "entry", entry: kept });
  }

  /** Adds the result of a cell that was kept. */
  setOutput(line: number, output: string): void {
    this.#memory.setOutput(line, output);
    const kept = bounded({ line, source: "", output });
    this.#write({ type: "output", line, output: kept?.output ?? "" });
  }

  /** Finds entries, oldest first. */
  find(query: HistoryQuery): HistoryEntry[] {
    this.#flush();
    if (this.#database !== null && this.#waiting.length === 0) {
      try {
        return this.#database.find(query);
      } catch (error) {
        if (!isBusy(error)) this.#lose(error);
      }
    }
    return this.#memory.find(query);
  }

  /** Begins a new session. */
  beginSession(): void {
    this.#memory.beginSession();
    this.#write({ type: "session" });
  }

  /** Writes what waits, for a second at most, and closes the file. */
  [Symbol.dispose](): void {
    this.#tries = 0;
    // A kernel in which nothing was run leaves nothing.
    while (this.#waiting.some(({ type }) => type !== "session")) {
      this.#flush();
      if (this.#waiting.length === 0) break;
      Atomics.wait(PAUSE, 0, 0, LAST_PAUSE_MS);
    }
    clearTimeout(this.#timer);
    this.#isLost = true;
    this.#close();
  }

  #write(write: HistoryWrite): void {
    if (this.#isLost) return;
    this.#waiting.push(write);
    this.#timer ??= setTimeout(() => this.#flush(), WRITE_AFTER_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isLost || this.#waiting.length === 0) return;
    try {
      this.#database ??= new HistoryDatabase(this.#path);
      this.#database.write(this.#waiting);
      this.#waiting = [];
      this.#tries = 0;
    } catch (error) {
      this.#tries++;
      if (!isBusy(error) || this.#tries > MAX_TRIES) return this.#lose(error);
      this.#timer = setTimeout(
        () => this.#flush(),
        Math.min(MAX_AGAIN_MS, WRITE_AFTER_MS * 2 ** this.#tries),
      );
    }
  }

  #lose(error: unknown): void {
    this.#isLost = true;
    this.#waiting = [];
    this.#close();
    const reason = error instanceof Error ? error.message : String(error);
    this.#log(
      `History is kept in memory only: cannot use ${this.#path}: ${reason}`,
    );
  }

  #close(): void {
    try {
      this.#database?.[Symbol.dispose]();
    } catch {
      // Nothing more is expected of it.
    }
    this.#database = null;
  }
}

/** Long enough that cells in a row cost one write, which the disk has to confirm. */
const WRITE_AFTER_MS = 300;
/** Half a minute in all: nobody writes for so long unless something is wrong. */
const MAX_TRIES = 10;
const MAX_AGAIN_MS = 4_000;
const LAST_PAUSE_MS = 80;
const PAUSE = new Int32Array(new SharedArrayBuffer(4));

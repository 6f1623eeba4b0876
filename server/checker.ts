/**
 * Looks for errors of type in cells as they are typed, and tells pages.
 *
 * Whether a cell computes makes no difference: types are another process's. No
 * kernel is started for it, and one cell is looked at after another.
 * @module
 */
import type { Change } from "../document/mod.ts";
import type { KernelView } from "../kernel/mod.ts";
import type { Problem, ServerMessage } from "./protocol.ts";

/** What checking needs. */
export interface CheckerOptions {
  /** The kernel's view, once there is a kernel. */
  readonly view: () => KernelView | null;
  /** Gives a code cell as it is now; null for what is none. */
  readonly find: (
    cellId: string,
  ) => { readonly source: string; readonly textVersion: number } | null;
  readonly tell: (message: ServerMessage) => void;
}

/** Checks the cells of one notebook. */
export class Checker implements Disposable {
  readonly #options: CheckerOptions;
  readonly #due = new Set<string>();
  /** What was told last, for pages that come. */
  readonly #told = new Map<
    string,
    Extract<ServerMessage, { type: "problems" }>
  >();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isChecking = false;
  #isOver = false;

  /** @param options What is checked, and who is told. */
  constructor(options: CheckerOptions) {
    this.#options = options;
  }

  /** Notes what was changed in the document. */
  follow(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.type === "text") this.#plan(change.cellId);
    }
  }

  /** A cell has run: others may use what it declares. */
  ran(cellId: string): void {
    this.#plan(cellId);
    for (const id of this.#told.keys()) this.#plan(id);
  }

  /** What a page that comes has to be told. */
  describe(): ServerMessage[] {
    return [...this.#told.values()];
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #plan(cellId: string): void {
    this.#due.add(cellId);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), QUIET_MS);
  }

  async #check(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      for (const cellId of this.#due) {
        const view = this.#options.view();
        if (view === null || this.#isOver) break;
        this.#due.delete(cellId);
        await this.#checkCell(cellId, view);
      }
    } finally {
      this.#isChecking = false;
    }
  }

  async #checkCell(cellId: string, view: KernelView): Promise<void> {
    const cell = this.#options.find(cellId);
    if (cell === null || cell.source.trim() === "") {
      return this.#tell(cellId, 0, []);
    }
    const { source, textVersion } = cell;
    // A server that can not be asked leaves the cell without marks.
    const found = await view.diagnose(source).catch(() => []);
    if (this.#isOver) return;
    // It was changed meanwhile: it is due again by then.
    if (this.#options.find(cellId)?.textVersion !== textVersion) return;
    const problems = found.filter(({ file }) => file === undefined)
      .slice(0, MOST).map((problem) => placeProblem(source, problem));
    this.#tell(cellId, textVersion, problems);
  }

  #tell(
    cellId: string,
    textVersion: number,
    problems: readonly Problem[],
  ): void {
    const message = {
      type: "problems",
      cellId,
      textVersion,
      problems,
    } as const;
    const had = this.#told.has(cellId);
    if (problems.length > 0) this.#told.set(cellId, message);
    else this.#told.delete(cellId);
    if (had || problems.length > 0) this.#options.tell(message);
  }
}

/** Finds where in a text a problem is. Lines and columns are counted from 1. */
export function placeProblem(
  source: string,
  { line, column, endColumn, code, message }: {
    readonly line: number;
    readonly column: number;
    readonly endColumn?: number;
    readonly code: string;
    readonly message: string;
  },
): Problem {
  const lines = source.split("\n");
  const before = lines.slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, 0);
  const end = before + (lines[line - 1]?.length ?? 0);
  const from = Math.min(before + column - 1, source.length);
  const to = endColumn === undefined ? end : before + endColumn - 1;
  return {
    from,
    to: Math.min(Math.max(to, from), source.length),
    severity: "error",
    message: `${code} ${message}`,
  };
}

const QUIET_MS = 350;
const MOST = 20;

/**
 * What a page still has to tell the server, one thing after another.
 *
 * Text is gathered: what was typed while something else was under way becomes
 * one operation, made for the text as it is when its turn comes. Everything is
 * sent again until it is taken, and the server knows what it has taken, so
 * nothing is lost and nothing doubles. Pure, but for what it is given to send.
 * @module
 */
import type { ChangeSet } from "@codemirror/state";
import type { Operation } from "../document/mod.ts";

/** Text that others and we change. */
export interface SharedText {
  /** How many updates of the text are known here. */
  version: number;
  /** What was typed here and is not known to be taken, oldest first. */
  unsent: ChangeSet[];
  /** How many of those are under way. */
  sentCount: number;
}

interface Waiting {
  /** A cell whose text is to be sent, or something else. */
  readonly what: { readonly text: string } | { readonly operation: Operation };
  number: number | null;
  readonly settle: (inverse: Operation | null, reason?: string) => void;
}

/** What an outbox is given. */
export interface OutboxOptions {
  readonly send: (number: number, operation: Operation) => void;
  readonly textOf: (cellId: string) => SharedText | undefined;
}

/** Sends operations, in order. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #waiting: Waiting[] = [];
  #last = 0;
  #isOpen = false;

  /** @param options How it sends. */
  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Whether everything was taken. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Cells whose text is not known to be taken. */
  get unsentCells(): string[] {
    return this.#waiting.flatMap(({ what }) =>
      "text" in what ? [what.text] : []
    );
  }

  /** Notes that the text of a cell was changed here. */
  changed(cellId: string): void {
    const isNoted = this.#waiting.some(({ what, number }) =>
      number === null && "text" in what && what.text === cellId
    );
    if (isNoted) return;
    this.#waiting.push({ what: { text: cellId }, number: null, settle() {} });
    this.#sendFirst();
  }

  /** Asks for something; gives what takes it back, or null if it was refused. */
  ask(operation: Operation): Promise<Operation | null> {
    const { promise, resolve, reject } = Promise.withResolvers<
      Operation | null
    >();
    this.#waiting.push({
      what: { operation },
      number: null,
      settle: (inverse, reason) =>
        reason === undefined ? resolve(inverse) : reject(new Error(reason)),
    });
    this.#sendFirst();
    return promise;
  }

  /** The connection is there, and the server has taken this many. */
  open(taken: number): void {
    this.#isOpen = true;
    if ((this.#waiting[0]?.number ?? null) === null) {
      this.#last = Math.max(this.#last, taken);
    }
    const [first] = this.#waiting;
    if (first !== undefined && first.number !== null) this.#send(first);
    else this.#sendFirst();
  }

  /** The connection is gone; what is under way is sent again later. */
  close(): void {
    this.#isOpen = false;
  }

  /** The server has taken an operation. */
  taken(number: number, inverse: Operation | null, reason?: string): void {
    const [first] = this.#waiting;
    if (first?.number !== number) return;
    this.#waiting.shift();
    first.settle(inverse, reason);
    this.#sendFirst();
  }

  /** Others were faster: by now their changes are here, so it is made anew. */
  again(number: number): void {
    const [first] = this.#waiting;
    if (first?.number === number) this.#send(first);
  }

  /** Forgets all: the document was opened anew. */
  clear(): void {
    this.#waiting.length = 0;
  }

  #sendFirst(): void {
    const [first] = this.#waiting;
    if (!this.#isOpen || first === undefined || first.number !== null) return;
    first.number = ++this.#last;
    this.#send(first);
  }

  #send(first: Waiting): void {
    const { what } = first;
    if ("operation" in what) {
      return this.#options.send(first.number!, what.operation);
    }
    const text = this.#options.textOf(what.text);
    const [head, ...rest] = text?.unsent ?? [];
    if (text === undefined || head === undefined) {
      // The cell has gone, or the change is known to be taken. The number is
      // used up either way, perhaps already there.
      const nothing: Operation = { type: "batch", operations: [] };
      return this.#options.send(first.number!, nothing);
    }
    const changes = rest.reduce((all, one) => all.compose(one), head);
    text.unsent = [changes];
    text.sentCount = 1;
    this.#options.send(first.number!, {
      type: "text",
      cellId: what.text,
      base: text.version,
      changes: changes.toJSON(),
    });
  }
}

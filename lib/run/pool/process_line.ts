/**
 * The line to a process that runs jobs: a pipe, with messages as lines of text.
 *
 * How the process is started and ended is in `lib/run/process/`, which is loaded
 * with the first.
 * @module
 */
import { openLink } from "../link.ts";
import { createStructuredText } from "../structured_text.ts";
import type { Child } from "../process/child.ts";
import type { GuestWire } from "./serve_guest.ts";
import {
  type Line,
  type LineEvents,
  type LineOptions,
  makeSetup,
  writeProgram,
} from "./line.ts";
import type { Setup } from "./messages.ts";

export function openProcessLine(
  options: LineOptions,
  events: LineEvents,
): Line {
  return new ProcessLine(options, events);
}

class ProcessLine implements Line {
  readonly #events: LineEvents;
  readonly #over = new AbortController();
  readonly #marker = `\u001e${crypto.randomUUID()} `;
  #child: Child | null = null;
  #isWanted = true;
  #isReading = false;
  // Nothing is sent before it is ready: so both clocks can be compared.
  #ready = Promise.withResolvers<void>();

  constructor(options: LineOptions, events: LineEvents) {
    this.#events = events;
    this.#start(makeSetup(options, this.#marker)).catch((error) =>
      events.lose(error)
    );
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  post(order: unknown): void {
    const line = coder.encode(order);
    // It fails with the child, whose end is told elsewhere.
    this.#ready.promise.then(() => this.#child?.send(line)).catch(() => {});
  }

  keepAlive(isWanted: boolean): void {
    this.#isWanted = isWanted;
    this.#child?.keepAlive(isWanted);
    this.#read().catch((error) => this.#events.lose(error));
  }

  async end(): Promise<boolean> {
    this.#over.abort();
    this.#child?.keepAlive(true);
    await this.#child?.[Symbol.asyncDispose]();
    return true;
  }

  async #start(setup: Setup): Promise<void> {
    const { startChild } = await import("../process/child.ts");
    const { signal } = this.#over;
    this.#child = await startChild(PROGRAM, { marker: this.#marker, signal });
    if (signal.aborted) return await this.#child[Symbol.asyncDispose]();
    await this.#child.send(JSON.stringify(setup));
    await this.#read();
  }

  /** Reads as long as somebody waits: a pending read would keep this process alive. */
  async #read(): Promise<void> {
    const child = this.#child;
    if (this.#isReading || child === null) return;
    this.#isReading = true;
    try {
      while (this.#isWanted) {
        const report = await child.receive();
        if (report === null) {
          const found = `its process ${await child.explainEnd()}`;
          return this.#events.lose(found);
        }
        this.#ready.resolve();
        this.#events.hear(coder.decode(report));
      }
    } finally {
      this.#isReading = false;
    }
  }
}

/** The inside's end of the line; shipped by its own text. */
export function openPipe(
  createCoder: typeof createStructuredText,
  open: typeof openLink,
): GuestWire & { readSetup(): Promise<Setup> } {
  const { encode, decode } = createCoder();
  const link = open();
  let marker = "";
  let pending: Promise<void> | null = null;
  async function readLine(): Promise<string> {
    const line = await link.readLine();
    if (line !== null) return line;
    // The one who asked is gone. A timer of the function's must not keep us.
    globalThis.close();
    return await new Promise(() => {});
  }
  return {
    async readSetup() {
      const setup: Setup = JSON.parse(await readLine());
      marker = setup.secret;
      return setup;
    },
    post(message) {
      const text = `${marker}${encode(message)}\n`;
      const sent = pending === null
        ? link.write(text)
        : pending.then(() => link.write(text));
      const settled = sent.then(() => {
        if (pending === settled) pending = null;
      });
      pending = settled;
    },
    async listen(hear) {
      for (;;) hear(decode(await readLine()) as readonly unknown[]);
    },
  };
}

const coder = createStructuredText();
const PROGRAM = writeProgram([
  `(${openPipe})(${createStructuredText}, ${openLink})`,
  "await wire.readSetup()",
]);

/**
 * A child process's end of the line to its parent.
 *
 * Shipped by its own text, see `guest.ts`. The line is the child's standard
 * input and output, unless whoever has started the child gives another at
 * `globalThis[Symbol.for("Skein.link")]`. The parent's end is `child.ts`.
 * @module
 */

/** The line. */
export interface Link {
  /** Waits for the next line of text; `null` when the parent has gone. */
  readLine(): Promise<string | null>;
  /** Sends text as it is. */
  write(text: string): Promise<void>;
}

export function openLink(): Link {
  interface Given {
    readonly readable: ReadableStream<Uint8Array>;
    write(bytes: Uint8Array): Promise<void>;
  }
  const given = (globalThis as Record<symbol, unknown>)[
    Symbol.for("Skein.link")
  ] as Given | undefined;
  const { readable, write }: Given = given ?? {
    readable: Deno.stdin.readable,
    // deno-lint-ignore require-await -- What is written at once is over then.
    async write(bytes) {
      let rest = bytes;
      while (rest.length > 0) {
        rest = rest.subarray(Deno.stdout.writeSync(rest));
      }
    },
  };
  const chunks = readable.pipeThrough(
    new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>,
  ).getReader();
  const parts: string[] = [];
  return {
    async readLine() {
      // In parts, as a long line comes in many chunks.
      for (;;) {
        const last = parts.at(-1) ?? "";
        const end = last.indexOf("\n");
        if (end !== -1) {
          const line = parts.slice(0, -1).join("") + last.slice(0, end);
          parts.splice(0, parts.length, last.slice(end + 1));
          return line;
        }
        const { done, value } = await chunks.read();
        if (done) return null;
        parts.push(value);
      }
    },
    write: (text) => write(new TextEncoder().encode(text)),
  };
}

/**
 * Watches what a program writes to a subprocess: a pipe that is full makes the
 * writer wait, at the pace of who reads.
 *
 * Watched are writers of `stdin.getWriter()`; what `pipeTo()` writes is not.
 * @module
 */
import type { Context, NamedWait } from "./context.ts";

/** Who takes waits. */
export interface PipeHost {
  /** Takes a wait of whose code this is, and gives what ends it. */
  wait(reason: string): () => void;
}

/** Starts watching the writers of a child's standard input. */
export function watchPipe(
  child: object,
  reason: string,
  host: PipeHost,
): void {
  let stdin: WritableStream<Uint8Array>;
  try {
    ({ stdin } = child as Deno.ChildProcess);
  } catch {
    // It has no such pipe: reading the property throws.
    return;
  }
  const getWriter = stdin.getWriter.bind(stdin);
  stdin.getWriter = () => {
    const writer = getWriter();
    const write = writer.write.bind(writer);
    writer.write = (chunk) => {
      const written = write(chunk);
      const end = host.wait(reason);
      // Whoever writes hears of a failure; here only the moment counts.
      written.then(end, end);
      return written;
    };
    return writer;
  };
}

/** Notes a wait; one that is over at once was none. */
export function beginWait(
  waits: NamedWait[],
  context: Context,
  reason: string,
): () => void {
  const wait = { context, reason, startMs: performance.now(), endMs: Infinity };
  waits.push(wait);
  return () => {
    wait.endMs = performance.now();
    const isShort = wait.endMs - wait.startMs < SHORT_WAIT_MS;
    if (isShort && waits.at(-1) === wait) waits.pop();
  };
}

const SHORT_WAIT_MS = 0.5;

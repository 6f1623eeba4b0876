/**
 * Sends what is written to the standard streams to the cell that wrote it:
 * `Deno.stdout`, `Deno.stderr`, and Node's `process.stdout` and `stderr`.
 *
 * Writes to the bare descriptors, by native code or `fs.writeSync(1, …)`, do
 * not pass here; they reach the kernel as raw text.
 * @module
 */
import type { WriteStream } from "./frames.ts";
import {
  bare,
  decodeText,
  defineProperty,
  lengthOf,
  nodeProcess,
  queueMicrotask,
  ThePromise,
  TheReadableStream,
  TheTextDecoder,
  TheWritableStream,
} from "./intrinsics.ts";

/**
 * Replaces the write methods of the standard streams.
 *
 * @param write Where text goes.
 */
export function installStdio(write: WriteStream): void {
  replaceDenoStream(Deno.stdout, "stdout", write);
  replaceDenoStream(Deno.stderr, "stderr", write);
}

/**
 * Makes stdin look as if it had ended: what comes there are answers to
 * questions, and a cell that reads it would take them from `prompt`.
 *
 * Node's `process.stdin` reads by the same object.
 */
export function closeStdin(): void {
  const ended = () => null;
  const empty = new TheReadableStream<Uint8Array>({
    start: (controller) => controller.close(),
  });
  const define = (name: string, value: unknown) =>
    defineProperty(
      Deno.stdin,
      name,
      bare({ value, configurable: true, writable: true }),
    );
  define("readSync", ended);
  define("read", () => new ThePromise((resolve) => resolve(null)));
  define("readable", empty);
  define("close", () => {});
  define("setRaw", () => {});
  define("isTerminal", () => false);
}

/**
 * Replaces the write methods of Node's streams.
 *
 * Apart from {@link installStdio}, because the first touch of `process` loads
 * Node's compatibility layer, which takes 20 ms.
 *
 * @param write Where text goes.
 */
export function installNodeStdio(write: WriteStream): void {
  const process = nodeProcess() as Record<"stdout" | "stderr", NodeStream>;
  replaceNodeStream(process.stdout, "stdout", write);
  replaceNodeStream(process.stderr, "stderr", write);
}

function replaceDenoStream(
  stream: typeof Deno.stdout,
  name: "stdout" | "stderr",
  write: WriteStream,
): void {
  const decoder = new TheTextDecoder();
  const writeSync = (bytes: Uint8Array) => {
    // A character may be cut between two writes.
    write(name, decodeText(decoder, bytes, STREAMING));
    return lengthOf(bytes);
  };
  // Piping into it closes it, which must not make the next cell mute.
  const open = (): WritableStream<Uint8Array> =>
    new TheWritableStream({
      write: (bytes) => void writeSync(bytes),
      close: () => void (writable = open()),
      abort: () => void (writable = open()),
    });
  let writable = open();
  Object.defineProperties(stream, {
    writeSync: { value: writeSync, configurable: true, writable: true },
    write: {
      value: (bytes: Uint8Array) =>
        new ThePromise((resolve) => resolve(writeSync(bytes))),
      configurable: true,
      writable: true,
    },
    writable: { get: () => writable, configurable: true },
    // What we tell the kernel goes over the same descriptor.
    close: { value: () => {}, configurable: true, writable: true },
  });
}

const STREAMING = bare({ stream: true });

interface NodeStream {
  write(
    chunk: string | Uint8Array,
    encoding?: string | (() => void),
    done?: () => void,
  ): boolean;
}

function replaceNodeStream(
  stream: NodeStream,
  name: "stdout" | "stderr",
  write: WriteStream,
): void {
  const decoder = new TheTextDecoder();
  stream.write = (chunk, encoding, done) => {
    const text = typeof chunk === "string"
      ? chunk
      : decodeText(decoder, chunk, STREAMING);
    write(name, text);
    const finish = typeof encoding === "function" ? encoding : done;
    if (finish) queueMicrotask(finish);
    return true;
  };
}

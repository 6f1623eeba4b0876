/**
 * A copy of a session: a process with the session's rights that runs a program
 * which the session sends it, and talks with the session alone.
 *
 * Its stdin holds where to call back. What it prints goes to the kernel; both
 * pipes get a mark before each line to the session, and when a line from it
 * comes after the session has said something: by these the kernel keeps the order.
 * @module
 */
import type { CopySetup } from "../../protocol/copies.ts";
import type { SessionEvent } from "../../protocol/session.ts";
import { createEmitter, createSink, STDOUT_BUFFER_BYTES } from "./frames.ts";

const setup: CopySetup = await new Response(Deno.stdin.readable).json();
const socket = await Deno.connect({ hostname: "127.0.0.1", port: setup.port });
socket.setNoDelay(true);
await writeAll(new TextEncoder().encode(setup.token));

const HEADER_BYTES = 8;
const LONGEST_MARK = 1024;
const frames = { ...setup, writer: 0, maxEventBytes: LONGEST_MARK };
const marks = [
  createSink(Deno.stdout.writeSync.bind(Deno.stdout), STDOUT_BUFFER_BYTES),
  createSink(Deno.stderr.writeSync.bind(Deno.stderr), 0),
].map((sink) => createEmitter(frames, sink));
const mark = (event: SessionEvent) => {
  for (const write of marks) {
    try {
      write(event);
    } catch {
      // The program has closed the descriptor; nobody waits for ever.
    }
  }
};

/** What the session had said when it sent this is shown before what we print now. */
let heard = 0;
async function receive(): Promise<Uint8Array<ArrayBuffer> | null> {
  const head = await readExactly(HEADER_BYTES);
  if (head === null) return null;
  const view = new DataView(head.buffer);
  const told = view.getUint32(0);
  if (told !== heard) {
    heard = told;
    mark({ type: "told", copyId: 0, executionId: "", number: told });
  }
  return await readExactly(view.getUint32(4));
}

const program = new TextDecoder().decode(await receive() ?? new Uint8Array());
let sent = 0;
// See `lib/run/link.ts`.
Object.defineProperty(globalThis, Symbol.for("Skein.link"), {
  value: {
    readable: new ReadableStream<Uint8Array>({
      async pull(controller) {
        const bytes = await receive();
        if (bytes === null) controller.close();
        else controller.enqueue(bytes);
      },
    }, { highWaterMark: 0 }),
    async write(bytes: Uint8Array) {
      mark({ type: "copied", copyId: 0, number: ++sent });
      await writeAll(bytes);
    },
  },
});
await import(`data:text/javascript,${encodeURIComponent(program)}`);

async function writeAll(bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await socket.write(bytes.subarray(at));
  }
}

/** Reads so many bytes; `null` when the session has gone. */
async function readExactly(
  count: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const read = await socket.read(bytes.subarray(at)).catch(() => null);
    if (read === null) return null;
    at += read;
  }
  return bytes;
}

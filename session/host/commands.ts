/**
 * Reads commands from the kernel's socket.
 * @module
 */
import type { SessionCommand } from "../../protocol/session.ts";
import {
  fromJson,
  queueMicrotask,
  TheDataView,
  TheTextDecoder,
  TheUint8Array,
} from "./intrinsics.ts";

/**
 * Carries out each command that arrives, until the socket ends.
 *
 * A command runs in a microtask of its own, queued so that the next read has
 * begun before: when V8 ends the code of a cell, it drops what is left of the
 * microtask queue, and this loop has to be elsewhere then, waiting for bytes.
 *
 * @param socket The connection to the kernel.
 * @param carryOut What to do with a command.
 */
export async function readCommands(
  socket: Deno.Conn,
  carryOut: (command: SessionCommand) => void,
): Promise<void> {
  const decoder = new TheTextDecoder();
  let held = new Uint8Array(0);
  const buffer = new Uint8Array(64 * 1024);
  for (;;) {
    const count = await socket.read(buffer).catch(() => null);
    if (count === null) return;
    const bytes = new TheUint8Array(held.length + count);
    bytes.set(held);
    bytes.set(buffer.subarray(0, count), held.length);
    const view = new TheDataView(bytes.buffer);
    let at = 0;
    while (bytes.length - at >= LENGTH_BYTES) {
      const end = at + LENGTH_BYTES + view.getUint32(at);
      if (end > bytes.length) break;
      const json = decoder.decode(bytes.subarray(at + LENGTH_BYTES, end));
      queueMicrotask(() => carryOut(fromJson(json) as SessionCommand));
      at = end;
    }
    held = bytes.slice(at);
  }
}

const LENGTH_BYTES = 4;

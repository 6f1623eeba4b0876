/**
 * The formats of images that front ends show.
 * @module
 */

/**
 * Tells an image format by its first bytes.
 *
 * @param bytes A whole file.
 * @returns Its MIME type, or `null` when it is none that front ends show.
 */
export function imageType(bytes: Uint8Array): string | null {
  for (let i = 0; i < SIGNATURES.length; i++) {
    const { mime, start } = SIGNATURES[i]!;
    let same = 0;
    while (same < start.length && bytes[same] === start[same]) same++;
    if (same === start.length) return mime;
  }
  return null;
}

const SIGNATURES: readonly {
  readonly mime: string;
  readonly start: readonly number[];
}[] = [
  { mime: "image/png", start: [0x89, 0x50, 0x4e, 0x47] },
  { mime: "image/jpeg", start: [0xff, 0xd8, 0xff] },
  { mime: "image/gif", start: [0x47, 0x49, 0x46, 0x38] },
  { mime: "application/pdf", start: [0x25, 0x50, 0x44, 0x46] },
];

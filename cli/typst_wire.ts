/**
 * What goes between us and the process that typesets: `typst.ts` asks,
 * `typst_main.ts` answers.
 *
 * Shape, both ways: `length of the JSON (4 bytes, big-endian) | JSON | bytes`,
 * where the JSON names how many bytes of what there are.
 * @module
 */

/** A question, but for the bytes of its files, which follow in their order. */
export interface TypstQuestion {
  /** Whether a PDF is wanted, or only whether the document can be compiled. */
  readonly type: "compile" | "accepts";
  readonly main: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** An answer; the PDF follows. The first one answers nothing: it is ready. */
export type TypstAnswer =
  | { readonly type: "ready" }
  | { readonly type: "unable"; readonly message: string }
  | { readonly type: "accepts"; readonly accepts: boolean }
  | { readonly type: "pdf"; readonly size: number }
  | {
    readonly type: "failed";
    readonly message: string;
    readonly characters: readonly string[];
  };

/**
 * Makes the bytes of a message, without what follows.
 *
 * @param message The question or the answer.
 */
export function packMessage(message: TypstQuestion | TypstAnswer): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(message));
  const bytes = new Uint8Array(4 + json.length);
  new DataView(bytes.buffer).setUint32(0, json.length);
  bytes.set(json, 4);
  return bytes;
}

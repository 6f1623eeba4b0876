/**
 * Signatures of Jupyter messages.
 *
 * Pure but for what is loaded: bytes in, values out. Node's module takes 20 ms to
 * load, a fifth of a kernel's start, so the usual scheme begins with a library
 * that takes 3; it is ten times slower for long messages, which come later.
 *
 * Source: Jupyter messaging protocol 5.5, "The wire protocol": the HMAC hex
 * digest of the four JSON parts as they are on the wire.
 * @module
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** Signs with one key. */
export interface Signer {
  /**
   * Signs.
   *
   * @param parts What is signed, in order.
   * @returns The signature in hexadecimal; empty without a key.
   */
  readonly sign: (parts: readonly Uint8Array[]) => string;
  /**
   * Tells whether a signature holds, in time that does not depend on where it
   * differs.
   *
   * @param parts What was signed, as received.
   * @param signature The signature as received.
   * @returns Whether it holds; always, without a key.
   */
  readonly verify: (
    parts: readonly Uint8Array[],
    signature: Uint8Array,
  ) => boolean;
  /** Whether there is a key at all. */
  readonly isSigning: boolean;
}

/** Loads Node's module: for long messages, and for schemes but the usual one. */
export async function loadNative(): Promise<void> {
  native ??= await import("node:crypto");
}

/**
 * Makes a signer.
 *
 * @param options `scheme`: "hmac-sha256", or `hmac-` and another digest that
 *   node knows, once {@link loadNative} is done; `key`: empty for messages that
 *   are not signed.
 * @returns The signer.
 * @throws {RangeError} If the scheme is not known.
 */
export function createSigner(
  { scheme, key }: { readonly scheme: string; readonly key: string },
): Signer {
  if (key === "") {
    return { sign: () => "", verify: () => true, isSigning: false };
  }
  const digest = scheme.startsWith("hmac-") ? scheme.slice(5) : "";
  const sign = (parts: readonly Uint8Array[]): string => {
    const signing = native?.createHmac(digest, key) ?? begin(digest, key);
    for (const part of parts) signing.update(part);
    return new Uint8Array(signing.digest()).toHex();
  };
  try {
    sign([]);
  } catch (cause) {
    throw new RangeError(
      `Cannot sign messages: signature scheme is "${scheme}", expected "hmac-sha256" or another HMAC that node knows`,
      { cause },
    );
  }
  return {
    sign,
    verify: (parts, signature) => {
      const expected = encoder.encode(sign(parts));
      // The length is no secret.
      if (expected.length !== signature.length) return false;
      let difference = 0;
      for (let i = 0; i < expected.length; i++) {
        difference |= expected[i]! ^ signature[i]!;
      }
      return difference === 0;
    },
    isSigning: true,
  };
}

/** Whether a signer of this scheme needs Node's module. */
export function needsNative(scheme: string): boolean {
  return scheme !== USUAL;
}

function begin(digest: string, key: string) {
  if (needsNative(`hmac-${digest}`)) throw new Error("it is not loaded");
  return hmac.create(sha256, encoder.encode(key));
}

const USUAL = "hmac-sha256";
const encoder = new TextEncoder();
let native: typeof import("node:crypto") | null = null;

/**
 * Signatures of Jupyter messages.
 *
 * Pure: bytes in, values out.
 *
 * Source: Jupyter messaging protocol 5.5, "The wire protocol": the HMAC hex
 * digest of the four JSON parts as they are on the wire.
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";

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

/**
 * Makes a signer.
 *
 * @param options `scheme`: "hmac-sha256", or `hmac-` and another digest that
 *   node knows; `key`: empty for messages that are not signed.
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
    const hmac = createHmac(digest, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
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
      const expected = Buffer.from(sign(parts), "latin1");
      // The length is no secret; the comparison throws if lengths differ.
      return expected.length === signature.length &&
        timingSafeEqual(expected, signature);
    },
    isSigning: true,
  };
}

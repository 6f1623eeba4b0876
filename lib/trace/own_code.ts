/**
 * Tells this library's own code from the code that is traced.
 *
 * Pure.
 * @module
 */

/** Tells whether code is of the tracing itself, or of the runtime. */
export function isOwnCode(address: string): boolean {
  return /^(node|ext|native|internal):/.test(address) ||
    FOLDERS.some((folder) => address.startsWith(folder)) &&
      !address.endsWith("_test.ts");
}

const FOLDERS = [".", "../trace.ts", "../base/record/"].map((folder) =>
  new URL(folder, import.meta.url).href
);

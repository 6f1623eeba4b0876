/**
 * Tells this library's own code from the code that is traced.
 *
 * Pure.
 * @module
 */

/**
 * Tells whether code is of the tracing itself, or of the runtime.
 *
 * @param address Where it is, as in a stack; such as `file:///lib/trace/tracer.ts` or `cell_3.ts`.
 * @returns Whether nobody traced wrote it; tests in this folder are traced.
 */
export function isOwnCode(address: string): boolean {
  return /^(node|ext|native|internal):/.test(address) ||
    FOLDERS.some((folder) => address.startsWith(folder)) &&
      !address.endsWith("_test.ts");
}

const FOLDERS = [".", "../trace.ts", "../base/record/"].map((folder) =>
  new URL(folder, import.meta.url).href
);

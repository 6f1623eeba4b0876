/**
 * The libraries that our pool is compared with.
 * @module
 */

/** Which of them, and which version. */
export const LIBRARIES = {
  workerpool: "10.0.3",
  "poolifier-web-worker": "0.5.15",
  piscina: "5.3.2",
  tinypool: "2.2.0",
  comlink: "4.4.2",
} as const;

/** Name of one of them. */
export type Library = keyof typeof LIBRARIES;

/**
 * Loads one of them.
 *
 * @param name Its name.
 * @returns Its exports. Without types: a literal address would bring the library into the
 * project's lock file, and all it is here for is a comparison.
 */
// deno-lint-ignore no-explicit-any -- See above.
export async function loadLibrary(name: Library): Promise<any> {
  const module = await import(`npm:${name}@${LIBRARIES[name]}`);
  return { ...module.default, ...module };
}

/**
 * Built-in modules of Node, without waiting for them: loaded when first used.
 *
 * For the stand-ins in this folder, which run in Node only.
 * @module
 */

/** Gives a built-in module. */
export function getBuiltin<T>(name: string): T {
  const { process } = globalThis as unknown as {
    readonly process: { getBuiltinModule(name: string): unknown };
  };
  return process.getBuiltinModule(name) as T;
}

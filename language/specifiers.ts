/**
 * Module specifiers: what a cell's `"./x.ts"` means in a script without a folder.
 *
 * Evaluated code has no address of its own, so relative specifiers would
 * resolve against the program that evaluates it. Pure.
 * @module
 */

/** What specifiers resolve against. */
export interface SpecifierOptions {
  /** The notebook's folder, a `file:` URL that ends in `/`. */
  readonly folderUrl: string;
  /** What some bare specifiers stand for, such as `skein`. @default nothing */
  readonly modules?: Readonly<Record<string, string>> | undefined;
}

/**
 * Resolves what depends on the notebook's folder, and leaves the rest.
 *
 * Bare names and `npm:`, `jsr:`, `node:`, `https:`, `data:` specifiers stay as
 * they are: the import map of the user's `deno.json` decides about them.
 *
 * @param specifier A specifier, or the constant beginning of one.
 * @param options The folder, and the address of `skein`.
 * @returns The specifier to use in a script.
 */
export function resolveSpecifier(
  specifier: string,
  options: SpecifierOptions,
): string {
  const { modules = {} } = options;
  if (Object.hasOwn(modules, specifier)) return modules[specifier]!;
  if (!RELATIVE.test(specifier)) return specifier;
  // The only quote that addresses may hold as it is.
  return new URL(specifier, options.folderUrl).href.replaceAll("'", "%27");
}

const RELATIVE = /^\.{0,2}\//;

/**
 * Modules that cells know by a name of their own.
 * @module
 */

/** What cells may import or require by a bare name, whatever the import map says. */
export const CELL_MODULES = {
  skein: import.meta.resolve("../mod.ts"),
  // Notebooks written for tslab run unchanged.
  tslab: import.meta.resolve("../lib/compat/tslab.ts"),
};

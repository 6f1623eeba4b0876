/**
 * What a notebook's folder says, and how much of it holds: its configuration,
 * the environment, and folders of our own that take their place.
 * @module
 */
export {
  type CellConfig,
  type ImportTable,
  NO_CONFIG,
  pickConfig,
  resolveImport,
  scopeCells,
  writeConfig,
} from "./config.ts";
export {
  denoFolder,
  type Environment,
  passEnvironment,
  pickEnvironment,
} from "./environment.ts";
export { findConfig, readConfig } from "./find.ts";
export {
  dirname,
  fromFileUrl,
  isAbsolute,
  join,
  resolve,
  SEPARATOR,
  toFileUrl,
} from "./paths.ts";
export { type CompilerOptions, readTsconfig } from "./tsconfig.ts";
export { listPackageTypes } from "./package_types.ts";
export { PrivateFolder } from "./private_folder.ts";

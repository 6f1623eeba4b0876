/**
 * The process that evaluates cells, seen from outside.
 * @module
 */
export type { Executable, InputAnswer } from "./requests.ts";
export type { SessionOptions } from "./options.ts";
export type { Launched, LaunchOptions } from "./launch.ts";
export { Session } from "./session.ts";
export { Guard } from "./guard.ts";
export { openCensus } from "./processes/census.ts";
export { defaultPermissions, type Permissions } from "./permissions.ts";
export type { Limits } from "./limits.ts";
export { findLinks, type LinkRules } from "./links.ts";
export { fromFileUrl, toFileUrl } from "../folder/mod.ts";
export { type Lookup, type LookupAnswer } from "./lookups.ts";
export type {
  LivingThing,
  LookedAt,
  LookedLock,
  SessionLook,
} from "./watch.ts";

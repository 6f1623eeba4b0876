/**
 * What a `package.json` says cells may import by name. Pure.
 *
 * Nothing but the names and versions of its packages holds: none of its scripts
 * ever runs, and its packages are loaded as `npm:` ones are.
 * @module
 */
import * as z from "zod/mini";
import type { ImportTable } from "./config.ts";

const versions = z.optional(z.record(z.string(), z.unknown()));

const packagesSchema = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  peerDependencies: versions,
});

/**
 * Gives the packages that a `package.json` names.
 *
 * Those that are no versions but files, addresses or members of a workspace are
 * left out: they are nothing that a registry has.
 *
 * @param value What the file says, as JSON.
 * @returns The names, and the package that each stands for.
 */
export function pickPackages(value: unknown): ImportTable {
  const found = z.safeParse(packagesSchema, value);
  if (!found.success) return {};
  const {
    dependencies,
    devDependencies,
    optionalDependencies,
    peerDependencies,
  } = found.data;
  const all = {
    ...peerDependencies,
    ...optionalDependencies,
    ...devDependencies,
    ...dependencies,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, version]) => {
      const target = targetOf(name, version);
      return target === null ? [] : [[name, target]];
    }),
  );
}

function targetOf(name: string, version: unknown): string | null {
  if (!NAME.test(name) || typeof version !== "string") return null;
  const wanted = version.trim();
  if (/^(npm|jsr):/.test(wanted)) return ALIAS.test(wanted) ? wanted : null;
  if (!VERSION.test(wanted)) return null;
  return `npm:${name}@${wanted === "" ? "*" : wanted}`;
}

const NAME = /^(@[a-z0-9~][\w.~-]*\/)?[a-z0-9~_][\w.~-]*$/i;
/** A version, a range, or a tag such as `latest`. */
const VERSION = /^[\w .^~<>=|*+-]*$/;
const ALIAS = /^(npm|jsr):@?\w[\w.~-]*(\/\w[\w.~-]*)?(@[\w .^~<>=|*+-]*)?$/;

/**
 * What the user is told about links in a notebook's folder. `session/` closes
 * what they lead to.
 * @module
 */
import { findLinks, type LinkRules, type Permissions } from "../session/mod.ts";
import { quote } from "./quote.ts";
import { UsageError } from "./usage.ts";

/**
 * Says what cells can not touch because of links: Deno's own error would name
 * an option that does not help.
 *
 * @param permissions What cells may touch.
 * @returns One sentence, or none.
 * @throws {UsageError} If cells can not be kept from following links.
 */
export function checkLinks(permissions: Permissions): readonly string[] {
  try {
    return linkTexts(findLinks(permissions));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/**
 * Says what is closed because of links.
 *
 * @param rules What is closed.
 */
export function linkTexts({ closed, fixed }: LinkRules): readonly string[] {
  const parts = [
    ...closed.size === 0 ? [] : [
      `neither read nor write ${list([...closed.keys()])} (${
        [...closed.values()].slice(0, MOST).map(({ path, target }) =>
          `the link ${quote(path)} leads to ${
            target === null ? "a place that is not known" : quote(target)
          }`
        ).join(", ")
      })`,
    ],
    ...fixed.length === 0 ? [] : [`not write ${list(fixed)}`],
  ];
  return parts.length === 0
    ? []
    : [`Because of links in the folder, cells can ${parts.join(", and ")}.`];
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST).map(quote).join(", ");
  return names.length > MOST
    ? `${shown} and ${names.length - MOST} more`
    : shown;
}

const MOST = 3;

/**
 * The name that a script carries, which stack traces show. Pure.
 * @module
 */
import type { CellScript } from "./transform.ts";

/**
 * Gives the line that names a script, its last one.
 *
 * @param name The name.
 */
export function nameLine(name: string): string {
  return `//# sourceURL=${name}`;
}

/**
 * Gives a script another name.
 *
 * @param script The script.
 * @param from The name that it carries.
 * @param to The name that it is to carry.
 */
export function renameScript(
  script: CellScript,
  from: string,
  to: string,
): CellScript {
  const rename = (text: string) =>
    text.slice(0, -nameLine(from).length) + nameLine(to);
  return {
    ...script,
    hoisted: script.hoisted === null ? null : rename(script.hoisted),
    body: rename(script.body),
  };
}

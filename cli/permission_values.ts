/**
 * Whether Deno takes the values of permissions that were typed.
 *
 * Only Deno knows what a host or a system fact is to it, so Deno is asked, by
 * starting it for an empty program; else each cell would end with its error.
 * @module
 */
import { readScopes } from "./permissions.ts";
import { type Arguments, UsageError } from "./usage.ts";

/**
 * Asks Deno about what was typed.
 *
 * @param args What was typed.
 * @throws {UsageError} If Deno does not take it.
 */
export async function checkPermissionValues(
  { lists, flags }: Pick<Arguments, "lists" | "flags">,
): Promise<void> {
  const names = Object.keys(lists).filter((name) => name.startsWith("allow-"));
  const typed = names.flatMap((name) => {
    const values = readScopes(lists, name.replace("allow-", ""));
    return values.includes("*") ? [] : [`--${name}=${values.join(",")}`];
  });
  if (typed.length === 0 || flags.has("allow-all")) return;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-config", "--no-lock", ...typed, "-"],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).output();
  if (success) return;
  const [first = ""] = new TextDecoder().decode(stderr).split("\n");
  throw new UsageError(`Cannot run: ${first.replace(/^error: /, "")}`);
}

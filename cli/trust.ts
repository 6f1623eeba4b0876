/**
 * `skein trust`: grants a notebook for good what it asks for.
 * @module
 */
import { dirname, resolve } from "node:path";
import { readNotebook } from "./files.ts";
import { listTrusted, removeTrust, writeTrust } from "./grants.ts";
import { askedRights } from "./asked.ts";
import { quote } from "./quote.ts";
import { areSameRights, NO_RIGHTS, rightsText } from "./rights.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";

/** What `skein trust` takes. */
export const TRUST_USAGE: Usage = {
  verb: "trust",
  operand: "[NOTEBOOK]",
  help:
    "Allow a notebook what its metadata asks for, each time it runs. If it asks\nfor something else later, you are asked again.",
  options: {
    list: { kind: "flag", help: "List trusted notebooks." },
    remove: { kind: "flag", help: "Stop trusting the notebook." },
  },
};

/**
 * Grants, lists or takes back.
 *
 * @param args What was typed.
 * @param terminal Where to say what is granted.
 * @returns The exit code.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function trust(
  { operand, flags }: Arguments,
  { print, env }: Terminal,
): Promise<number> {
  const isList = flags.has("list");
  if (isList !== (operand === "") || (isList && flags.has("remove"))) {
    throw new UsageError(
      "Cannot trust: expected one NOTEBOOK, or --list alone (see skein trust --help)",
    );
  }
  if (isList) {
    const trusted = await listTrusted(env);
    if (trusted.length === 0) print("No notebook is trusted.");
    for (const { path, rights } of trusted) {
      print(`${quote(path)} may ${rightsText(rights)}`);
    }
    return 0;
  }
  const path = await Deno.realPath(operand).catch(() => resolve(operand));
  if (flags.has("remove")) {
    if (await removeTrust(path, env)) {
      print(`${quote(path)} is not trusted any more`);
    } else {throw new UsageError(
        `Cannot remove trust: ${quote(path)} is not trusted`,
      );}
    return 0;
  }
  const notebook = await readNotebook(operand);
  const rights = await askedRights(notebook, dirname(path), env);
  if (areSameRights(rights, NO_RIGHTS)) {
    print(`${quote(path)} asks for no permission: there is nothing to trust`);
    return 0;
  }
  await writeTrust({ path, rights }, env);
  print(`${quote(path)} may ${rightsText(rights)}`);
  return 0;
}

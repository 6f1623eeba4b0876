/**
 * The real kernels, and how cases run in them: one kernel for each group.
 * @module
 */
import { fromFileUrl } from "../../session/mod.ts";
import type { Group } from "./case.ts";
import { writeFiles } from "./files.ts";
import { ForeignKernel } from "./foreign_kernel.ts";
import { type Result, runGroup } from "./run.ts";
import type { Compared } from "./suites.ts";

/**
 * Runs groups of cases in the kernel whose notebooks they stand for.
 *
 * @param compared The kernel.
 * @param groups The groups.
 * @param take Takes what became of each group.
 */
export async function runForeign(
  compared: Compared,
  groups: readonly Group[],
  take: (group: Group, results: readonly Result[]) => void,
): Promise<void> {
  const folder = fromFileUrl(
    import.meta.resolve(`../../out/compat/${compared}`),
  );
  await Deno.mkdir(folder, { recursive: true });
  if (compared === "tslab") await installTslab(folder);
  await writeFiles(folder);
  for (const group of groups) {
    const argv = compared === "deno"
      ? [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"]
      : [
        ...["node", `${folder}/node_modules/tslab/bin/tslab`, "kernel"],
        ...group.isJavaScript ? ["--js"] : [],
        ...["--config-path", "{connection_file}"],
      ];
    await using kernel = await ForeignKernel.start(argv, folder);
    take(group, await runGroup(group, kernel));
  }
}

/** Tells which versions were compared. */
export async function versionsOf(compared: Compared): Promise<string> {
  if (compared === "deno") return `deno jupyter of Deno ${Deno.version.deno}`;
  const { stdout } = await new Deno.Command("node", { args: ["--version"] })
    .output();
  const node = new TextDecoder().decode(stdout).trim();
  return `${TSLAB.replace("@", " ")} on Node ${node}`;
}

/** As its users do: with the types of Node beside it. */
async function installTslab(folder: string): Promise<void> {
  const isThere = await Deno.stat(`${folder}/node_modules/tslab/bin/tslab`)
    .then(() => true, () => false);
  if (isThere) return;
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const { success, code } = await new Deno.Command("npm", {
    args: ["install", ...quiet, "--prefix", folder, TSLAB, NODE_TYPES],
    stdout: "null",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot install ${TSLAB}: npm gave ${code}`);
}

const TSLAB = "tslab@1.0.22";
const NODE_TYPES = "@types/node@20.19.0";

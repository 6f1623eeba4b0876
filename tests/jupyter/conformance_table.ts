/**
 * `deno task conformance`: writes `docs/kernel-conformance.md`, which compares
 * this kernel with others. Arguments are handed on to `kernel_bench.py`.
 * @module
 */
import { fromFileUrl } from "../../session/mod.ts";
import { runBench } from "./conformance.ts";
import { prepareEnvironment } from "./environment.ts";
import { installTslab } from "./tslab.ts";

const environment = await prepareEnvironment();
await must(["jupyter", "--install", "--force"], environment.env);
await installTslab(environment);
const table = fromFileUrl(import.meta.resolve("../../out/conformance.md"));
const json = fromFileUrl(import.meta.resolve("../../out/conformance.json"));
const wanted = ["skein", "python3", "deno", "tslab", "--repeats", "5"];
wanted.push("--probe-repeats", "1", ...Deno.args);
await runBench(environment, [...wanted, "--json", json, "--markdown", table]);
const measured = await Deno.readTextFile(table);
const target = new URL("../../docs/kernel-conformance.md", import.meta.url);
const head = `# Kernels compared

Made by \`deno task conformance\`, which runs \`tests/jupyter/kernel_bench.py ${
  wanted.join(" ")
}\`: other kernels and this one under the same client, on the same machine, in turns. \`skein\` is this repository, \`python3\` is ipykernel, \`deno\` is \`deno jupyter\` of the Deno that runs us, \`tslab\` is tslab 1.0.22 on the Node that is there.
`;
const text = measured.replace(/^# .*\n/, head);
await Deno.writeTextFile(target, withoutPaths(text));

/** What a failed test logs may name folders of this machine. */
function withoutPaths(text: string): string {
  const root = fromFileUrl(import.meta.resolve("../../"));
  const home = Deno.env.get("HOME");
  return [root, root.slice(0, -1), ...home ? [home] : []]
    .reduce((rest, path) => rest.replaceAll(path, "…"), text);
}

async function must(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { success, code } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { ...env },
    stdout: "null",
    stderr: "inherit",
  }).output();
  if (!success) {
    throw new Error(`Cannot compare: deno ${args.join(" ")} gave ${code}`);
  }
}

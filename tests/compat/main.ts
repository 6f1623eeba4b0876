// deno-lint-ignore-file no-console -- A program whose output is its result.
/**
 * `deno task compat`: asks all cases of us and of the real kernels, and writes
 * `docs/compat.md`, with both beside each other.
 * @module
 */
import { SKEIN_VERSION } from "../../kernel/mod.ts";
import { fromFileUrl } from "../../session/mod.ts";
import type { Group } from "./case.ts";
import { runForeign, versionsOf } from "./foreign.ts";
import { runOwn } from "./own_kernel.ts";
import type { Result } from "./run.ts";
import { type Compared, SUITES } from "./suites.ts";

const target = new URL("../../docs/compat.md", import.meta.url);
const sections: string[] = [];
const counts: string[] = [];
for (const compared of Object.keys(SUITES) as Compared[]) {
  const groups = SUITES[compared];
  const ours = await gather(compared, groups, runOwn);
  const theirs = await gather(compared, groups, runForeign);
  const name = compared === "deno" ? "deno jupyter" : compared;
  const total = [...ours.values()].flat();
  const count = (results: readonly Result[]) =>
    results.filter(({ isRight }) => isRight).length;
  counts.push(
    `| ${await versionsOf(compared)} | ${total.length} | ${count(total)} | ${
      count([...theirs.values()].flat())
    } |`,
  );
  sections.push(`## ${name}`);
  for (const group of groups) {
    sections.push(
      writeTable(group, ours.get(group)!, theirs.get(group)!, name),
    );
  }
}
await Deno.writeTextFile(
  target,
  withoutPaths(
    `# Cells made for other kernels

Made by \`deno task compat\` on ${
      new Date().toISOString().slice(0, 10)
    } with Skein ${SKEIN_VERSION} on Deno ${Deno.version.deno}: the cases of \`tests/compat/\`, each in a kernel of ours, as \`skein install --as\` would start it, and in the kernel that the notebooks were made for. _Yes_ means that all came as the case expects; else it says what came. Quotes, white space and colours do not count, nor does the message on which a value travels: tslab sends values as printed text, and errors too.

| kernel | cases | as expected by Skein | by the kernel itself |
|---|---|---|---|
${counts.join("\n")}

${sections.join("\n\n")}
`,
  ),
);
console.log(counts.join("\n"));
Deno.exit(0);

async function gather(
  compared: Compared,
  groups: readonly Group[],
  run: typeof runOwn,
): Promise<ReadonlyMap<Group, readonly Result[]>> {
  const all = new Map<Group, readonly Result[]>();
  await run(compared, groups, (group, results) => {
    all.set(group, results);
    const right = results.filter(({ isRight }) => isRight).length;
    console.log(`${compared}, ${group.title}: ${right} of ${results.length}`);
  });
  return all;
}

function writeTable(
  { title }: Group,
  ours: readonly Result[],
  theirs: readonly Result[],
  name: string,
): string {
  const rows = ours.map((own, i) => {
    const other = theirs[i]!;
    const note = own.one.note === undefined || other.isRight
      ? ""
      : ` (${own.one.note})`;
    return `| ${escape(own.one.name)} | ${say(own)} | ${say(other)}${
      escape(note)
    } |`;
  });
  return `### ${title}\n\n| | Skein | ${name} |\n|---|---|---|\n${
    rows.join("\n")
  }`;
}

function say({ isRight, found }: Result): string {
  return isRight ? "yes" : escape(found);
}

function escape(text: string): string {
  return text.replace(/[\\`*_[\]<>|~$]/g, "\\$&");
}

/** What a kernel says may name folders of this machine. */
function withoutPaths(text: string): string {
  const root = fromFileUrl(import.meta.resolve("../../"));
  const paths = [root, Deno.env.get("HOME") ?? root, Deno.env.get("TMPDIR")];
  return paths.filter((path) => path !== undefined && path.length > 1)
    .reduce<string>((rest, path) => rest.replaceAll(escape(path!), "…/"), text)
    .replace(/\/tmp\/[^\s/]*/g, "…");
}

/**
 * Measures what a notebook waits for when it imports `mod.ts`.
 * @module
 */
import { fromFileUrl } from "../session/mod.ts";
import { type Row, summarize } from "./report.ts";

/**
 * Imports `mod.ts`, a module without content, and the parts that cost most, each
 * in a process of its own, by turns.
 *
 * Units: milliseconds of a dynamic `import()`, as in a cell; starting the process
 * is no part of it, caches are warm.
 *
 * @param rounds How often each is loaded; the first round, not counted, fills the caches.
 * @returns Rows of a report.
 */
export async function measureLoading(rounds: number): Promise<readonly Row[]> {
  const samples = new Map(TARGETS.map(({ name }) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    for (const { name, url } of TARGETS) {
      const ms = await timeImport(url);
      if (round >= 0) samples.get(name)!.push(ms);
    }
  }
  const empty = summarize(samples.get(TARGETS[0]!.name)!);
  return TARGETS.map(({ name, goal }, index) => ({
    name,
    summary: summarize(samples.get(name)!),
    ...(goal === undefined ? {} : { goal }),
    ...(index === 0 ? {} : { than: empty }),
  }));
}

async function timeImport(url: string): Promise<number> {
  const code = `const startMs = performance.now();
await import(${JSON.stringify(url)});
console.log(performance.now() - startMs);`;
  const { stdout, success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--config", CONFIG, toDataUrl(code)],
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  return Number(decoder.decode(stdout));
}

function toDataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

const CONFIG = fromFileUrl(import.meta.resolve("../deno.json"));

const TARGETS: readonly {
  readonly name: string;
  readonly url: string;
  readonly goal?: string;
}[] = [
  { name: "import of an empty module", url: toDataUrl("export {};") },
  {
    name: "import of mod.ts",
    url: import.meta.resolve("../mod.ts"),
    goal: "30 ms",
  },
  {
    name: "of that, locks and channels",
    url: import.meta.resolve("../lib/sync/mod.ts"),
  },
  {
    name: "of that, the parser of functions",
    url: import.meta.resolve("../lib/run/capture.ts"),
  },
];

/**
 * Times `skein strip` as a filter of git, which starts it for each file, beside an
 * empty program.
 * @module
 */
import { fromFileUrl } from "../session/mod.ts";
import { type Row, summarize } from "./report.ts";

/**
 * Strips a small notebook in whole processes, in turns with `deno run` of an empty
 * file.
 *
 * Units: milliseconds from start to end, and of processor time, which a busy
 * machine changes less.
 *
 * @param rounds How often; one round before that fills the caches.
 */
export async function measureStrip(rounds: number): Promise<readonly Row[]> {
  const folder = await Deno.makeTempDir();
  try {
    const empty = `${folder}/empty.ts`;
    await Deno.writeTextFile(empty, "");
    const main = fromFileUrl(import.meta.resolve("../main.ts"));
    const programs = [["run", empty], ["run", "-A", main, "strip"]];
    const samples = programs.map(() => [] as Sample[]);
    for (let round = -1; round < rounds; round++) {
      for (const [at, args] of programs.entries()) {
        const sample = await time(args);
        if (round >= 0) samples[at]!.push(sample);
      }
    }
    const [first, second] = samples.map((all) => ({
      wall: summarize(all.map(({ wallMs }) => wallMs)),
      cpu: summarize(all.map(({ cpuMs }) => cpuMs)),
    }));
    return [
      { name: "deno run of an empty file", summary: first!.wall },
      {
        name: "skein strip, 20 cells",
        summary: second!.wall,
        goal: "under 100 ms",
        than: first!.wall,
      },
      { name: "… processor time of the empty file", summary: first!.cpu },
      {
        name: "… processor time of skein strip",
        summary: second!.cpu,
        than: first!.cpu,
      },
    ];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Sample {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** The shell says what processor time its children took. */
async function time(args: readonly string[]): Promise<Sample> {
  const child = new Deno.Command("bash", {
    args: ["-c", '"$@" && times >&2', "bash", Deno.execPath(), ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const startMs = performance.now();
  const writer = child.stdin.getWriter();
  await writer.write(NOTEBOOK);
  await writer.close();
  const { success, stderr } = await child.output();
  const wallMs = performance.now() - startMs;
  const text = new TextDecoder().decode(stderr);
  if (!success) throw new Error(text);
  const ofChildren = text.trim().split("\n").at(-1)!;
  const seconds = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
  return { wallMs, cpuMs: 1000 * seconds.reduce((sum, one) => sum + one, 0) };
}

const NOTEBOOK = new TextEncoder().encode(JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: Array.from({ length: 20 }, (_, at) => ({
    cell_type: "code",
    id: `cell-${at}`,
    metadata: {},
    source: "console.log(1);",
    execution_count: at,
    outputs: [{ output_type: "stream", name: "stdout", text: "1\n" }],
  })),
}));

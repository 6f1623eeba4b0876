/**
 * What it costs to know a cell's types, with ever more cells before it.
 *
 * Prints, never asserts: a test that asserts a time fails on a busy machine.
 * @module
 */
import { LanguageService } from "../language/service.ts";
import { printRows, type Row, summarize } from "./report.ts";

/**
 * Measures and prints what diagnostics, completion and inspection take, warm.
 *
 * Each question is about another cell, which uses names of early and of late
 * cells, as typing and running do; the running program is not asked.
 *
 * @param rounds How often each question is asked at each size.
 * @param sizes How many cells were run before.
 */
export async function benchLanguage(
  rounds = 20,
  sizes: readonly number[] = [0, 100, 250, 500],
): Promise<void> {
  const rows: Row[] = [];
  const memory: string[] = [];
  for (const size of sizes) {
    // A server of its own each, so that memory is that of this size.
    await using service = new LanguageService({ folderUrl: FOLDER });
    for (let i = 0; i < size; i++) service.ran(writeCell(i));
    const startMs = performance.now();
    await service.diagnose(writeQuestion(0, size));
    const readyMs = performance.now() - startMs;
    const times = await measure(service, { rounds, size });
    for (const { name, goal, samples } of times) {
      const title = `${name}, ${size} earlier cells`;
      const isPromised = size === 100;
      const summary = summarize(samples);
      rows.push({ name: title, summary, ...(isPromised ? { goal } : {}) });
    }
    const rss = await readResidentMib(service.serverPid);
    memory.push(
      `${size} earlier cells: first answer after ${
        (readyMs / 1000).toFixed(1)
      } s, server ${rss} resident`,
    );
  }
  printRows(rows);
  // deno-lint-ignore no-console -- Printing is what this file is for.
  console.log(memory.join("\n"));
}

interface Measured {
  readonly name: string;
  readonly goal: string;
  readonly samples: number[];
}

async function measure(
  service: LanguageService,
  { rounds, size }: { readonly rounds: number; readonly size: number },
): Promise<readonly Measured[]> {
  const questions = [
    {
      name: "diagnostics of a cell that runs",
      goal: "30 ms",
      ask: async (number: number) => {
        const source = writeQuestion(number, size);
        await service.diagnose(service.ran(source));
      },
    },
    {
      name: "completion, first of a cell",
      goal: "15 ms",
      ask: async (number: number) => {
        const source = writeQuestion(number, size);
        await service.complete(source, source.length);
      },
    },
    {
      name: "completion, while typing",
      goal: "15 ms",
      ask: async (number: number) => {
        const source = `${writeQuestion(number, size)}//\n"${number}".toUp`;
        await service.complete(source, source.length);
      },
    },
    {
      name: "completion, asked again",
      goal: "15 ms",
      ask: async (number: number) => {
        const source = `${writeQuestion(number, size)}//\n"${number}".toUp`;
        await service.complete(source, source.length);
      },
    },
    {
      name: "inspection, after a change",
      goal: "15 ms",
      ask: async (number: number) => {
        const source = `${writeQuestion(number, size)}perCase(); ${number}`;
        await service.inspect(source, source.indexOf("answer"));
      },
    },
  ].map((question) => ({ ...question, samples: [] as number[] }));
  // The first rounds compile.
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const { ask, samples } of questions) {
      // Nobody types sooner; meanwhile the server looks around after a run.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const startMs = performance.now();
      await ask(round + WARM_UP);
      if (round >= 0) samples.push(performance.now() - startMs);
    }
  }
  return questions;
}

/** A cell as notebooks have them: a type, a value and a function that uses both. */
function writeCell(number: number): string {
  const before = number === 0 ? "[1, 2, 3]" : `parse${number - 1}("1")`;
  return `interface Row${number} { name: string; score: number }
const rows${number}: Row${number}[] = ${before}.map((score) => ({
  name: "row", score: Number(score),
}));
function parse${number}(text: string): number[] {
  return text.split(",").map(Number).filter((n) => n > rows${number}.length);
}`;
}

/** A cell that uses early and late cells, others each time. */
function writeQuestion(number: number, size: number): string {
  const [early, late] = [number % Math.max(size, 1), size - 1];
  const value = size === 0
    ? `${number}`
    : `rows${early}.length + parse${late}("1").length`;
  return `const answer = ${value};\nconst text = "a" + answer;\ntext.toUp`;
}

async function readResidentMib(pid: number | null): Promise<string> {
  try {
    const status = await Deno.readTextFile(`/proc/${pid}/status`);
    const kib = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
    return `${Math.round(kib / 1024)} MiB`;
  } catch {
    // Only Linux says so in a file.
    return "unknown";
  }
}

const WARM_UP = 5;
const PAUSE_MS = 100;
const FOLDER = new URL("./", import.meta.url).href;

if (import.meta.main) await benchLanguage();

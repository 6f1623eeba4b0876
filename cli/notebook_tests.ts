/**
 * `skein test`: notebooks as tests.
 * @module
 */
import { join, resolve } from "node:path";
import type { Notebook } from "../nbformat/mod.ts";
import { checkLanguage, inParallel, type RunOptions } from "../runner/mod.ts";
import { testNotebook, updateOutputs } from "../testing/mod.ts";
import { bar } from "./bar.ts";
import { readJobs } from "./exam_options.ts";
import { EXECUTE_OPTIONS } from "./execute.ts";
import { readNotebook, readText } from "./files.ts";
import { listFolder } from "./folder_files.ts";
import { quote } from "./quote.ts";
import { logUncaught } from "./rejections.ts";
import type { Terminal } from "./run.ts";
import { prepare, runOptions } from "./run_options.ts";
import { takeSignals } from "./signals.ts";
import {
  countResults,
  countText,
  fileLines,
  type TestedFile,
  testJunit,
} from "./notebook_report.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";
import { checkWritable, writeFile } from "./write_file.ts";

/** What `skein test` takes. */
export const TEST_USAGE: Usage = {
  verb: "test",
  operand: "PATH…",
  help:
    "Run notebooks, or all in a folder, and compare their outputs with the\nsaved ones. Cells say how in their metadata: see docs/testing.md.",
  options: {
    lax: {
      kind: "flag",
      help: "Compare only cells that ask for it, as nbval --nbval-lax.",
    },
    update: {
      kind: "flag",
      help: "Write outputs that differ into the notebooks.",
    },
    junit: { kind: "value", value: "PATH", help: "Write JUnit XML." },
    jobs: {
      kind: "value",
      short: "j",
      value: "NUMBER",
      help: "Test so many notebooks at a time. Default: one per core.",
    },
    ...EXECUTE_OPTIONS,
  },
};

/** A notebook that is ready to be tested. */
interface Prepared {
  readonly path: string;
  /** The file, and what it holds. */
  readonly text: string;
  readonly saved: Notebook;
  /** What is run: with parameters. */
  readonly notebook: Notebook;
  readonly options: RunOptions;
}

/** One that can not be. */
interface Refused {
  readonly path: string;
  readonly failure: string;
}

/**
 * Tests notebooks.
 *
 * @param args What was typed.
 * @param terminal Where to say how they went.
 * @returns The exit code: 0, 1 if something did not pass, 130 if the user stopped
 *   it.
 * @throws {UsageError} If something typed is wrong, or there is no notebook.
 */
export async function test(
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { junit } = args.values;
  if (junit !== undefined) await checkWritable(junit);
  const jobs = readJobs(args, "test");
  const files: (Prepared | Refused)[] = [];
  for (const path of await listNotebooks(args.operands)) {
    const file = await prepareFile(path, args, terminal);
    if (file !== null) files.push(file);
  }
  if (files.length === 0) {
    throw new UsageError(
      `Cannot test: found no notebook for TypeScript in ${
        args.operands.map(quote).join(", ")
      }`,
    );
  }
  const stop = new AbortController();
  using _signals = takeSignals(() => stop.abort());
  using _uncaught = logUncaught(terminal.print);
  let done = 0;
  const tested = await inParallel(files, jobs, async (file) => {
    const { length: total } = files;
    const one = await testFile(file, {
      args,
      signal: stop.signal,
      onCell: (at, cells) =>
        terminal.print(
          `${bar(done, total)}  ${file.path} ${at}/${cells}`,
          false,
        ),
    });
    done++;
    for (const line of fileLines(one)) terminal.print(line);
    return one;
  });
  if (junit !== undefined) await writeFile(junit, testJunit(tested));
  const counts = countResults(tested);
  terminal.print(
    `\n${files.length === 1 ? "1 notebook" : `${files.length} notebooks`}: ${
      countText(counts)
    }`,
  );
  if (stop.signal.aborted) return EXIT_STOPPED;
  return counts.failed + counts.error === 0 ? 0 : 1;
}

async function listNotebooks(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const isFolder = await Deno.stat(path)
      .then(({ isDirectory }) => isDirectory, () => false);
    if (!isFolder) found.push(path);
    else {
      const { notebooks } = await listFolder(path);
      found.push(...notebooks.map((name) => join(path, name)));
    }
  }
  return [...new Set(found)];
}

async function prepareFile(
  path: string,
  args: Arguments,
  terminal: Terminal,
): Promise<Prepared | Refused | null> {
  const own = { ...args, operand: path };
  // What was typed as it stands has to be a notebook of ours.
  const isTyped = args.operands.includes(path);
  try {
    const text = await readText(path);
    const notebook = await readNotebook(path, text);
    if (!isTyped && !isOurs(notebook)) return null;
    const prepared = await prepare(notebook, own);
    const file = { path: resolve(path), notebook: prepared.notebook };
    const options = await runOptions(own, file, terminal);
    return {
      path,
      text,
      saved: notebook,
      notebook: prepared.notebook,
      options,
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { path, failure: error.message };
  }
}

function isOurs(notebook: Notebook): boolean {
  try {
    checkLanguage(notebook);
    return true;
  } catch {
    // A folder may hold notebooks for other kernels.
    return false;
  }
}

async function testFile(
  file: Prepared | Refused,
  { args, signal, onCell }: {
    readonly args: Arguments;
    readonly signal: AbortSignal;
    readonly onCell: (done: number, total: number) => void;
  },
): Promise<TestedFile> {
  const { path } = file;
  if ("failure" in file) {
    return { path, results: [], failure: file.failure, isUpdated: false };
  }
  const { text, saved, notebook, options } = file;
  try {
    const { results, changed } = await testNotebook(notebook, {
      ...options,
      isLax: args.flags.has("lax"),
      signal,
      onCell,
    });
    const isUpdated = args.flags.has("update") && changed.size > 0 &&
      !signal.aborted;
    if (isUpdated) {
      await writeFile(path, updateOutputs(text, saved, changed));
    }
    return {
      path,
      failure: null,
      isUpdated,
      results: isUpdated
        ? results.map((one) =>
          one.kind === "outputs" && one.outcome === "failed"
            ? { ...one, outcome: "passed", message: "", details: "" }
            : one
        )
        : results,
    };
  } catch (error) {
    // One bad notebook never stops the rest.
    const failure = (error as Error).message;
    return { path, results: [], failure, isUpdated: false };
  }
}

const EXIT_STOPPED = 130;

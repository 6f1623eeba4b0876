/**
 * The command line: picks the verb, wires the real terminal, decides the exit.
 *
 * Exit codes: 0 when all went well, 1 when a cell failed, 2 when something
 * typed or read is wrong or the system refuses, 130 when the user stopped it.
 * @module
 */
import type { Terminal } from "./cli/run.ts";
import { terminalText } from "./cli/terminal_text.ts";
import {
  type Arguments,
  helpText,
  readArguments,
  type Usage,
  UsageError,
} from "./cli/usage.ts";

interface Verb {
  readonly usage: Usage;
  /** Where its lines go. @default stdout */
  readonly prints?: typeof Deno.stderr;
  readonly carryOut: (args: Arguments, terminal: Terminal) => Promise<number>;
}

/** Each verb loads its own modules: `--help` needs none of them. */
const VERBS: Readonly<
  Record<string, (args: readonly string[]) => Promise<Verb>>
> = {
  run: async () => {
    const { run, RUN_USAGE } = await load<typeof import("./cli/run.ts")>(
      "./cli/run.ts",
    );
    return { usage: RUN_USAGE, carryOut: run };
  },
  open: async () => {
    const { open, OPEN_USAGE } = await load<typeof import("./cli/open.ts")>(
      "./cli/open.ts",
    );
    return { usage: OPEN_USAGE, carryOut: open };
  },
  serve: async () => {
    const { serve, SERVE_USAGE } = await load<typeof import("./cli/serve.ts")>(
      "./cli/serve.ts",
    );
    return { usage: SERVE_USAGE, carryOut: serve };
  },
  export: async (args) => {
    const { exportNotebooks, exportUsage } = await load<
      typeof import("./cli/export.ts")
    >("./cli/export.ts");
    const usage = await exportUsage(args.includes("--execute"));
    return { usage, carryOut: exportNotebooks };
  },
  test: async () => {
    const { test, TEST_USAGE } = await load<
      typeof import("./cli/notebook_tests.ts")
    >("./cli/notebook_tests.ts");
    return { usage: TEST_USAGE, carryOut: test };
  },
  assign: async () => {
    const { assign, ASSIGN_USAGE } = await load<
      typeof import("./cli/assign.ts")
    >("./cli/assign.ts");
    return { usage: ASSIGN_USAGE, carryOut: assign };
  },
  grade: async () => {
    const { grade, GRADE_USAGE } = await load<typeof import("./cli/grade.ts")>(
      "./cli/grade.ts",
    );
    return { usage: GRADE_USAGE, carryOut: grade };
  },
  site: async () => {
    const { site, SITE_USAGE } = await load<typeof import("./cli/site.ts")>(
      "./cli/site.ts",
    );
    return { usage: SITE_USAGE, carryOut: site };
  },
  convert: async () => {
    const { convert, CONVERT_USAGE } = await load<
      typeof import("./cli/convert.ts")
    >("./cli/convert.ts");
    return { usage: CONVERT_USAGE, carryOut: convert };
  },
  strip: async () => {
    const { strip, STRIP_USAGE } = await load<typeof import("./cli/strip.ts")>(
      "./cli/strip.ts",
    );
    return { usage: STRIP_USAGE, carryOut: strip };
  },
  diff: async () => {
    const { diff, DIFF_USAGE } = await load<typeof import("./cli/diff.ts")>(
      "./cli/diff.ts",
    );
    return { usage: DIFF_USAGE, carryOut: diff };
  },
  kernel: async (args) => {
    const early = await startKernelParts(args);
    const { KERNEL_USAGE, serveKernel } = await load<
      typeof import("./cli/kernel.ts")
    >("./cli/kernel.ts");
    return {
      usage: KERNEL_USAGE,
      // Its stdout is that of a front end such as `jupyter run`, whose output
      // is that of cells.
      prints: Deno.stderr,
      carryOut: (args, terminal) => serveKernel(args, terminal, early),
    };
  },
  install: async () => {
    const { install, INSTALL_USAGE } = await load<
      typeof import("./cli/install.ts")
    >("./cli/install.ts");
    return { usage: INSTALL_USAGE, carryOut: install };
  },
  doctor: async () => {
    const { doctor, DOCTOR_USAGE } = await load<
      typeof import("./cli/doctor.ts")
    >("./cli/doctor.ts");
    return { usage: DOCTOR_USAGE, carryOut: doctor };
  },
  trust: async () => {
    const { trust, TRUST_USAGE } = await load<typeof import("./cli/trust.ts")>(
      "./cli/trust.ts",
    );
    return { usage: TRUST_USAGE, carryOut: trust };
  },
  uninstall: async () => {
    const { uninstall, UNINSTALL_USAGE } = await load<
      typeof import("./cli/install.ts")
    >("./cli/install.ts");
    return { usage: UNINSTALL_USAGE, carryOut: uninstall };
  },
};

/**
 * Starts what a kernel needs and what takes as long as loading the kernel. With
 * two cores or less, the process that parses cells would keep the others from
 * them, and the first cell may do without: it is started when the door is open.
 */
async function startKernelParts(args: readonly string[]) {
  const [{ startEarly }, { launch }, { CELL_MODULES }] = await Promise.all([
    load<typeof import("./cli/early_session.ts")>("./cli/early_session.ts"),
    load<typeof import("./session/launch.ts")>("./session/launch.ts"),
    load<typeof import("./kernel/cell_modules.ts")>("./kernel/cell_modules.ts"),
  ]);
  const session = await startEarly(args, {
    launch,
    modules: CELL_MODULES,
    env: (name) => Deno.env.get(name),
  });
  if (navigator.hardwareConcurrency <= 2) {
    return { session, translator: "later" as const };
  }
  const { spawnTranslator } = await load<
    typeof import("./language/spawn_translator.ts")
  >("./language/spawn_translator.ts");
  return { session, translator: spawnTranslator() };
}

/**
 * Loads a module by a name that Deno does not read beforehand: else it opens the
 * modules of all verbs, some hundreds, before it runs any.
 */
function load<Module>(name: string): Promise<Module> {
  return import(name);
}

const HELP = `Skein runs notebooks whose cells show how concurrency behaves.

Usage: skein VERB …

Verbs:
  run NOTEBOOK…     Run notebooks from top to bottom
  open [PATH]       Edit and run notebooks in a browser
  serve [FOLDER]    Serve notebooks to browsers and Jupyter front ends
  export NOTEBOOK…  Write notebooks as HTML pages or in another format
  test PATH…        Run notebooks as tests, compare their outputs
  convert NOTEBOOK  Write a notebook as a percent script or Markdown, or back
  strip [NOTEBOOK…] Remove outputs, in place or as a git filter
  diff A B          Show what differs between two notebooks
  assign FOLDER     Make the student version of an assignment, proven
  grade NOTEBOOK…   Grade notebooks of students
  site FOLDER       Write the notebooks of a folder as a site, with search
  install           Add the kernel to Jupyter
  uninstall         Remove the kernel from Jupyter
  trust NOTEBOOK    Allow a notebook what it asks for, each time it runs
  doctor            Check this machine and report what works
  kernel            Run the kernel (Jupyter starts it for you)

skein VERB --help shows the options.`;

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h") {
    write(HELP + "\n");
    return name === undefined ? 2 : 0;
  }
  const open = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (open === undefined) {
    const verbs = Object.keys(VERBS).join(", ");
    throw new UsageError(
      `Cannot run skein: found ${
        JSON.stringify(name)
      }, expected one of ${verbs} (see skein --help)`,
    );
  }
  const { usage, carryOut, prints } = await open(rest);
  const read = readArguments(usage, rest);
  if (read === null) {
    write(helpText(usage) + "\n");
    return 0;
  }
  return await carryOut(read, createTerminal(prints));
}

function createTerminal(to = Deno.stdout): Terminal {
  const isTerminal = to.isTerminal();
  let isUnfinished = false;
  /** How many live lines stand above the cursor. */
  let live = 0;
  const erase = () => live === 0 ? "" : `\x1b[${live}A\x1b[J`;
  return {
    env: (name) => Deno.env.get(name),
    ...isTerminal
      ? {
        columns: () => Deno.consoleSize().columns,
        live(lines: readonly string[]) {
          const shown = lines.map((line) =>
            `${terminalText(line, { colors: false })}\n`
          );
          write(erase() + shown.join(""), to);
          live = lines.length;
        },
      }
      : {},
    print(line, isFinished = true) {
      // A pipe or a log keeps every line, so it gets finished ones only.
      if (!isFinished && !isTerminal) return;
      const text = terminalText(line, { colors: isTerminal && !Deno.noColor });
      write(
        `${isUnfinished ? "\r\x1b[K" : ""}${text}${isFinished ? "\n" : ""}`,
        to,
      );
      isUnfinished = !isFinished;
    },
    async ask(question) {
      if (!isTerminal || !Deno.stdin.isTerminal()) return null;
      write(terminalText(question, { colors: false }), to);
      const buffer = new Uint8Array(ANSWER_BYTES);
      const length = await Deno.stdin.read(buffer) ?? 0;
      return new TextDecoder().decode(buffer.subarray(0, length));
    },
  };
}

/**
 * Writes for whoever reads; a run does not end because nobody does: `| head`
 * has read enough, a disk is full, a terminal is gone.
 */
function write(text: string, to = Deno.stdout): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += to.writeSync(bytes.subarray(at));
    } catch (error) {
      // Files may be left to write, and they are what counts.
      if (!(error instanceof Deno.errors.WouldBlock)) return;
      // A pipe is full that whoever opened it asked never to wait.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

const RETRY_MS = 5;

/** Anything else is a mistake of ours, whose place is worth to be seen. */
function whatIsWrong(error: unknown): string | null {
  if (error instanceof UsageError) return error.message;
  const isOfSystem = error instanceof Error &&
    /\(os error \d+\)/.test(error.message);
  return isOfSystem ? `Cannot run skein: ${error.message}` : null;
}

/** A terminal gives one line at a time, no longer than this. */
const ANSWER_BYTES = 4096;

if (import.meta.main) {
  let code: number;
  try {
    code = await main(Deno.args);
  } catch (error) {
    const text = whatIsWrong(error);
    if (text === null) throw error;
    write(terminalText(`${text}\n`, { colors: false }), Deno.stderr);
    code = 2;
  }
  Deno.exit(code);
}

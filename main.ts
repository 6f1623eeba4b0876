/**
 * The command line: picks the verb, wires the real terminal, decides the exit.
 *
 * Exit codes: 0 when all went well, 1 when a cell failed, 2 when something
 * typed or read is wrong, 130 when the user stopped it.
 * @module
 */
import type { Terminal } from "./cli/run.ts";
import {
  type Arguments,
  helpText,
  readArguments,
  type Usage,
  UsageError,
} from "./cli/usage.ts";

interface Verb {
  readonly usage: Usage;
  readonly carryOut: (args: Arguments, terminal: Terminal) => Promise<number>;
}

/** Each verb loads its own modules: `--help` needs none of them. */
const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  run: async () => {
    const { run, RUN_USAGE } = await import("./cli/run.ts");
    return { usage: RUN_USAGE, carryOut: run };
  },
  export: async () => {
    const { exportNotebook, EXPORT_USAGE } = await import("./cli/export.ts");
    return { usage: EXPORT_USAGE, carryOut: exportNotebook };
  },
  kernel: async () => {
    const { KERNEL_USAGE, serveKernel } = await import("./cli/kernel.ts");
    return { usage: KERNEL_USAGE, carryOut: serveKernel };
  },
  install: async () => {
    const { install, INSTALL_USAGE } = await import("./cli/install.ts");
    return { usage: INSTALL_USAGE, carryOut: install };
  },
  doctor: async () => {
    const { doctor, DOCTOR_USAGE } = await import("./cli/doctor.ts");
    return { usage: DOCTOR_USAGE, carryOut: doctor };
  },
  uninstall: async () => {
    const { uninstall, UNINSTALL_USAGE } = await import("./cli/install.ts");
    return { usage: UNINSTALL_USAGE, carryOut: uninstall };
  },
};

const HELP = `Skein runs notebooks whose cells show how concurrency behaves.

Usage: skein VERB …

Verbs:
  run NOTEBOOK      Run a notebook from top to bottom
  export NOTEBOOK   Write a notebook as one HTML page
  install           Make the kernel known to Jupyter
  uninstall         Undo that
  doctor            Say what works on this machine
  kernel            Serve a Jupyter front end, which starts this by itself

skein VERB --help says more about each.`;

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h") {
    write(HELP + "\n");
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (load === undefined) {
    const verbs = Object.keys(VERBS).join(", ");
    throw new UsageError(
      `Cannot run skein: found ${
        JSON.stringify(name)
      }, expected one of ${verbs} (see skein --help)`,
    );
  }
  const { usage, carryOut } = await load();
  const read = readArguments(usage, rest);
  if (read === null) {
    write(helpText(usage) + "\n");
    return 0;
  }
  return await carryOut(read, createTerminal());
}

function createTerminal(): Terminal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Windows knows SIGINT only.
    if (signal === "SIGTERM" && Deno.build.os === "windows") continue;
    Deno.addSignalListener(signal, () => controller.abort());
  }
  const isTerminal = Deno.stdout.isTerminal();
  let isUnfinished = false;
  return {
    signal: controller.signal,
    env: (name) => Deno.env.get(name),
    print(line, isFinished = true) {
      // A pipe or a log keeps every line, so it gets finished ones only.
      if (!isFinished && !isTerminal) return;
      const text = isTerminal && !Deno.noColor ? line : withoutColors(line);
      write(
        `${isUnfinished ? "\r\x1b[K" : ""}${text}${isFinished ? "\n" : ""}`,
      );
      isUnfinished = !isFinished;
    },
  };
}

function withoutColors(text: string): string {
  // deno-lint-ignore no-control-regex -- Colors are control characters.
  return text.replace(/\x1b\[[\d;]*m/g, "");
}

function write(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let at = 0; at < bytes.length;) {
      at += Deno.stdout.writeSync(bytes.subarray(at));
    }
  } catch (error) {
    // `| head` has read enough: nobody is left to tell, but files may be left
    // to write.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

if (import.meta.main) {
  let code: number;
  try {
    code = await main(Deno.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await Deno.stderr.write(new TextEncoder().encode(`${error.message}\n`));
    code = 2;
  }
  Deno.exit(code);
}

/**
 * A folder of a test's own in which `skein` can be typed.
 * @module
 */
import {
  type Cell,
  type Notebook,
  parseNotebook,
  serializeNotebook,
} from "../../nbformat/mod.ts";
import { fromFileUrl } from "../../session/mod.ts";
import { within } from "../session/within.ts";

/** What a run of `skein` gave. */
export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `skein` that runs, ended when it is disposed of. */
export interface Started extends AsyncDisposable {
  readonly process: Deno.ChildProcess;
  readonly status: () => Promise<{ code: number; signal: Deno.Signal | null }>;
  /** Resolves when it has said something. */
  readonly says: (text: string) => Promise<void>;
}

/** A folder in which `skein` can be typed. */
export interface Folder extends AsyncDisposable {
  readonly path: string;
  readonly read: (name: string) => Promise<string>;
  readonly start: (...args: readonly string[]) => Started;
  /** Runs `skein` to its end. */
  readonly skein: (...args: readonly string[]) => Promise<Result>;
  /** Runs it with variables of the environment set. */
  readonly skeinIn: (
    env: Readonly<Record<string, string>>,
    args: readonly string[],
  ) => Promise<Result>;
  /** Runs a line of shell, in which `skein` is a command. */
  readonly inShell: (line: string) => Promise<Result>;
  /**
   * Runs it on a terminal of its own.
   *
   * @param args What is typed.
   * @param input What is answered.
   * @returns What the terminal got.
   */
  readonly onTerminal: (
    args: readonly string[],
    input: string,
  ) => Promise<string>;
  /** What the code cells of a notebook in it show; the notebook is valid. */
  readonly outputs: (name: string) => Promise<string[][]>;
  /** All that is in it now, also what begins with a dot. */
  readonly files: () => string[];
  /** Resolves when a cell has written a file, by which it says how far it is. */
  readonly untilWritten: (name: string) => Promise<void>;
}

/**
 * Makes a folder, gone after the test.
 *
 * @param files Its files, by name.
 */
export async function openFolder(
  files: Readonly<Record<string, string>>,
): Promise<Folder> {
  const path = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "skein cli " }),
  );
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(`${path}/${name}`.replace(/\/[^/]*$/, ""), {
      recursive: true,
    });
    await Deno.writeTextFile(`${path}/${name}`, text);
  }
  const read = (name: string) => Deno.readTextFile(`${path}/${name}`);
  const start = (...args: readonly string[]) => startSkein(args, { cwd: path });
  const skeinIn: Folder["skeinIn"] = async (env, args) => {
    await using skein = startSkein(args, { cwd: path, env });
    const [stdout, stderr, { code }] = await Promise.all([
      new Response(skein.process.stdout).text(),
      new Response(skein.process.stderr).text(),
      skein.status(),
    ]);
    return { code, stdout, stderr };
  };
  return {
    path,
    read,
    start,
    skein: (...args) => skeinIn({}, args),
    skeinIn,
    inShell: (line) => runInShell(line, path),
    onTerminal: (args, input) => runOnTerminal(args, { cwd: path, input }),
    async outputs(name) {
      return outputsOf(parseNotebook(await read(name), name));
    },
    files: () => list(path).map((file) => file.slice(path.length + 1)).sort(),
    async untilWritten(name) {
      using watcher = Deno.watchFs(path);
      const wait = async () => {
        if (list(path).includes(`${path}/${name}`)) return;
        for await (const { paths } of watcher) {
          if (paths.includes(`${path}/${name}`)) return;
        }
      };
      await within(wait(), DEADLINE_MS, `the file ${name}`);
    },
    async [Symbol.asyncDispose]() {
      await Deno.remove(path, { recursive: true });
      await Deno.remove(dataOf(path), { recursive: true }).catch(() => {
        // Few tests make it.
      });
    },
  };
}

/** Beside the folder, so that it is not among its files. */
function dataOf(path: string): string {
  return `${path} data`;
}

function startSkein(
  args: readonly string[],
  { cwd, env = {} }: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
  },
): Started {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, ...args],
    cwd,
    // What this user has trusted is not the test's.
    env: { XDG_DATA_HOME: dataOf(cwd), ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let hasEnded = false;
  const status = async () => {
    const { code, signal } = await within(
      process.status,
      DEADLINE_MS,
      `the end of skein ${args.join(" ")}`,
    );
    hasEnded = true;
    return { code, signal };
  };
  return {
    process,
    status,
    says: (text) =>
      within(readUntil(process.stdout, text), DEADLINE_MS, `"${text}"`),
    async [Symbol.asyncDispose]() {
      if (!hasEnded) process.kill("SIGKILL");
      await process.status;
    },
  };
}

async function readUntil(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  text: string,
): Promise<void> {
  let said = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    said += piece;
    if (said.includes(text)) return;
  }
  throw new Error(`It ended without saying "${text}": ${said}`);
}

async function runInShell(line: string, cwd: string): Promise<Result> {
  const skein = `'${Deno.execPath()}' run -A --no-check '${MAIN}' "$@"`;
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", `skein() { ${skein}; }; ${line}`],
    cwd,
    env: { XDG_DATA_HOME: dataOf(cwd), NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

async function runOnTerminal(
  args: readonly string[],
  { cwd, input }: { readonly cwd: string; readonly input: string },
): Promise<string> {
  const words = [Deno.execPath(), "run", "-A", "--no-check", MAIN, ...args];
  const command = words.map((word) => `'${word}'`).join(" ");
  const process = new Deno.Command("script", {
    args: ["-qec", command, "/dev/null"],
    cwd,
    env: { XDG_DATA_HOME: dataOf(cwd), NO_COLOR: "" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  const text = new Response(process.stdout).text();
  await within(process.status, DEADLINE_MS, `skein ${args.join(" ")}`);
  await writer.close().catch(() => {
    // The program has ended and reads no more.
  });
  return (await text).replace(input.replace("\n", "\r\n"), "");
}

function list(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) =>
    isDirectory ? list(`${path}/${name}`) : [`${path}/${name}`]
  );
}

/**
 * Writes a notebook of code cells.
 *
 * @param sources Their sources.
 * @param metadata The notebook's metadata.
 */
export function notebook(
  sources: readonly string[],
  metadata: Record<string, unknown> = {},
): string {
  const cells = sources.map((source, index): Cell => ({
    cell_type: "code",
    id: `c${index}`,
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
  }));
  return serializeNotebook({ nbformat: 4, nbformat_minor: 5, metadata, cells });
}

function outputsOf({ cells }: Notebook): string[][] {
  return cells.filter((cell) => cell.cell_type === "code").map(({ outputs }) =>
    outputs.map((output) => {
      switch (output.output_type) {
        case "stream":
          return output.text;
        case "error":
          return `${output.ename}: ${output.evalue}`;
        case "other":
          return JSON.stringify(output.inFile);
        default:
          return String(output.data["text/plain"]);
      }
    })
  );
}

const MAIN = fromFileUrl(new URL("../../main.ts", import.meta.url).href);

/** Generous: only a defect meets it. */
export const DEADLINE_MS = 60_000;

/** Whether there is a program that makes a terminal. */
export const HAS_TERMINAL: boolean = Deno.build.os === "linux" && hasScript();

function hasScript(): boolean {
  try {
    return new Deno.Command("script", { args: ["--version"] }).outputSync()
      .success;
  } catch {
    // It is not installed.
    return false;
  }
}

/**
 * Typst, as npm has it, in a process of its own: started when a PDF is wanted, and
 * ended when it takes too long. What is asked is in `typst_main.ts`.
 *
 * The compiler is a native library of 50 MB. It works in an empty folder, so a
 * document can read nothing; what it shows is handed over in memory.
 * @module
 */
import type { CompiledPdf, Typesetter } from "../export/mod.ts";
import { INTER } from "./npm_files.ts";
import {
  packMessage,
  type TypstAnswer,
  type TypstQuestion,
} from "./typst_wire.ts";
import { UsageError } from "./usage.ts";

/** A typesetter, and the process behind it. */
export type TypesetterProcess = Typesetter & AsyncDisposable;

/**
 * Starts the compiler.
 *
 * @param folder An empty folder, all that a document could read.
 * @param limitMs How long one document may take.
 * @returns The typesetter. Asking it throws a {@link UsageError} if the compiler is
 *   not on this machine and can not be loaded, or takes longer.
 */
export function startTypesetter(
  folder: string,
  limitMs: number = LIMIT_MS,
): TypesetterProcess {
  let life: Life | undefined = start(folder);
  const ask = async (
    type: TypstQuestion["type"],
    main: string,
    files: ReadonlyMap<string, Uint8Array>,
  ): Promise<Answered> => {
    // One that took too long was ended: another document is not the worse for it.
    life ??= start(folder);
    const mine = life;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      end(mine);
    }, limitMs);
    try {
      return await mine.ask({ type, main, files: listFiles(files) }, files);
    } catch (error) {
      life = undefined;
      await mine[Symbol.asyncDispose]();
      throw isLate
        ? new UsageError(
          `Cannot make a PDF: the typesetter did not end within ${
            limitMs / 1000
          } s, and was stopped (leave cells or outputs out, or use --engine chromium)`,
        )
        : error;
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    async compile(main, files): Promise<CompiledPdf> {
      const { answer, bytes } = await ask("compile", main, files);
      if (answer.type === "pdf") return { type: "pdf", bytes };
      if (answer.type === "failed") return answer;
      throw new TypeError(`Cannot make a PDF: the answer is ${answer.type}`);
    },
    async accepts(main, files) {
      const { answer } = await ask("accepts", main, files);
      return answer.type === "accepts" && answer.accepts;
    },
    async [Symbol.asyncDispose]() {
      await life?.[Symbol.asyncDispose]();
      life = undefined;
    },
  };
}

function listFiles(files: ReadonlyMap<string, Uint8Array>) {
  return [...files].map(([path, { length: size }]) => ({ path, size }));
}

interface Answered {
  readonly answer: TypstAnswer;
  readonly bytes: Uint8Array;
}

/** One life of the process. */
interface Life extends AsyncDisposable {
  readonly process: Deno.ChildProcess;
  ask(
    question: TypstQuestion,
    files: ReadonlyMap<string, Uint8Array>,
  ): Promise<Answered>;
}

function start(folder: string): Life {
  const process = spawn(folder);
  const stdin = process.stdin.getWriter();
  const reader = new ByteReader(process.stdout.getReader());
  const stderr = new Response(process.stderr).text();
  const read = async (): Promise<Answered> => {
    const length = new DataView((await reader.take(4)).buffer).getUint32(0);
    const json = new TextDecoder().decode(await reader.take(length));
    const answer: TypstAnswer = JSON.parse(json);
    const size = answer.type === "pdf" ? answer.size : 0;
    return { answer, bytes: await reader.take(size) };
  };
  const ready = read().then(({ answer }) => {
    if (answer.type === "unable") throw unable(answer.message);
  }, async () => {
    const [line = ""] = (await stderr).trim().split("\n");
    throw unable(line === "" ? "it ended at once" : line);
  });
  // Whoever asks learns of it.
  ready.catch(() => {});
  return {
    process,
    async ask(question, files) {
      await ready;
      const sent = (async () => {
        await stdin.write(packMessage(question));
        for (const bytes of files.values()) await stdin.write(bytes);
      })();
      // Where it has ended, no answer comes, which tells so.
      sent.catch(() => {});
      return await read();
    },
    async [Symbol.asyncDispose]() {
      end({ process });
      await stdin.abort().catch(() => {});
      await Promise.all([process.status, stderr]);
      await reader[Symbol.asyncDispose]();
    },
  };
}

function spawn(folder: string): Deno.ChildProcess {
  const flags = [
    ...["run", "--quiet", "--no-prompt", "--allow-ffi", "--allow-read"],
    ...["--allow-env", "--allow-sys"],
    import.meta.resolve("./typst_main.ts"),
    ...[folder, TYPST],
  ];
  const isWindows = Deno.build.os === "windows";
  return new Deno.Command(isWindows ? Deno.execPath() : "/bin/sh", {
    args: isWindows
      ? flags
      // If we are killed, the system ends what would compute for ever.
      : [
        "-c",
        `ulimit -t ${CPU_SECONDS}; exec "$0" "$@"`,
        Deno.execPath(),
        ...flags,
      ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

function end({ process }: Pick<Life, "process">): void {
  try {
    process.kill("SIGKILL");
  } catch {
    // It has ended already, which is what was wanted.
  }
}

function unable(reason: string): UsageError {
  return new UsageError(
    `Cannot make a PDF: the typesetter can not be loaded, ${reason} (it is loaded from npm once: run \`deno cache ${TYPST} ${INTER}\` with a network; or use --engine chromium)`,
  );
}

/** Reads so many bytes. */
class ByteReader implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #chunks: Uint8Array[] = [];
  #have = 0;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#have < count) {
      const { value, done } = await this.#reader.read();
      if (done) throw new Error("the process has ended");
      this.#chunks.push(value);
      this.#have += value.length;
    }
    const all = new Uint8Array(this.#have);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [all.subarray(count)];
    this.#have -= count;
    return all.slice(0, count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel().catch(() => {});
  }
}

/** As long as Chromium may take. */
const LIMIT_MS = 120_000;
/** It has threads: their time counts together. */
const CPU_SECONDS = 600;
const TYPST = "npm:@myriaddreamin/typst-ts-node-compiler@0.7.0";

/**
 * One life of the process that parses cells; `translator.ts` starts another.
 *
 * It has a large stack, since sources may be nested deeply, a bound on its
 * memory, and no right but to read its environment, which TypeScript looks at.
 * @module
 */
import type { Answer, Question } from "../language/mod.ts";
import { fromFileUrl, Guard, openCensus } from "../session/mod.ts";
import { pack, PacketReader } from "./packets.ts";

/** A process that parses cells. */
export class TranslatorProcess implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  /** It may compute for ever, also when we were killed. */
  readonly #guard: Guard;
  readonly #over: Promise<unknown>;
  readonly #ready = Promise.withResolvers<unknown>();
  #answered = this.#ready;
  #lastStderr = "";

  /** Starts it. */
  constructor() {
    const mark = `SKEIN_TRANSLATOR_${crypto.randomUUID().replaceAll("-", "_")}`;
    this.#guard = new Guard(mark);
    this.#process = spawn(mark);
    const id = openCensus().find(this.#process.pid);
    if (id !== null) this.#guard.add(id);
    this.#stdin = this.#process.stdin.getWriter();
    this.#over = Promise.all([this.#readAnswers(), this.#readStderr()])
      .then(() => this.#process.status)
      .then(({ code }) => this.#end(code));
    // Whoever asks learns of it.
    this.#ready.promise.catch(() => {});
  }

  /** Process id. */
  get pid(): number {
    return this.#process.pid;
  }

  /** Settles when it can be asked; fails if it ends before. */
  get ready(): Promise<unknown> {
    return this.#ready.promise;
  }

  /**
   * Asks it: one question at a time, and none before it is ready.
   *
   * @param question The question.
   * @throws {Error} If it ends before it has answered.
   */
  async ask(question: Question): Promise<Answer> {
    this.#answered = Promise.withResolvers();
    // If it has ended, the answer that never comes tells so.
    this.#stdin.write(pack(question)).catch(() => {});
    return await this.#answered.promise as Answer;
  }

  /** Ends it at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended already, which is what was wanted.
    }
    await this.#over;
    await this.#guard[Symbol.asyncDispose]();
  }

  async #readAnswers(): Promise<void> {
    const reader = new PacketReader();
    for await (const bytes of this.#process.stdout) {
      for (const answer of reader.push(bytes)) this.#answered.resolve(answer);
    }
  }

  async #readStderr(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of this.#process.stderr) {
      const text = this.#lastStderr + decoder.decode(bytes, { stream: true });
      this.#lastStderr = text.slice(-KEPT_STDERR);
    }
  }

  #end(code: number): void {
    const said = this.#lastStderr.trim();
    const reason = new Error(
      `the parser ended with code ${code}${said === "" ? "" : `: ${said}`}`,
    );
    for (const { promise, reject } of [this.#ready, this.#answered]) {
      reject(reason);
      promise.catch(() => {});
    }
  }
}

function spawn(mark: string): Deno.ChildProcess {
  const flags = ["run", "--quiet", "--no-prompt", "--allow-env"];
  const main = fromFileUrl(
    import.meta.resolve("../language/translator_main.ts"),
  );
  const isWindows = Deno.build.os === "windows";
  return new Deno.Command(isWindows ? Deno.execPath() : "/bin/sh", {
    // On Windows a stack is as large as the program says, and no larger.
    args: isWindows
      ? [...flags, `--v8-flags=${HEAP_FLAG}`, main]
      : ["-c", SCRIPT, Deno.execPath(), main, ...flags],
    env: { [mark]: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    // Ctrl-C in a terminal is the kernel's to handle.
    detached: !isWindows,
  }).spawn();
}

const HEAP_FLAG = "--max-old-space-size=2048";
const STACK_KIB = 256 * 1024;
// V8 does not know how large the stack is; some systems allow no larger one.
const SCRIPT = `
ulimit -s ${STACK_KIB} 2> /dev/null || ulimit -s "$(ulimit -H -s)"
size=$(ulimit -s)
[ "$size" = unlimited ] && size=${STACK_KIB}
main=$1
shift
exec "$0" "$@" "--v8-flags=--stack-size=$((size * 9 / 10)),${HEAP_FLAG}" "$main"
`;
/** Units: UTF-16 units. */
const KEPT_STDERR = 500;

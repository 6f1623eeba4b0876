/**
 * One life of the process that parses cells; `translator.ts` starts another.
 * @module
 */
import {
  type Answer,
  type Question,
  type SpawnedTranslator,
  spawnTranslator,
} from "../language/mod.ts";
import { Guard, openCensus } from "../session/mod.ts";
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

  /** @param spawned It, just started; it is ours from now on. */
  constructor({ process, mark }: SpawnedTranslator = spawnTranslator()) {
    this.#guard = new Guard(mark);
    this.#process = process;
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

/** Units: UTF-16 units. */
const KEPT_STDERR = 500;

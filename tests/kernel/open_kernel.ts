/**
 * A kernel with a real session, for tests: run cells, look at what came of it.
 * @module
 */
import { Kernel, type KernelOptions } from "../../kernel/mod.ts";
import type { OutgoingMessage } from "../../protocol/mod.ts";
import { DEADLINE_MS, within } from "../session/within.ts";

/** What came of one request. */
export class Run {
  /** Id of the request. */
  readonly id: string;
  readonly #kernel: TestKernel;

  /** Made by {@link TestKernel.start}. */
  constructor(id: string, kernel: TestKernel) {
    this.id = id;
    this.#kernel = kernel;
  }

  /** All that the kernel sent because of it until now. */
  get messages(): OutgoingMessage[] {
    return this.#kernel.messages.filter((message) =>
      (message.parent_header as { msg_id?: string }).msg_id === this.id
    );
  }

  /** Contents of its messages of one type. */
  contents(type: string): Record<string, unknown>[] {
    return this.messages
      .filter(({ header }) => header.msg_type === type)
      .map(({ content }) => content);
  }

  /** The types of its messages; neighbouring ones of one type count once. */
  get types(): string[] {
    return this.messages.map(({ header }) => header.msg_type)
      .filter((type, i, all) => type !== all[i - 1]);
  }

  /** All it printed, on one stream or on both. */
  text(name?: "stdout" | "stderr"): string {
    return this.contents("stream")
      .filter((content) => name === undefined || content.name === name)
      .map(({ text }) => text).join("");
  }

  /** Its result as text. */
  get result(): unknown {
    const data = this.contents("execute_result")[0]?.data;
    return (data as Record<string, unknown> | undefined)?.["text/plain"];
  }

  /** Its error, as `name: message`, then the traceback without colours. */
  get error(): string {
    return this.contents("error").map(({ ename, evalue, traceback }) =>
      `${ename}: ${evalue}\n${(traceback as string[]).join("\n")}`
        // deno-lint-ignore no-control-regex -- Colours are control characters.
        .replace(/\x1b\[[\d;]*m/g, "")
    ).join("\n");
  }

  /** The status of its reply. */
  get status(): unknown {
    return this.messages.find(({ header }) =>
      header.msg_type.endsWith("_reply")
    )?.content.status;
  }

  /** Waits for its end. */
  ended(): Promise<this> {
    return this.until(
      () =>
        this.contents("status").at(-1)?.execution_state === "idle" &&
        this.status !== undefined,
      "the end of the request",
    );
  }

  /** Waits until it has printed something. */
  printed(text: string): Promise<this> {
    return this.until(
      () => this.text().includes(text),
      `the text ${JSON.stringify(text)}`,
    );
  }

  /** Waits until a condition holds; it is looked at after each message. */
  async until(holds: () => boolean, what: string): Promise<this> {
    await this.#kernel.until(holds, `${what}, of ${this.id}`);
    return this;
  }
}

/** A kernel whose messages are kept. */
export class TestKernel implements AsyncDisposable {
  /** All that was sent, in order. */
  readonly messages: OutgoingMessage[] = [];
  /** The kernel itself. */
  readonly kernel: Kernel;
  #lastId = 0;
  readonly #waiting = new Set<() => void>();

  /** @param options How; a throw-away notebook without limits unless told. */
  constructor(options: Partial<KernelOptions> = {}) {
    this.kernel = new Kernel({
      notebookUrl: new URL("notebook.ipynb", import.meta.url).href,
      permissions: { type: "all" },
      ...options,
      send: (message) => {
        this.messages.push(message);
        options.send?.(message);
        for (const look of [...this.#waiting]) look();
      },
    });
  }

  /** Sends a request and does not wait. */
  request(
    type: string,
    content: Record<string, unknown> = {},
    channel: "shell" | "control" = "shell",
    metadata: Record<string, unknown> = {},
  ): Run {
    const id = `${type} ${++this.#lastId}`;
    const run = new Run(id, this);
    const header = { msg_id: id, session: "test", msg_type: type };
    this.kernel.handle({ header, metadata, content }, { channel });
    return run;
  }

  /** Starts a cell and does not wait. */
  start(code: string, content: Record<string, unknown> = {}): Run {
    return this.request("execute_request", { code, ...content });
  }

  /** Runs a cell to its end. */
  run(code: string, content: Record<string, unknown> = {}): Promise<Run> {
    return this.start(code, content).ended();
  }

  /** Interrupts, and waits for the answer. */
  interrupt(): Promise<Run> {
    return this.request("interrupt_request", {}, "control").ended();
  }

  /** Waits until a condition holds; it is looked at after each message. */
  async until(holds: () => boolean, what: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => holds() && resolve();
    this.#waiting.add(look);
    look();
    try {
      await within(promise, DEADLINE_MS, what);
    } catch (error) {
      const sent = this.messages.slice(-20).map(({ header, content }) =>
        `${header.msg_type} ${JSON.stringify(content).slice(0, 300)}`
      );
      throw new Error(
        `${(error as Error).message}; last messages:\n${sent.join("\n")}`,
      );
    } finally {
      this.#waiting.delete(look);
    }
  }

  /** Ends kernel and session. */
  async [Symbol.asyncDispose](): Promise<void> {
    await within(this.kernel.close(), DEADLINE_MS, "the end of the kernel");
  }
}

/** A folder that is gone after the test. */
export interface TestFolder extends AsyncDisposable {
  /** Its path, without a slash at its end. */
  readonly path: string;
  /** URL of a notebook in it. */
  readonly notebookUrl: string;
}

/**
 * Makes a folder.
 *
 * @param files Texts of its files by name.
 */
export async function openFolder(
  files: Readonly<Record<string, string>> = {},
): Promise<TestFolder> {
  const path = await Deno.makeTempDir({ prefix: "skein test" });
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(`${path}/${name}`.replace(/\/[^/]*$/, ""), {
      recursive: true,
    });
    await Deno.writeTextFile(`${path}/${name}`, text);
  }
  return {
    path,
    notebookUrl: new URL(`file://${path}/note%20book.ipynb`).href,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

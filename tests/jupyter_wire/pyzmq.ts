/**
 * Runs `client.py` with a pinned pyzmq, in an environment of its own.
 * @module
 */

const VERSION = "27.1.0";
const ROOT = Deno.env.get("TMPDIR") ?? "/tmp";
const FOLDER = `${ROOT}/skein-pyzmq-${VERSION}`;
const CLIENT = new URL("client.py", import.meta.url).pathname;

/** Whether there is a Python at all. */
export const hasPython: boolean = await succeeds("python3", ["--version"]);
if (!hasPython) {
  // deno-lint-ignore no-console
  console.log("skipped: tests with libzmq need python3");
}

let ready: Promise<string> | undefined;

/** A client that runs. */
export interface Client extends AsyncDisposable {
  /** The process. */
  readonly process: Deno.ChildProcess;
  /** Resolves to what the client says next. */
  readonly next: () => Promise<Record<string, unknown>>;
}

/**
 * Starts a client.
 *
 * @param connection Where the kernel is.
 * @param args The command of `client.py`, and its arguments.
 * @returns The client; disposing of it kills it.
 */
export async function startClient(
  connection: unknown,
  args: readonly string[],
): Promise<Client> {
  const python = await (ready ??= makeEnvironment());
  const process = new Deno.Command(python, {
    args: [CLIENT, JSON.stringify(connection), ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = readLines(process.stdout);
  return {
    process,
    next: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`Cannot read client ${args}: it has ended`);
      return JSON.parse(value);
    },
    [Symbol.asyncDispose]: async () => {
      await lines.return(undefined);
      try {
        process.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await process.status;
    },
  };
}

/**
 * Runs a client that says one thing.
 *
 * @param connection Where the kernel is.
 * @param args The command of `client.py`, and its arguments.
 * @returns What it says.
 */
export async function runClient(
  connection: unknown,
  args: readonly string[],
): Promise<Record<string, unknown>> {
  await using client = await startClient(connection, args);
  return await client.next();
}

async function* readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, void, undefined> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}

async function makeEnvironment(): Promise<string> {
  const python = `${FOLDER}/bin/python`;
  if (await succeeds(python, ["-c", "import zmq"])) return python;
  // Made aside and then named, since tests run side by side.
  const folder = await Deno.makeTempDir({ dir: ROOT, prefix: "skein-pyzmq-" });
  for (
    const [command, ...args] of [
      ["python3", "-m", "venv", folder],
      [
        `${folder}/bin/python`,
        ..."-m pip install --quiet --disable-pip-version-check".split(" "),
        `pyzmq==${VERSION}`,
      ],
    ]
  ) {
    if (!await succeeds(command!, args)) {
      throw new Error(`Cannot install pyzmq: ${command} ${args} failed`);
    }
  }
  try {
    await Deno.rename(folder, FOLDER);
  } catch {
    // Somebody else was first: theirs is as good.
    await Deno.remove(folder, { recursive: true });
  }
  return python;
}

async function succeeds(command: string, args: string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(command, {
      args,
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch {
    // There is no such program.
    return false;
  }
}

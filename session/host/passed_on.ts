/**
 * Subprocesses whose output we pass on look to the cell as if they had
 * inherited the session's streams: `output()` waits, and has nothing to give.
 * @module
 */
import type { WriteStream } from "./frames.ts";
import { setTimeout, ThePromise, TheTextDecoder } from "./intrinsics.ts";

/** An output stream of a subprocess. */
export type StreamName = "stdout" | "stderr";

/** Both of them. */
export const STREAMS: readonly StreamName[] = ["stdout", "stderr"];

/**
 * Passes on what a subprocess writes into pipes, and hides these pipes.
 *
 * @param child The subprocess; its `status` then waits for what it wrote.
 * @param names Which of its streams.
 * @param write Where their text goes.
 */
export function passOn(
  child: Deno.ChildProcess,
  names: readonly StreamName[],
  write: WriteStream,
): void {
  const pumps = ThePromise.all(
    names.map((name) => pump(child[name], name, write)),
  );
  const status = child.status.then(async (status) => {
    // A grandchild may hold the pipe open for ever.
    await ThePromise.race([pumps, delay(LAST_OUTPUT_MS)]);
    return status;
  });
  const output = async (): Promise<Deno.CommandOutput> => {
    const others = STREAMS.filter((name) => !names.includes(name));
    const bytes = await ThePromise.all(others.map((name) => read(child, name)));
    const found = { ...await status } as Deno.CommandOutput;
    for (const [i, name] of others.entries()) {
      if (bytes[i] === null) hideStreams(found, [name]);
      else Object.assign(found, { [name]: bytes[i] });
    }
    return hideStreams(found, names);
  };
  Object.defineProperties(child, {
    status: { value: status },
    output: { value: output },
  });
  hideStreams(child, names);
}

/**
 * Makes streams say that they are not piped, as Deno does for inherited ones.
 *
 * @param holder A subprocess, or what it gave.
 * @param names Which streams.
 * @returns The holder.
 */
export function hideStreams<T extends object>(
  holder: T,
  names: readonly StreamName[],
): T {
  for (const name of names) {
    Object.defineProperty(holder, name, {
      enumerable: true,
      get() {
        throw new TypeError(`Cannot get '${name}': '${name}' is not piped`);
      },
    });
  }
  return holder;
}

/** All of a stream; `null` when it is not piped. */
async function read(
  child: Deno.ChildProcess,
  name: StreamName,
): Promise<Uint8Array | null> {
  let stream;
  try {
    stream = child[name];
  } catch {
    return null;
  }
  return await new Response(stream).bytes();
}

async function pump(
  stream: ReadableStream<Uint8Array>,
  name: StreamName,
  write: WriteStream,
): Promise<void> {
  const decoder = new TheTextDecoder();
  for await (const bytes of stream) {
    write(name, decoder.decode(bytes, { stream: true }));
  }
}

function delay(ms: number): Promise<void> {
  return new ThePromise((resolve) => setTimeout(resolve, ms));
}

const LAST_OUTPUT_MS = 200;

/**
 * `skein run --watch`: again whenever something changes, until Ctrl-C.
 * @module
 */
import { basename, dirname } from "node:path";
import type { Terminal } from "./run.ts";
import { EXIT_STOPPED, runOne, SUPERSEDED } from "./run_one.ts";
import { runMany } from "./run_many.ts";
import { takeSignals } from "./signals.ts";
import { type Arguments, UsageError } from "./usage.ts";
import { findChange, type Fingerprint, fingerprint } from "./watched.ts";

/**
 * Runs notebooks, and again when they or what they import has changed; a run that
 * is under way then is stopped.
 *
 * @param args What was typed.
 * @param terminal Where to write.
 * @returns The exit code, when the user has ended it.
 */
export async function watch(
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const stop = new AbortController();
  using _signals = takeSignals(() => stop.abort());
  while (!stop.signal.aborted) {
    const before = await fingerprint(args.operands);
    const current = new AbortController();
    const end = () => current.abort();
    stop.signal.addEventListener("abort", end);
    using watcher = watchFolders(before);
    const running = runOnce(args, terminal, current.signal)
      .then(() => {
        if (!current.signal.aborted) terminal.print("Waiting for a change …");
      });
    const changed = await nextChange(watcher, {
      notebooks: args.operands,
      before,
      signal: stop.signal,
    });
    if (changed !== null) current.abort(SUPERSEDED);
    await running;
    stop.signal.removeEventListener("abort", end);
    if (changed === null) break;
    terminal.print(`\n${basename(changed)} has changed.`);
  }
  return EXIT_STOPPED;
}

async function runOnce(
  args: Arguments,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (args.operands.length > 1) await runMany(args, terminal, signal);
    else await runOne(args, terminal, { signal });
  } catch (error) {
    // What is wrong now may be right after the next change.
    if (!(error instanceof UsageError)) throw error;
    terminal.print(error.message);
  }
}

/** Editors replace files, so it is their folders that are watched. */
function watchFolders(files: Fingerprint): Deno.FsWatcher {
  const folders = new Set([...files.keys()].map((path) => dirname(path)));
  return Deno.watchFs([...folders], { recursive: false });
}

/** Waits until a file says something else, and nobody writes any more. */
async function nextChange(
  watcher: Deno.FsWatcher,
  { notebooks, before, signal }: {
    readonly notebooks: readonly string[];
    readonly before: Fingerprint;
    readonly signal: AbortSignal;
  },
): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = async () => {
    const change = findChange(before, await fingerprint(notebooks, before));
    if (change !== null) resolve(change);
  };
  const stop = () => resolve(null);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  const listen = async () => {
    for await (const event of watcher) {
      if (event.kind === "access") continue;
      clearTimeout(timer);
      timer = setTimeout(() => void look(), QUIET_MS);
    }
  };
  // It was closed: then nobody waits for it any more.
  listen().catch(stop);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** An editor writes a file in several steps. */
const QUIET_MS = 150;

/**
 * Workers of a program: each runs one thread, and reports one thing after another.
 *
 * What runs inside is shipped as text: `thread_guest.ts`, `real/rounds_guest.ts`.
 * @module
 */
import { openWorker, startTimer } from "../platform/mod.ts";
import { toModuleAddress } from "../run/mod.ts";

/** A Worker that runs one thread. */
export interface Member<R> {
  readonly worker: Worker;
  /** The next thing that it says. */
  report(signal?: AbortSignal): Promise<R>;
}

/** How a Worker is started. */
export interface MemberOptions {
  /** The thread's name, for errors. */
  readonly name: string;
  readonly setup: unknown;
  /** How long it may say nothing. @default for ever */
  readonly silenceMs?: number;
}

/** Starts a Worker, and tells it its setup. */
export function startMember<R>(
  text: string,
  { name, setup, silenceMs }: MemberOptions,
): Member<R> {
  const worker = openWorker(toModuleAddress(text), `race ${name}`);
  const reports: R[] = [];
  let failure: Error | null = null;
  let wake = () => {};
  const fail = (found: string, expected: string) =>
    new Error(
      `Cannot run "${name}" in a Worker: ${found}, expected ${expected}`,
    );
  worker.addEventListener("message", ({ data }) => {
    reports.push(data);
    wake();
  });
  worker.addEventListener("error", (event) => {
    // Otherwise the error would end this process too.
    event.preventDefault();
    failure = fail(event.message, "steps");
    wake();
  });
  worker.postMessage(setup);
  return {
    worker,
    async report(signal) {
      while (reports.length === 0) {
        signal?.throwIfAborted();
        if (failure !== null) throw failure;
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        const timer = startTimer(silenceMs, () => {
          failure = fail(
            `it has said nothing for ${silenceMs! / 1000} s`,
            "its next step",
          );
          resolve();
        });
        signal?.addEventListener("abort", wake, { once: true });
        await promise;
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
      }
      return reports.shift()!;
    },
  };
}

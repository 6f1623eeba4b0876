/**
 * What happens to errors that nobody catches: they are logged, and the process
 * goes on, since whoever waits for a cell must not pay for them.
 * @module
 */

/**
 * Logs errors that nobody catches, until disposed of.
 *
 * @param log Takes lines.
 */
export function logUncaught(log: (line: string) => void): Disposable {
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    log(`Error in Skein: ${describe(event.reason)}`);
  };
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    log(`Error in Skein: ${describe(event.error)}`);
  };
  globalThis.addEventListener("unhandledrejection", onRejection);
  globalThis.addEventListener("error", onError);
  return {
    [Symbol.dispose]() {
      globalThis.removeEventListener("unhandledrejection", onRejection);
      globalThis.removeEventListener("error", onError);
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

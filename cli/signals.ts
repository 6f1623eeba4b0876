/**
 * The signals that ask this process to end: Ctrl-C, a closed terminal, `kill`.
 *
 * They are taken over only while somebody can answer them. At all other times
 * the system ends the process by itself, also when its one thread is busy.
 * @module
 */

/**
 * Takes the signals over until disposed of. A second Ctrl-C or `kill` ends the
 * process all the same, since nobody should have to look for another way.
 *
 * @param onSignal Called with the first one.
 */
export function takeSignals(onSignal: () => void): Disposable {
  let isFirst = true;
  const taken = new Map<Deno.Signal, () => void>();
  const release = (name: Deno.Signal) => {
    const listener = taken.get(name);
    if (listener !== undefined) Deno.removeSignalListener(name, listener);
    taken.delete(name);
  };
  for (const name of SIGNALS) {
    const listener = () => {
      // A terminal that closes says so two times and means it once.
      SIGNALS.filter((other) => other !== "SIGHUP").forEach(release);
      if (isFirst) onSignal();
      isFirst = false;
    };
    taken.set(name, listener);
    Deno.addSignalListener(name, listener);
  }
  return { [Symbol.dispose]: () => SIGNALS.forEach(release) };
}

const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

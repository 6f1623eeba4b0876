/**
 * Tells a hub when this server was last used, so that it can end those that
 * nobody uses.
 * @module
 */
import type { HubApi } from "./hub_api.ts";

/** Tells it now and then; gives what ends that. */
export function reportActivity(
  api: HubApi,
  { findActivity, everyMs, log }: {
    /** When something was last done. Units: milliseconds since 1970. */
    readonly findActivity: () => Promise<number>;
    readonly everyMs: number;
    readonly log: (line: string) => void;
  },
): Disposable {
  let toldMs = 0;
  const tell = async () => {
    try {
      const activeMs = await findActivity();
      // What was told already would say that nothing has happened since.
      if (activeMs <= toldMs) return;
      await api.tellActivity(activeMs);
      toldMs = activeMs;
    } catch (error) {
      log(`The hub can not be told of activity: ${(error as Error).message}`);
    }
  };
  void tell();
  const timer = setInterval(() => void tell(), everyMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/**
 * Samples which function the main thread is in, by V8's own profiler.
 *
 * Needs permission for `sys` information `inspector`; without it there is no
 * sampler, and holds of the event loop are named by their call's place only.
 * What the samples say is worked out in `line_samples.ts`.
 *
 * Price, measured on Deno 2.9.6: 8 ms to start the first time, 2 ms to stop,
 * and 0.3 % of computing meanwhile. A Worker that is made while an inspector
 * session is open hears each message half a second late, so then it is given up.
 * @module
 */
import { system } from "../platform/mod.ts";
import type { Profile } from "./line_samples.ts";

export interface LineSampler {
  /** Ends it; a profile on the clock of `performance.now()`, or `null` if V8 gave none. */
  stop(): Promise<Profile | null>;
  /** Gives up at once, and what was sampled with it. */
  abandon(): void;
  readonly isAbandoned: boolean;
}

/** Starts sampling; `null` where it is not permitted or not to be had. */
export async function startLineSampler(): Promise<LineSampler | null> {
  const { state } = await system().permissions.query({
    name: "sys",
    kind: "inspector" as "hostname",
  }).catch(() => ({ state: "denied" }));
  if (state !== "granted") return null;
  const { Session } = await import("node:inspector");
  const session = new Session();
  const post = <R>(method: string, params: object = {}): Promise<R> => {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    session.post(method, params, (error: unknown, result?: object) => {
      if (error === null || error === undefined) resolve(result as R);
      else reject(error);
    });
    return promise;
  };
  try {
    session.connect();
    await post("Profiler.enable");
    await post("Profiler.setSamplingInterval", { interval: STEP_US });
    await post("Profiler.start");
  } catch {
    // Lines are an addition: without them the trace says all else.
    session.disconnect();
    return null;
  }
  let isAbandoned = false;
  return {
    get isAbandoned() {
      return isAbandoned;
    },
    abandon() {
      if (!isAbandoned) session.disconnect();
      isAbandoned = true;
    },
    async stop() {
      if (isAbandoned) return null;
      try {
        const { profile } = await post<{ profile: Profile }>("Profiler.stop");
        // Both clocks are the system's monotonic one, from different zeros.
        const offsetUs = profile.endTime - performance.now() * US_PER_MS;
        return {
          ...profile,
          startTime: profile.startTime - offsetUs,
          endTime: profile.endTime - offsetUs,
        };
      } catch {
        return null;
      } finally {
        session.disconnect();
      }
    },
  };
}

const STEP_US = 5000;
const US_PER_MS = 1000;

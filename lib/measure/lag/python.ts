/**
 * How late another thread of Python is while code runs: one sleeps a millisecond
 * again and again, and notes when it goes on.
 *
 * Loaded when it is first asked for.
 * @module
 */
import { startStamp } from "../../base/stamp/mod.ts";
import { type PythonSession, startPython } from "../../run/python/mod.ts";
import type { LagReport, PythonLagOptions } from "./lag.ts";
import { describeWatch, findFloor } from "./engine.ts";

/** Runs code in Python, and tells how late another thread of it was meanwhile. */
export async function watchPython(
  { python: code, session, title, signal, ...run }: PythonLagOptions,
): Promise<LagReport> {
  const limit = signal === undefined ? {} : { signal };
  await using own = session === undefined
    ? await startPython({ ...run, ...limit })
    : undefined;
  const used = session ?? own!;
  await used.run(WATCH);
  try {
    // Free rings first: they tell what a millisecond's sleep takes by itself.
    await used.run(`_skein_lag.time.sleep(${FREE_MS / 1000})`);
    const stamp = await startStamp();
    const fromMs = Number(await used.run("_skein_lag.now_ms()"));
    await used.run(code);
    const seen = await stop(used);
    const free = seen.ringsMs.filter((ms) => ms <= fromMs);
    const ringsMs = seen.ringsMs.filter((ms) => ms > fromMs);
    const { version, gil } = used.python;
    return await describeWatch({ ...seen, ringsMs, startMs: fromMs }, {
      title: title ?? "Lag of a Python thread",
      works: [{ name: "the code", startMs: fromMs, endMs: seen.endMs }],
      stamp,
      floor: findFloor(free.slice(1).map((ms, i) => ms - free[i]!)),
      python: { version, gil, intervalMs: seen.intervalMs },
    });
  } finally {
    // Of a session that has ended nothing is left to be stopped.
    await used.run("_skein_lag.on = False").catch(() => {});
  }
}

async function stop(session: PythonSession) {
  const [endMs, intervalMs, isCut, ringsMs] = await session.run(
    "_skein_lag.stop()",
  ) as [number, number, boolean, number[]];
  return { endMs, intervalMs, isCut, ringsMs: [...ringsMs, endMs] };
}

const FREE_MS = 60;
// Ten minutes of rings.
const MOST_RINGS = 300_000;
const WATCH = `
class _skein_lag:
    import sys, threading, time
    on = True
    rings = []

    @classmethod
    def now_ms(cls):
        return cls.time.perf_counter() * 1000

    @classmethod
    def ring(cls):
        while cls.on and len(cls.rings) < ${MOST_RINGS}:
            cls.time.sleep(0.001)
            cls.rings.append(cls.now_ms())

    @classmethod
    def stop(cls):
        end = cls.now_ms()
        is_cut = len(cls.rings) >= ${MOST_RINGS}
        cls.on = False
        cls.thread.join()
        rings = [ms for ms in cls.rings if ms < end]
        return [end, cls.sys.getswitchinterval() * 1000, is_cut, rings]

_skein_lag.thread = _skein_lag.threading.Thread(target=_skein_lag.ring, daemon=True)
_skein_lag.thread.start()
None
`;

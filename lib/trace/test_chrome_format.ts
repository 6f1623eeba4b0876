/**
 * Checks events against the rules of the Trace Event Format.
 *
 * Written from the format's description, not from `chrome_trace.ts`: required
 * keys of each phase, nesting on each track, pairs of async events and flows,
 * flows inside of slices, unique ids, order.
 * @module
 */

/** An event as it came out of JSON. */
export interface ReadEvent {
  readonly [key: string]: unknown;
}

/**
 * Checks a trace.
 *
 * @param json The file's text.
 * @returns What breaks a rule; nothing if the trace is good.
 */
export function findFaults(json: string): string[] {
  const { traceEvents } = JSON.parse(json) as { traceEvents: ReadEvent[] };
  const timed = traceEvents.filter(({ ph }) => ph !== "M");
  return [
    ...traceEvents.flatMap(checkKeys),
    ...checkOrder(timed),
    ...checkNesting(timed),
    ...checkPairs(timed, ["b", "e"]),
    ...checkPairs(timed, ["s", "f"]),
    ...checkFlows(timed),
    ...checkNames(traceEvents),
  ];
}

function checkKeys(event: ReadEvent): string[] {
  const keys = KEYS[event.ph as string];
  if (keys === undefined) return [`unknown phase ${event.ph}`];
  const missing = ["name", "pid", "tid", "ts", ...keys]
    .filter((key) => event[key] === undefined);
  const faults = missing.map((key) => `${event.ph} ${event.name} lacks ${key}`);
  const numbers = ["pid", "tid", "ts", "dur"].filter((key) => key in event)
    .filter((key) =>
      !Number.isFinite(event[key]) || (event[key] as number) < 0
    );
  faults.push(...numbers.map((key) => `${event.name}: ${key} ${event[key]}`));
  if (event.ph === "C") {
    const values = Object.values(event.args as object);
    if (values.length === 0 || values.some((v) => typeof v !== "number")) {
      faults.push(`counter ${event.name} has no numbers`);
    }
  }
  return faults;
}

function checkOrder(events: readonly ReadEvent[]): string[] {
  return events.flatMap((event, i) =>
    i > 0 && num(event.ts) < num(events[i - 1]!.ts)
      ? [`${event.name} at ${event.ts} comes after ${events[i - 1]!.ts}`]
      : []
  );
}

function checkNesting(events: readonly ReadEvent[]): string[] {
  const faults: string[] = [];
  for (const [track, slices] of tracksOf(events)) {
    for (const [i, one] of slices.entries()) {
      for (const other of slices.slice(i + 1)) {
        const [first, second] = startOf(one) <= startOf(other)
          ? [one, other]
          : [other, one];
        const isApart = endOf(first) <= startOf(second);
        const isInside = endOf(second) <= endOf(first) ||
          startOf(first) === startOf(second);
        if (!isApart && !isInside) {
          faults.push(`${first.name} and ${second.name} overlap on ${track}`);
        }
      }
    }
  }
  return faults;
}

function checkPairs(
  events: readonly ReadEvent[],
  [begin, end]: readonly [string, string],
): string[] {
  const faults: string[] = [];
  const open = new Map<string, ReadEvent>();
  const used = new Set<string>();
  for (const event of events) {
    const key = `${event.cat} ${event.id}`;
    if (event.ph === begin) {
      if (used.has(key)) faults.push(`id ${key} is used twice`);
      used.add(key);
      open.set(key, event);
    } else if (event.ph === end) {
      const first = open.get(key);
      if (first === undefined) faults.push(`${end} ${key} has no ${begin}`);
      else if (first.name !== event.name) {
        faults.push(`${key} changes its name`);
      }
      open.delete(key);
    }
  }
  return [...faults, ...[...open.keys()].map((key) => `${key} has no ${end}`)];
}

function checkFlows(events: readonly ReadEvent[]): string[] {
  const tracks = tracksOf(events);
  return events.filter(({ ph }) => ph === "s" || ph === "f").flatMap((flow) => {
    const at = Math.round(num(flow.ts) * 1000);
    const isInside = tracks.get(`${flow.pid}/${flow.tid}`)?.some((slice) =>
      startOf(slice) <= at && at <= endOf(slice)
    );
    return isInside ? [] : [`flow ${flow.id} at ${at} is in no slice`];
  });
}

function checkNames(events: readonly ReadEvent[]): string[] {
  const named = new Set(
    events.filter(({ name }) => name === "thread_name")
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  return [...tracksOf(events).keys()].filter((track) => !named.has(track))
    .map((track) => `track ${track} has no name`);
}

function tracksOf(events: readonly ReadEvent[]): Map<string, ReadEvent[]> {
  return Map.groupBy(
    events.filter(({ ph }) => ph === "X"),
    ({ pid, tid }) => `${pid}/${tid}`,
  );
}

/** Whole nanoseconds, as viewers keep them. */
function startOf(slice: ReadEvent): number {
  return Math.round(num(slice.ts) * 1000);
}

function endOf(slice: ReadEvent): number {
  return startOf(slice) + Math.round(num(slice.dur) * 1000);
}

function num(value: unknown): number {
  return value as number;
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  X: ["dur"],
  b: ["cat", "id"],
  e: ["cat", "id"],
  C: ["args"],
  M: ["args"],
  s: ["cat", "id"],
  f: ["cat", "id", "bp"],
  i: ["s"],
};

/**
 * Checks a trace against the rules of the Trace Event Format, and what
 * Perfetto's importer makes of it.
 *
 * Written from the format's description and from reading the importer
 * (`src/trace_processor/importers/json/`, `common/flow_tracker.cc`), not from
 * `chrome_trace.ts`. Perfetto's own `trace_processor` is no package: it would be
 * downloaded as a binary, so it does not run here.
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
  const trace = JSON.parse(json) as {
    traceEvents: ReadEvent[];
    displayTimeUnit?: string;
  };
  const { traceEvents, displayTimeUnit = "ms" } = trace;
  const timed = traceEvents.filter(({ ph }) => ph !== "M");
  return [
    // Some readers take it for the unit of `ts`, too.
    ...displayTimeUnit === "ms" ? [] : [`displayTimeUnit ${displayTimeUnit}`],
    ...checkDigits(json),
    ...traceEvents.flatMap(checkKeys),
    ...checkOrder(timed),
    ...checkNesting(timed),
    ...checkPairs(timed, ["b", "e"], isSameTrack),
    ...checkPairs(timed, ["s", "f"], () => true),
    ...checkFlows(timed),
    ...checkCounters(timed),
    ...checkNames(traceEvents),
  ];
}

/** Perfetto reads digits: microseconds, a point, and at most nanoseconds. */
function checkDigits(json: string): string[] {
  return [...json.matchAll(/"(?:ts|dur)":([^,}]*)/g)]
    .filter(([, digits]) => !/^-?\d+(\.\d{1,3})?$/.test(digits!))
    .map(([found]) => `${found} has digits below nanoseconds`);
}

function checkKeys(event: ReadEvent): string[] {
  const keys = KEYS[event.ph as string];
  if (keys === undefined) return [`unknown phase ${event.ph}`];
  const missing = ["name", "pid", "tid", "ts", ...keys]
    .filter((key) => event[key] === undefined);
  const faults = missing.map((key) => `${event.ph} ${event.name} lacks ${key}`);
  const numbers = ["ts", "dur"].filter((key) => key in event)
    .filter((key) => !(Number.isFinite(event[key]) && num(event[key]) >= 0));
  // 0 is the system's idle process and thread; text would be taken for a name.
  const ids = ["pid", "tid"].filter((key) =>
    !(Number.isInteger(event[key]) && num(event[key]) > 0)
  );
  for (const key of [...numbers, ...ids]) {
    faults.push(`${event.name}: ${key} ${event[key]}`);
  }
  const lists = Object.keys(event).filter((key) => Array.isArray(event[key]));
  // Perfetto gives the whole file up.
  faults.push(...lists.map((key) => `${event.name}: ${key} is a list`));
  if (event.ph === "i" && !["t", "p", "g"].includes(String(event.s))) {
    faults.push(`${event.name}: s ${event.s}`);
  }
  if (event.ph === "f" && event.bp !== "e") {
    faults.push(`${event.name}: without bp e it ends in the next slice`);
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

/** Pairs are known by category, id and name together. */
function checkPairs(
  events: readonly ReadEvent[],
  [begin, end]: readonly [string, string],
  goTogether: (one: ReadEvent, other: ReadEvent) => boolean,
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
      } else if (!goTogether(first, event)) {
        faults.push(`${key} changes its process`);
      }
      open.delete(key);
    }
  }
  return [...faults, ...[...open.keys()].map((key) => `${key} has no ${end}`)];
}

function isSameTrack(one: ReadEvent, other: ReadEvent): boolean {
  return one.pid === other.pid;
}

/** A flow binds to the slice that is open when it is read, so that has to come first. */
function checkFlows(events: readonly ReadEvent[]): string[] {
  const places = new Map(events.map((event, i) => [event, i]));
  const tracks = tracksOf(events);
  return events.filter(({ ph }) => ph === "s" || ph === "f").flatMap((flow) => {
    const at = startOf(flow);
    const isInside = tracks.get(`${flow.pid}/${flow.tid}`)?.some((slice) =>
      startOf(slice) <= at && at <= endOf(slice) &&
      places.get(slice)! < places.get(flow)!
    );
    const faults = isInside ? [] : [`flow ${flow.id} at ${at} is in no slice`];
    // Other text than a number in hexadecimal digits is dropped.
    const isId = Number.isInteger(flow.id) ||
      /^(0x)?[\da-f]{1,16}$/i.test(String(flow.id));
    return isId ? faults : [...faults, `flow id ${flow.id} is no number`];
  });
}

/** One counter of a process: its values keep their names. */
function checkCounters(events: readonly ReadEvent[]): string[] {
  const series = new Map<string, string>();
  return events.filter(({ ph }) => ph === "C").flatMap((event) => {
    const values = Object.values(event.args as object);
    if (values.length === 0 || !values.every(Number.isFinite)) {
      return [`counter ${event.name} has no numbers`];
    }
    const key = `${event.pid} ${event.name}`;
    const names = Object.keys(event.args as object).join();
    const known = series.get(key) ?? names;
    series.set(key, known);
    return known === names ? [] : [`counter ${event.name} changes its values`];
  });
}

function checkNames(events: readonly ReadEvent[]): string[] {
  const namesOf = (name: string) => events.filter((one) => one.name === name);
  const threads = namesOf("thread_name");
  const named = new Set(threads.map(({ pid, tid }) => `${pid}/${tid}`));
  const processes = new Set(namesOf("process_name").map(({ pid }) => pid));
  const used = new Set(
    events.filter(({ ph }) => ph !== "M").map(({ pid, tid }) =>
      `${pid}/${tid}`
    ),
  );
  const numbers = threads.map(({ tid }) => tid);
  return [
    ...[...used].filter((track) => !named.has(track))
      .map((track) => `track ${track} has no name`),
    ...threads.filter(({ pid }) => !processes.has(pid))
      .map(({ pid }) => `process ${pid} has no name`),
    // One number in two processes is a thread that has moved.
    ...numbers.filter((tid, i) => numbers.indexOf(tid) !== i)
      .map((tid) => `tid ${tid} is used twice`),
  ];
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

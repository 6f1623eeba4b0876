/**
 * What each lesson promises to show, whatever the machine: the shape, not the
 * digits. Where a machine can not show it, the honest sentence is right too.
 *
 * Pure.
 * @module
 */

/** What a cell shows, as text. */
export type Shown = (cellId: string) => string;

/** Looks at a lesson; gives a sentence on each thing that is not as promised. */
export type Shape = (shown: Shown) => readonly string[];

/** Words for what this machine could not show just now. */
const HONEST =
  /no difference (could be )?shown|noisy|others (had|used)|one core|not measured|unknown|could not be/i;

/** The promises of each lesson, by the first two digits of its name. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  "00": need({ hello: /Ready/ }),
  "01": need({ waiting: /async/, computing: /workers/ }),
  "02": need({
    "who-run": /main/,
    "copy-run": /In the Worker: \*\*99\*\*\. Here: \*\*1\*\*/,
    "share-run": /is \*\*99\*\*/,
    "process-run": /shared/i,
    "crash-run": /RangeError: broken in the Worker[\s\S]*broken in the process/,
  }),
  "03": (shown) => [
    ...need({ "count-sleep": /gave|switches/i, "cost-run": /hand-over/ })(
      shown,
    ),
    ...order("cost-why", /From cheap to dear it was here: \*\*await/, shown),
  ],
  "04": (shown) => [
    ...need({
      "order-why": /plain → promise → microtask → /,
      "starve-run": /gave way \*\*[\d,]{4,}\*\*/,
    })(shown),
    ...atLeast("block-run", /longest ([\d.]+) ms/, 200, shown),
    ...atLeast("starve-run", /ran after \*\*(\d+) ms/, 95, shown),
  ],
  "05": (shown) => [
    ...need({ "eight-run": /worker 8/ })(shown),
    ...gainOrHonest("parallel-why", /were \*\*([\d.]+)×/, 1.2, shown),
  ],
  "06": need({
    "start-run": /done by process \*\*(\d+)\*\*, and again by \*\*\1\*\*/,
    "crash-run": /still here/,
    "tree-run": /child/,
    "stop-run": /has been ended/,
  }),
  "07": need({ "start-run": /Worker/, "cross-why": /pool/ }),
  "08": need({
    "law-run": /\| 1024 \| 1024\.00 \| .* \| 9\.91 \|/,
    "measure-run": /\| 4 /,
    "lumps-run": /1\.50×/,
  }),
  "09": need({
    "steps-run": /4 of 6 schedules fail/,
    scheduler: /An update is lost|It fails/,
    real: /x: 2/,
    atomic: /All 2 schedules pass/,
    "lock-half": /schedules fail/,
    "lock-both": /All 2 schedules pass/,
    "await-race": /balance: -60/,
  }),
  "10": (shown) => [
    ...need({
      "deadlock-run":
        /end in a deadlock: ada waits for lock "paper", which bob holds/,
      "deadlock-fix": /schedules pass/,
      "cancel-run": /computed 42 in a new thread/,
    })(shown),
  ],
  "11": (shown) =>
    /There is no Python/.test(shown("start"))
      ? need({ "compute-run": /No Python here/ })(shown)
      : need({ "compute-run": /python-threads/, "wait-run": /python-asyncio/ })(
        shown,
      ),
  "12": need({ numbers: /4 of 6 orders lose one/, "measure-cores": /workers/ }),
};

function need(words: Readonly<Record<string, RegExp>>): Shape {
  return (shown) =>
    Object.entries(words).flatMap(([id, pattern]) =>
      pattern.test(shown(id))
        ? []
        : [`cell "${id}" does not show ${pattern}: ${cut(shown(id))}`]
    );
}

function atLeast(
  id: string,
  pattern: RegExp,
  least: number,
  shown: Shown,
): string[] {
  const value = Number(pattern.exec(shown(id))?.[1]);
  return value >= least ? [] : [
    `cell "${id}" shows ${value}, expected at least ${least}: ${
      cut(shown(id))
    }`,
  ];
}

function gainOrHonest(
  id: string,
  pattern: RegExp,
  least: number,
  shown: Shown,
): string[] {
  const text = shown(id);
  const value = Number(pattern.exec(text)?.[1]);
  return value >= least || HONEST.test(text) ||
      /No gain could be shown/.test(text)
    ? []
    : [`cell "${id}" shows neither a gain nor why not: ${cut(text)}`];
}

function order(id: string, pattern: RegExp, shown: Shown): string[] {
  return pattern.test(shown(id)) || HONEST.test(shown(id))
    ? []
    : [`cell "${id}" has another order: ${cut(shown(id))}`];
}

function cut(text: string): string {
  return JSON.stringify(text.slice(0, 300));
}

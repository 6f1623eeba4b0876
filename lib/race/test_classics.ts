/**
 * Classic programs, each written twice: as a learner writes it for `race`, and
 * step by step for the enumerator in `test_enumerator.ts`.
 * @module
 */
import type { Cells, HandMachine, Step } from "./test_enumerator.ts";

/** A program written twice. */
export interface Twin {
  /** Cells, and the sources of the threads. */
  readonly program: {
    readonly shared: Cells;
    readonly threads: readonly string[];
  };
  /** The same as steps. */
  readonly machine: HandMachine;
}

type Steps = readonly (Step | string)[];

/** Cells, sources, and steps; the steps' cells have those of arrays one by one. */
function twin(
  shared: Cells,
  threads: readonly (readonly [source: string, steps: Steps])[],
  conditions: Pick<HandMachine, "check" | "invariant"> = {},
  hidden: Cells = {},
): Twin {
  const flat = Object.entries(shared).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((one, i) => [`${name}[${i}]`, one])
      : [[name, value]]
  );
  return {
    program: { shared, threads: threads.map(([source]) => source) },
    machine: {
      shared: { ...Object.fromEntries(flat), ...hidden },
      threads: threads.map(([, steps]) => steps),
      ...conditions,
    },
  };
}

function both(source: string, steps: Steps, copies = 2) {
  return Array.from({ length: copies }, () => [source, steps] as const);
}

const go = (condition: unknown, label: string) => condition ? label : undefined;
const n = (m: Cells, cell: string) => Number(m[cell]);
const plus = (cell: string, by: number): Steps => [
  (m, r) => void (r.v = n(m, cell)),
  (m, r) => {
    m[cell] = r.v! + by;
    delete r.v;
  },
];
const set = (cell: string, value: unknown): Step => (m) =>
  void (m[cell] = value);
const lock = (name: string): Step => (m) =>
  m[`$${name}`] ? false : void (m[`$${name}`] = 1);
const unlock = (name: string): Step => (m) => void (m[`$${name}`] = 0);
const inside: Steps = [...plus("inside", 1), ...plus("inside", -1)];
const alone = { invariant: (m: Cells) => n(m, "inside") <= 1 };
const INSIDE = "m.inside++; m.inside--;";
const total = (x: number) => ({ check: (m: Cells) => m.x === x });

/** An entry protocol of two threads around a critical section. */
function entry(
  shared: Cells,
  [enter, leave]: readonly [string, string],
  steps: readonly [Steps, Steps],
): Twin {
  return twin(
    { ...shared, inside: 0 },
    both(
      `(m, id) => { const other = 1 - id; ${enter} ${INSIDE} ${leave} }`,
      [...steps[0], ...inside, ...steps[1]],
    ),
    alone,
  );
}

const wants = (id: number) => `wants[${id}]`;
const want: Step = (m, _, id) => void (m[wants(id)] = true);
const drop: Step = (m, _, id) => void (m[wants(id)] = false);
const yieldTurn: Step = (m, _, id) => void (m.turn = 1 - id);
const petersonWait: Steps = [
  "look",
  (m, _, id) => go(!m[wants(1 - id)], "in"),
  (m, _, id) => go(m.turn === 1 - id, "look"),
  "in",
];
const PETERSON = "while (m.wants[other] && m.turn === other) {}";
const FLAGS = { wants: [false, false], turn: 0 };
const DROP = "m.wants[id] = false;";

/** Lamport's bakery for two threads, with or without its doorway. */
function bakery(hasDoorway: boolean): Twin {
  const shared = hasDoorway
    ? { choosing: [false, false], number: [0, 0] }
    : { number: [0, 0] };
  const source = `
    ${hasDoorway ? "m.choosing[id] = true;" : ""}
    m.number[id] = 1 + Math.max(m.number[0], m.number[1]);
    ${hasDoorway ? "m.choosing[id] = false; while (m.choosing[other]) {}" : ""}
    while (m.number[other] !== 0 &&
      (m.number[other] < m.number[id] ||
        (m.number[other] === m.number[id] && other < id))) {}`;
  const number = (id: number) => `number[${id}]`;
  const choosing = (id: number) => `choosing[${id}]`;
  return entry(shared, [source, "m.number[id] = 0;"], [[
    ...hasDoorway
      ? [((m, _, id) => void (m[choosing(id)] = true)) satisfies Step]
      : [],
    (m, r) => void (r.a = n(m, "number[0]")),
    (m, r) => void (r.a = Math.max(r.a!, n(m, "number[1]"))),
    (m, r, id) => {
      m[number(id)] = r.a! + 1;
      delete r.a;
    },
    ...hasDoorway
      ? [
        (m, _, id) => void (m[choosing(id)] = false),
        "door",
        (m, _, id) => go(m[choosing(1 - id)], "door"),
      ] satisfies Steps
      : [],
    "look",
    (m, _, id) => go(m[number(1 - id)] === 0, "in"),
    (m, r, id) => void (r.b = n(m, number(1 - id))),
    (m, r, id) => {
      const theirs = r.b!;
      delete r.b;
      return go(theirs < n(m, number(id)), "look");
    },
    (m, r, id) => void (r.b = n(m, number(1 - id))),
    (m, r, id) => {
      const isSame = r.b === n(m, number(id));
      delete r.b;
      return go(isSame && 1 - id < id, "look");
    },
    "in",
  ], [(m, _, id) => void (m[number(id)] = 0)]]);
}

/** Readers and a writer; the first reader locks the writer out, the last lets it in. */
function readersWriters(isCounted: boolean): Twin {
  const mutex = (text: string) => isCounted ? text : "";
  const reader = `(m) => {
    ${mutex(`m.lock("mutex");`)} m.readers++;
    if (m.readers === 1) m.acquire("room"); ${mutex(`m.unlock("mutex");`)}
    m.seen = m.data;
    ${mutex(`m.lock("mutex");`)} m.readers--;
    if (m.readers === 0) m.release("room"); ${mutex(`m.unlock("mutex");`)}
  }`;
  const held = (step: Step): Steps => isCounted ? [step] : [];
  const acquire: Step = (m) =>
    n(m, "room") <= 0 ? false : void (m.room = n(m, "room") - 1);
  const release: Step = (m) => void (m.room = n(m, "room") + 1);
  const reading: Steps = [
    ...held(lock("mutex")),
    ...plus("readers", 1),
    (m) => go(m.readers !== 1, "reading"),
    acquire,
    "reading",
    ...held(unlock("mutex")),
    (m, r) => void (r.d = n(m, "data")),
    (m, r) => {
      m.seen = r.d;
      delete r.d;
    },
    ...held(lock("mutex")),
    ...plus("readers", -1),
    (m) => go(m.readers !== 0, "left"),
    release,
    "left",
    ...held(unlock("mutex")),
  ];
  return twin(
    { readers: 0, room: 1, data: 0, seen: 0 },
    [
      ...both(reader, reading),
      [
        `(m) => { m.acquire("room"); m.data = 1; m.data = 2; m.release("room"); }`,
        [acquire, set("data", 1), set("data", 2), release],
      ],
    ],
    { invariant: (m) => m.seen !== 1 },
  );
}

/** A value made once, by whoever comes first; `order` says when the flag is set. */
function doubleChecked(isFlagLast: boolean): Twin {
  const make = isFlagLast
    ? "m.made++; m.value = 7; m.ready = true;"
    : "m.made++; m.ready = true; m.value = 7;";
  const makeSteps: Steps = isFlagLast
    ? [...plus("made", 1), set("value", 7), set("ready", true)]
    : [...plus("made", 1), set("ready", true), set("value", 7)];
  return twin(
    { ready: false, value: 0, made: 0, got: [-1, -1] },
    both(
      `(m, id) => { if (!m.ready) { m.lock("l"); if (!m.ready) { ${make} } m.unlock("l"); }
        m.got[id] = m.value; }`,
      [
        (m) => go(m.ready, "use"),
        lock("l"),
        (m) => go(m.ready, "made"),
        ...makeSteps,
        "made",
        unlock("l"),
        "use",
        (m, r) => void (r.v = n(m, "value")),
        (m, r, id) => {
          m[`got[${id}]`] = r.v;
          delete r.v;
        },
      ],
    ),
    { check: (m) => m.made === 1 && !/"got[^,]*:0/.test(JSON.stringify(m)) },
  );
}

/** A lock taken by drawing a ticket. */
function ticketLock(isAtomic: boolean): Twin {
  const draw: Steps = isAtomic
    ? [(m, r) => {
      r.mine = n(m, "next");
      m.next = r.mine + 1;
    }]
    : [
      (m, r) => void (r.mine = n(m, "next")),
      (m, r) => void (m.next = r.mine! + 1),
    ];
  const source = isAtomic ? `m.atomics.add("next", 1)` : "m.next++";
  return twin(
    { next: 0, serving: 0, inside: 0 },
    both(
      `(m) => { const mine = ${source}; while (m.serving !== mine) {} ${INSIDE} m.serving++; }`,
      [
        ...draw,
        "look",
        (m, r) => go(m.serving !== r.mine, "look"),
        ...inside,
        ...plus("serving", 1),
      ],
    ),
    alone,
  );
}

const waiter = (look: "if" | "while"): readonly [string, Steps] => [
  `(m) => { m.lock("l"); ${look} (!m.ready) m.wait("c", "l"); m.got++; m.unlock("l"); }`,
  [
    lock("l"),
    "look",
    (m) => go(m.ready, "on"),
    (m, _, id) => {
      m.$l = 0;
      m.$c = [...m.$c as number[], id];
    },
    (m, _, id) => {
      if ((m.$c as number[]).includes(id) || m.$l) return false;
      m.$l = 1;
      return go(look === "while", "look");
    },
    "on",
    ...plus("got", 1),
    unlock("l"),
  ],
];
const notify: Step = (m) => void (m.$c = (m.$c as number[]).slice(1));

/** The programs by what they are called. */
export const CLASSICS: Readonly<Record<string, Twin>> = {
  "lost update": twin(
    { x: 0 },
    both("(m) => { m.x++; }", plus("x", 1)),
    total(2),
  ),
  "lost update of three": twin(
    { x: 0 },
    both("(m) => { m.x++; }", plus("x", 1), 3),
    total(3),
  ),
  "two additions each": twin(
    { x: 0 },
    both("(m) => { m.x++; m.x += 2; }", [...plus("x", 1), ...plus("x", 2)]),
    total(6),
  ),
  "atomic additions": twin(
    { x: 0 },
    both(`(m) => { m.atomics.add("x", 1); }`, [
      (m) => void (m.x = n(m, "x") + 1),
    ], 4),
    total(4),
  ),
  "additions under a lock": twin(
    { x: 0 },
    both(`(m) => { m.lock("l"); m.x++; m.unlock("l"); }`, [
      lock("l"),
      ...plus("x", 1),
      unlock("l"),
    ], 3),
    total(3),
  ),
  "one forgets the lock": twin({ x: 0 }, [
    [`(m) => { m.lock("l"); m.x++; m.unlock("l"); }`, [
      lock("l"),
      ...plus("x", 1),
      unlock("l"),
    ]],
    ["(m) => { m.x++; }", plus("x", 1)],
  ], total(2)),
  "compare and exchange until it holds": twin(
    { x: 0 },
    both(
      `(m) => { let old; do { old = m.atomics.load("x"); }
        while (m.atomics.compareExchange("x", old, old + 1) !== old); }`,
      [
        "again",
        (m, r) => void (r.old = n(m, "x")),
        (m, r) => {
          if (m.x !== r.old) {
            delete r.old;
            return "again";
          }
          m.x = r.old! + 1;
          delete r.old;
        },
      ],
    ),
    total(2),
  ),
  "Peterson": entry(
    FLAGS,
    [`m.wants[id] = true; m.turn = other; ${PETERSON}`, DROP],
    [[want, yieldTurn, ...petersonWait], [drop]],
  ),
  "Peterson, turn first": entry(
    FLAGS,
    [`m.turn = other; m.wants[id] = true; ${PETERSON}`, DROP],
    [[yieldTurn, want, ...petersonWait], [drop]],
  ),
  "Peterson without a turn": entry(
    FLAGS,
    ["m.wants[id] = true; while (m.wants[other]) {}", DROP],
    [[want, "look", (m, _, id) => go(m[wants(1 - id)], "look")], [drop]],
  ),
  "flag seen, then set": entry(
    FLAGS,
    ["while (m.wants[other]) {} m.wants[id] = true;", DROP],
    [["look", (m, _, id) => go(m[wants(1 - id)], "look"), want], [drop]],
  ),
  "strict turns": entry(
    FLAGS,
    ["while (m.turn !== id) {}", "m.turn = other;"],
    [["look", (m, _, id) => go(m.turn !== id, "look")], [yieldTurn]],
  ),
  "Dekker": entry(FLAGS, [
    `m.wants[id] = true;
      while (m.wants[other]) {
        if (m.turn !== id) { m.wants[id] = false; while (m.turn !== id) {} m.wants[id] = true; }
      }`,
    `m.turn = other; ${DROP}`,
  ], [[
    want,
    "look",
    (m, _, id) => go(!m[wants(1 - id)], "in"),
    (m, _, id) => go(m.turn === id, "look"),
    drop,
    "rest",
    (m, _, id) => go(m.turn !== id, "rest"),
    (m, _, id) => {
      m[wants(id)] = true;
      return "look";
    },
    "in",
  ], [yieldTurn, drop]]),
  "Dekker that gives way for good": entry(FLAGS, [
    `m.wants[id] = true; while (m.wants[other]) { m.wants[id] = false; break; }`,
    `m.turn = other; ${DROP}`,
  ], [[
    want,
    (m, _, id) => go(!m[wants(1 - id)], "in"),
    drop,
    "in",
  ], [yieldTurn, drop]]),
  "bakery": bakery(true),
  "bakery without its doorway": bakery(false),
  "ticket lock": ticketLock(true),
  "ticket lock, tickets drawn in two steps": ticketLock(false),
  "test and set": entry(
    { busy: 0 },
    [`while (m.atomics.exchange("busy", 1) === 1) {}`, "m.busy = 0;"],
    [["look", (m) => {
      const old = m.busy;
      m.busy = 1;
      return go(old === 1, "look");
    }], [set("busy", 0)]],
  ),
  "test, then test and set": entry(
    { busy: 0 },
    [
      `while (true) { while (m.busy === 1) {}
        if (m.atomics.exchange("busy", 1) === 0) break; }`,
      "m.busy = 0;",
    ],
    [["look", (m) => go(m.busy === 1, "look"), (m) => {
      const old = m.busy;
      m.busy = 1;
      return go(old === 1, "look");
    }], [set("busy", 0)]],
  ),
  "test, then set": entry(
    { busy: 0 },
    ["while (m.busy === 1) {} m.busy = 1;", "m.busy = 0;"],
    [["look", (m) => go(m.busy === 1, "look"), set("busy", 1)], [
      set("busy", 0),
    ]],
  ),
  "readers and a writer": readersWriters(true),
  "readers counted without a lock": readersWriters(false),
  "made once": doubleChecked(true),
  "made once, flag too early": doubleChecked(false),
  "two locks in two orders": twin({ x: 0 }, [
    [
      `(m) => { m.lock("a"); m.lock("b"); m.x++; m.unlock("b"); m.unlock("a"); }`,
      [lock("a"), lock("b"), ...plus("x", 1), unlock("b"), unlock("a")],
    ],
    [
      `(m) => { m.lock("b"); m.lock("a"); m.x++; m.unlock("a"); m.unlock("b"); }`,
      [lock("b"), lock("a"), ...plus("x", 1), unlock("a"), unlock("b")],
    ],
  ]),
  "a wait that looks once": twin(
    { ready: false, got: 0 },
    [waiter("if"), [`(m) => { m.ready = true; m.notify("c"); }`, [
      set("ready", true),
      notify,
    ]]],
    {},
    { $c: [] },
  ),
  "a wait that looks again": twin(
    { ready: false, got: 0 },
    [waiter("while"), [
      `(m) => { m.lock("l"); m.ready = true; m.notify("c"); m.unlock("l"); }`,
      [lock("l"), set("ready", true), notify, unlock("l")],
    ]],
    {},
    { $c: [] },
  ),
  "a loop that reads a value twice": twin({ x: 1 }, [
    ["(m) => { while (m.x !== 0 && m.x < 2) {} }", [
      "look",
      (m) => go(m.x === 0, "out"),
      (m) => go(n(m, "x") < 2, "look"),
      "out",
    ]],
    ["(m) => { m.x = 0; }", [set("x", 0)]],
  ]),
  "a loop for a value that is there for a moment": twin({ x: 0 }, [
    ["(m) => { do {} while (m.x !== 1); }", [
      "look",
      (m) => go(m.x !== 1, "look"),
    ]],
    ["(m) => { m.x = 1; m.x = 2; }", [set("x", 1), set("x", 2)]],
  ]),
  "a loop that keeps what it read": twin({ x: 0, got: 0 }, [
    ["(m) => { let v; while ((v = m.x) === 0) {} m.got = v; }", [
      "look",
      (m, r) => {
        r.v = n(m, "x");
        return go(r.v === 0, "look");
      },
      (m, r) => void (m.got = r.v),
    ]],
    ["(m) => { m.x = 1; m.x = 2; }", [set("x", 1), set("x", 2)]],
  ], { check: (m) => m.got !== 0 }),
  "a loop that gives up after three looks": twin({ x: 0, got: 0 }, [
    ["(m) => { let t = 0; while (m.x === 0 && t < 3) t++; m.got = t; }", [
      "look",
      (m, r) => {
        r.t ??= 0;
        if (m.x !== 0 || r.t >= 3) return "out";
        r.t++;
        return "look";
      },
      "out",
      (m, r) => void (m.got = r.t),
    ]],
    ["(m) => { m.x = 1; }", [set("x", 1)]],
  ]),
  "two that leave when both are there": twin(
    { here: 0, left: 0 },
    both(
      `(m) => { m.atomics.add("here", 1); for (; m.here < 2;) {} m.left++; }`,
      [
        (m) => void (m.here = n(m, "here") + 1),
        "look",
        (m) => go(n(m, "here") < 2, "look"),
        ...plus("left", 1),
      ],
    ),
  ),
  "a slot that is filled and emptied": twin({ full: false, slot: 0, sum: 0 }, [
    [
      `(m) => { for (let i = 1; i < 3; i++) { while (m.full) {} m.slot = i; m.full = true; } }`,
      [1, 2].flatMap((i) => [
        `look ${i}`,
        (m: Cells) => go(m.full, `look ${i}`),
        set("slot", i),
        set("full", true),
      ]),
    ],
    [
      `(m) => { for (let i = 1; i < 3; i++) { while (!m.full) {} m.sum += m.slot; m.full = false; } }`,
      [1, 2].flatMap((i): Steps => [
        `look ${i}`,
        (m) => go(!m.full, `look ${i}`),
        (m, r) => void (r.s = n(m, "sum")),
        (m, r) => void (r.s = r.s! + n(m, "slot")),
        (m, r) => {
          m.sum = r.s;
          delete r.s;
        },
        set("full", false),
      ]),
    ],
  ], { check: (m) => m.sum === 3 }),
  "writes seen in order": twin({ data: 0, flag: false, got: -1 }, [
    ["(m) => { m.data = 1; m.flag = true; }", [
      set("data", 1),
      set("flag", true),
    ]],
    ["(m) => { if (m.flag) m.got = m.data; }", [
      (m) => go(!m.flag, "out"),
      (m, r) => void (r.v = n(m, "data")),
      (m, r) => {
        m.got = r.v;
        delete r.v;
      },
      "out",
    ]],
  ], { check: (m) => m.got !== 0 }),
};

/**
 * Races for the gallery and the examples: small programs, explored when asked for.
 *
 * Their sources are text, so that lines stay as they are written whatever
 * compiles this file. Exploring gives the same values every time.
 * @module
 */
import {
  explore,
  type RaceOptions,
  type RaceProgram,
  type RaceResult,
  type RaceThread,
} from "../../race/mod.ts";

type Shared = Record<string, unknown>;
type Check = (memory: Readonly<Shared>) => boolean;

/** Two increments without a lock: an update is lost. */
export function exploreLostUpdate(): Promise<RaceResult> {
  return run({
    title: "Two threads add 1 to x",
    shared: { x: 0 },
    threads: [
      read(`function a(m) {\n  m.x++;\n}`),
      read(`function b(m) {\n  m.x++;\n}`),
    ],
    check: check("(m) => m.x === 2"),
  });
}

/** The same with a lock: all schedules pass. */
export function exploreLocked(): Promise<RaceResult> {
  const source = (name: string) =>
    read(
      `function ${name}(m) {\n  m.lock("x");\n  m.x++;\n  m.unlock("x");\n}`,
    );
  return run({
    title: "Two threads add 1 to x, with a lock",
    shared: { x: 0 },
    threads: [source("a"), source("b")],
    check: check("(m) => m.x === 2"),
  });
}

/** Three philosophers who take the left fork first: a deadlock. */
export function explorePhilosophers(): Promise<RaceResult> {
  return run({
    title: "Three philosophers, left fork first",
    shared: { meals: 0 },
    threads: read(
      `function philosopher(m, id) {\n  const [left, right] = [id, (id + 1) % 3];\n` +
        "  m.lock(`fork ${left}`);\n  m.lock(`fork ${right}`);\n" +
        `  m.atomics.add("meals", 1);\n` +
        "  m.unlock(`fork ${right}`);\n  m.unlock(`fork ${left}`);\n}",
    ),
    copies: 3,
  });
}

/** Long stretches without a choice, and a branch that goes on for long. */
export function exploreDeep(): Promise<RaceResult> {
  const source = (name: string) =>
    read(
      `function ${name}(m) {\n  for (let i = 0; i < 4; i++) {\n    m.steps[${
        name === "left" ? 0 : 1
      }] = i;\n    m.lock("door");\n    m.sum += 1;\n    m.unlock("door");\n  }\n  m.sum++;\n}`,
    );
  return run({
    title: "One addition was left outside of the lock",
    shared: { steps: [0, 0], sum: 0 },
    threads: [source("left"), source("right")],
    check: check("(m) => m.sum === 10"),
  });
}

/** A flag that is looked at, then set: both go in. */
export function exploreFlag(): Promise<RaceResult> {
  return run({
    title: "A flag that is looked at, then set",
    shared: { busy: false, inside: 0 },
    threads: read(
      `function visitor(m) {\n  while (m.busy) {}\n  m.busy = true;\n  m.inside++;\n  m.inside--;\n  m.busy = false;\n}`,
    ),
    invariant: check("(m) => m.inside <= 1"),
  });
}

/** Nothing says what must hold: the ways to end are shown, and not judged. */
export function exploreUnchecked(): Promise<RaceResult> {
  return run({
    title: "Who writes last",
    shared: { x: 0, y: 0 },
    threads: [
      read(`function a(m) {\n  m.x = 1;\n  m.y = m.x;\n}`),
      read(`function b(m) {\n  m.x = 2;\n}`),
    ],
  });
}

/** Two asynchronous payments: between check and act, the other comes in. */
export function explorePayments(): Promise<RaceResult> {
  return run({
    title: "Two payments of 80 from an account with 100",
    shared: { balance: 100 },
    threads: read(
      `async function pay(m) {\n  if (m.balance < 80) return;\n  await new Promise((go) => setTimeout(go, 50));\n  m.balance -= 80;\n}`,
    ),
    check: check("(m) => m.balance >= 0"),
  });
}

/** So many schedules that some are drawn at random. */
export function exploreSampled(): Promise<RaceResult> {
  return run({
    title: "Four threads add 1 to x, five times each",
    shared: { x: 0 },
    threads: read(
      `function worker(m) {\n  for (let i = 0; i < 5; i++) m.x++;\n}`,
    ),
    copies: 4,
    check: check("(m) => m.x === 20"),
  }, { maxRuns: 1000 });
}

function run(
  program: RaceProgram<Shared>,
  options: RaceOptions = {},
): Promise<RaceResult> {
  return explore(program, { workers: false, maxMs: 600_000, ...options });
}

function read(source: string): RaceThread<Shared> {
  return new Function(`return ${source};`)() as RaceThread<Shared>;
}

function check(source: string): Check {
  return new Function(`return ${source};`)() as Check;
}

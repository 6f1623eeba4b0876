/**
 * `race` beside an enumerator that shares nothing with it (`test_enumerator.ts`).
 *
 * Each program is written twice: as a learner writes it, and as a list of steps.
 */
import assert from "node:assert/strict";
import { CLASSICS, type Twin } from "./test_classics.ts";
import {
  type Cells,
  countAll,
  findAll,
  writeCells,
} from "./test_enumerator.ts";
import { race } from "../race.ts";
import { makeThread } from "./test_programs.ts";
import type { RaceOutcome } from "./result.ts";

function nameEnd({ kind, final }: RaceOutcome): string {
  const word = kind === "passed" || kind === "ended" ? "end" : kind;
  return `${word} ${writeCells(final)}`;
}

/** The machine knows cells of arrays one by one only. */
function condition(
  name: "check" | "invariant",
  holds: ((m: Cells) => boolean) | undefined,
) {
  return holds && {
    [name]: (m: Readonly<Cells>) => holds(JSON.parse(writeCells(m))),
  };
}

async function check({ program, machine }: Twin): Promise<void> {
  const written = {
    ...program,
    threads: program.threads.map(makeThread),
    ...condition("check", machine.check),
    ...condition("invariant", machine.invariant),
  };
  const result = await race(written, { workers: false, maxMs: 60_000 });
  const counted = countAll(machine);
  const sum = (counts: Iterable<readonly [string, number]>) =>
    [...counts].reduce((total, [, ways]) => total + ways, 0);
  assert.ok(result.endings.length === result.endingCount);
  const found = new Map<string, number>();
  for (const ending of result.endings) {
    const name = nameEnd(ending);
    found.set(name, (found.get(name) ?? 0) + ending.schedules);
  }
  assert.deepEqual([...found].sort(), [...counted].sort());
  assert.deepEqual([...found.keys()].sort(), [...findAll(machine)].sort());
  assert.equal(result.total, sum(counted));
  const bad = [...counted].filter(([name]) => !name.startsWith("end "));
  assert.equal(result.failingSchedules, sum(bad));
  for (const ending of result.endings) {
    const run = await race.replay(written, ending.schedule, { workers: false });
    assert.equal(run.kind, ending.kind);
    assert.equal(run.reason, ending.reason);
    if (ending.kind !== "invariant") {
      assert.equal(writeCells(run.final), writeCells(ending.final));
    }
  }
}

for (const [name, twin] of Object.entries(CLASSICS)) {
  Deno.test(`race() agrees with every interleaving: ${name}`, () =>
    check(twin));
}

Deno.test("race() is held against at least 25 programs", () => {
  assert.ok(Object.keys(CLASSICS).length >= 25);
});

/**
 * Situations in which all schedules of a program are tried.
 * @module
 */
import { race } from "../../lib/race.ts";
import { read, readRefusal } from "./read_result.ts";
import type { Situation } from "./situation.ts";

/** Races. */
export const RACING: readonly Situation[] = [
  {
    name: "Lamport's bakery is a lock",
    run: async () =>
      await read(
        await race({
          shared: { choosing: [false, false], number: [0, 0], inside: 0 },
          threads: (m, id) => {
            const other = 1 - id;
            m.choosing[id] = true;
            m.number[id] = 1 + Math.max(m.number[0]!, m.number[1]!);
            m.choosing[id] = false;
            while (m.choosing[other]) { /* Until it has drawn. */ }
            while (
              m.number[other] !== 0 &&
              (m.number[other]! < m.number[id]! ||
                m.number[other] === m.number[id] && other < id)
            ) { /* Until it is done. */ }
            m.inside++;
            m.inside--;
            m.number[id] = 0;
          },
          invariant: (m) => m.inside <= 1,
        }),
      ),
    must: [/All [\d\u202f]+ schedules pass/],
    never: [/livelock/, /fail/],
  },
  {
    name: "a loop that reads a value twice goes on when it changes",
    run: async () =>
      await read(
        await race({
          shared: { x: 1 },
          threads: [
            (m) => {
              while (m.x !== 0 && m.x < 2) { /* Until it is another. */ }
            },
            (m) => {
              m.x = 0;
            },
          ],
          check: (m) => m.x === 0,
        }),
      ),
    must: [/All \d+ schedules pass/],
    never: [/livelock/],
  },
  {
    name: "two that wait for each other's flag loop for ever",
    run: async () =>
      await read(
        await race({
          shared: { wants: [false, false] },
          threads: (m, id) => {
            m.wants[id] = true;
            while (m.wants[1 - id]) { /* Until it does not. */ }
            m.wants[id] = false;
          },
          check: () => true,
        }),
      ),
    must: [/end in a livelock/],
    never: [/All \d+ schedules pass/],
  },
  {
    name: "without a check nothing passes",
    run: async () =>
      await read(
        await race({
          shared: { x: 0 },
          threads: (m) => {
            m.x++;
          },
        }),
      ),
    must: [
      /6 schedules end in 2 different ways/,
      /4 of 6 end with x: 1, such as 0110/,
    ],
    never: [/\bpass/],
  },
  {
    name: "without a check, who is stuck fails all the same",
    run: async () =>
      await read(
        await race({
          shared: { x: 0 },
          threads: [
            (m) => {
              m.lock("a");
              m.lock("b");
              m.x = 1;
              m.unlock("b");
              m.unlock("a");
            },
            (m) => {
              m.lock("b");
              m.lock("a");
              m.x = 2;
              m.unlock("a");
              m.unlock("b");
            },
          ],
        }),
      ),
    must: [/end in a deadlock/, /end with x: 2, such as/],
    never: [/\bpass/],
  },
  {
    name: "a lost wake-up is a deadlock",
    run: async () =>
      await read(
        await race({
          shared: { ready: false },
          threads: [
            (m) => {
              const ready = m.ready;
              m.lock("l");
              if (!ready) m.wait("c", "l");
              m.unlock("l");
            },
            (m) => {
              m.ready = true;
              m.notify("c");
            },
          ],
          check: (m) => m.ready,
        }),
      ),
    must: [/deadlock: thread 0 waits for "c" to be notified/],
  },
  {
    name: "chance is refused",
    run: () =>
      readRefusal(() =>
        race({
          shared: { x: 0 },
          threads: (m) => {
            m.x = Math.random();
          },
        })
      ),
    must: [/it uses Math\.random .*put what was drawn into a cell/],
  },
  {
    name: "a clock is refused",
    run: () =>
      readRefusal(() =>
        race({
          shared: { x: 0 },
          threads: (m) => {
            m.x = performance.now();
          },
        })
      ),
    must: [/it uses performance\.now .*who goes on, not when/],
  },
  {
    name: "a lock that is kept leaves the other one waiting, as in a cell",
    run: async () =>
      await read(
        await race({
          shared: { x: 0 },
          threads: (m) => {
            const held = m.lock("l");
            m.x++;
            return held;
          },
        }),
      ),
    must: [/in a deadlock: .*waits for lock "l", which .* holds/],
  },
  {
    name: "a check that returns nothing is refused",
    run: () =>
      readRefusal(() =>
        race({
          shared: { x: 0 },
          threads: (m) => {
            m.x++;
          },
          check: ((m: { x: number }) => {
            m.x === 2;
          }) as never,
        })
      ),
    must: [/its check returns nothing, expected true or false, as in check: /],
  },
  {
    name: "threads that do something else in Workers are not vouched for",
    run: async () =>
      await read(
        await race({
          shared: { x: "" },
          threads: (m) => {
            m.x = typeof (globalThis as { postMessage?: unknown }).postMessage;
          },
          check: () => true,
        }),
      ),
    must: [/did something else, so the threads depend on more than/],
    never: [/same steps, same values/],
  },
];

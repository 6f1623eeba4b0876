/**
 * Situations in which functions, loops, messages and starts are measured.
 * @module
 */
import { lag } from "../../lib/measure/lag/lag.ts";
import { load } from "../../lib/measure/load/load.ts";
import { measure } from "../../lib/measure/measure/measure.ts";
import { messageCost } from "../../lib/measure/message_cost/message_cost.ts";
import { spawnCost } from "../../lib/measure/spawn_cost/spawn_cost.ts";
import { switches } from "../../lib/measure/switches/switches.ts";
import { nap, spin } from "./look.ts";
import { burn, read } from "./read_result.ts";
import type { Situation } from "./situation.ts";

/** Measuring. */
export const MEASURING: readonly Situation[] = [
  {
    name: "code that is compiled anew late is a warm-up, not two modes",
    run: async () => {
      let calls = 0;
      const work = () => spin(++calls <= 60 ? 2 : 1);
      return await read(await measure(work, { samples: 80 }));
    },
    // Where others are seen, it is measured again, which would be warm.
    rights: "none",
    must: [/the warm-up went on/],
    never: [/crowds around/, /something changed then/],
  },
  {
    name: "code that gets slower for good is no warm-up",
    run: async () => {
      let calls = 0;
      const work = () => spin(++calls <= 60 ? 1 : 2);
      return await read(await measure(work, { samples: 80 }));
    },
    rights: "none",
    must: [/something changed then/],
    never: [/crowds around/, /warm-up went on/],
  },
  {
    name: "code that goes one of two ways by turns has two modes",
    run: async () => {
      let calls = 0;
      const work = () => spin((calls++ * 7) % 5 < 2 ? 1 : 2);
      return await read(await measure(work, { samples: 80 }));
    },
    must: [/crowds around 2 times/],
    never: [/warm-up went on/, /something changed then/],
  },
  {
    name: "a function below the step of the clock is no number of zero",
    run: async () => await read(await measure({ nothing: () => {} })),
    rights: "none",
    must: [/hardly longer than an empty loop/],
    never: [/ 0 ns| 0\.00 ns/],
  },
  {
    name: "two functions that do the same show no difference",
    run: async () => {
      const [one, other] = [() => burn(2000), () => burn(2000)];
      const result = await measure({ one, other });
      const { shown, low, high } = result.results[1]!.speedup!;
      return await read(result, [
        shown && !result.stamp.noisy && (low > 1.1 || high < 0.9) &&
        `the same is told apart: ${low} to ${high}`,
      ]);
    },
    rights: "none",
  },
  {
    name: "what awaits is said to wait",
    run: async () => await read(await measure(() => nap(5), { samples: 20 })),
    must: [/waits included/],
  },
  {
    name: "beside burners, a measurement says so without a permission",
    run: async () => {
      const result = await measure(() => burn(2e6), { samples: 60 });
      return await read(result, [
        !result.stamp.noisy && "others had the cores, and the stamp is calm",
      ]);
    },
    rights: "none",
    burners: true,
    must: [/^Noisy: (others had \d+ % of a core|this program was taken off)/],
  },
  {
    name: "shared memory against copies of 4 MiB has an interval",
    run: async () =>
      await read(
        await messageCost({
          sizes: [1024, 4 * 2 ** 20],
          modes: ["clone", "share"],
          burst: 50,
          samples: 5,
        }),
      ),
    must: [/Shared: 4 MiB .* as fast as copied|no difference shown/],
  },
  {
    name: "a round trip against a start has an interval",
    run: async () =>
      await read(await spawnCost({ kinds: ["web worker"], samples: 8 })),
    must: [/answers in .*× \(95 % interval .*\) as fast as starting another/],
  },
  {
    name: "an async function that computes holds the loop",
    run: async () =>
      await read(
        await lag(async () => {
          await nap(50);
          spin(150);
          await nap(50);
        }),
      ),
    must: [/hold.* took 1[3-9]\d ms/],
    never: [/nothing that people would notice/],
  },
  {
    name: "beside burners, a hold is not surely the code's own",
    run: async () => {
      const result = await lag(async () => {
        for (let i = 0; i < 10; i++) {
          spin(40);
          await nap(1);
        }
      });
      const isTold = result.findings.some((text) =>
        /gave no turn to others\.$/.test(text)
      );
      return await read(result, [
        result.stamp.noisy && isTold && "a hold is laid on the code alone",
      ]);
    },
    burners: true,
    must: [/^Noisy: other/],
  },
  {
    name: "an idle loop was held by nobody",
    run: async () => await read(await lag(300)),
    must: [/No hold of 50 ms/],
    never: [/gave no turn to others/],
  },
  {
    name: "answers of 20 ms do not keep up with 100 requests a second",
    run: async () =>
      await read(
        await load(() => void spin(20), { rates: [10, 100], durationMs: 600 }),
      ),
    must: [/answers did not keep up/],
    never: [/\d times the wait/],
  },
  {
    name: "a nap gives its core away and is taken off none",
    run: async () => {
      const result = await switches(async () => await nap(200));
      const whole = result.threads.find(({ kind }) => kind === "process");
      return await read(result, [
        (whole?.runMs ?? 0) > 100 && `a nap of 200 ms ran for ${whole?.runMs}`,
      ]);
    },
    rights: "none",
  },
];

/**
 * Fixed measurements of memory for the gallery.
 *
 * For tests only. Pure: no clock, no chance.
 * @module
 */

import type {
  MemoryCost,
  MemoryCosts,
  MemoryModel,
} from "../../measure/memory/memory.ts";
import { STAMP } from "./gallery_data.ts";

const MIB = 2 ** 20;

/** Workers and processes, with all that the system tells. */
export const MEMORY: MemoryCosts = {
  type: "memory",
  title: "How much memory does each take?",
  count: "pss",
  costs: [
    cost("workers", { each: 6, once: 9, part: 0.95, returned: 0.29 }),
    cost("processes", { each: 11.2, once: 4, part: 0.82, returned: 1 }),
  ],
  stamp: { ...STAMP, samples: 3 },
  findings: [
    "An idle Worker takes 6 MiB (95 % interval 5.9 MiB to 6.2 MiB of PSS, by the slope over 1, 2, 4, 8), 5.7 MiB of it private. The first brings 9 MiB on top.",
    "After 8 Workers had ended, 29 % of what they took was given back to the system; the rest stays with their process, for the next ones.",
  ],
};

/** Without permission to read `/proc` or to start processes. */
export const MEMORY_HERE: MemoryCosts = {
  ...MEMORY,
  title: "Without permissions: Workers alone, by RSS",
  count: "rss",
  costs: [
    cost("workers", { each: 3.8, once: 0.3, part: null, returned: 0.97 }),
  ],
  findings: [
    "The Workers were made in this process, as another may not be started: memory that earlier ones left behind is taken again, so the figures may be too low.",
  ],
};

interface Facts {
  /** MiB. */
  readonly each: number;
  /** MiB. */
  readonly once: number;
  /** Part that is private. */
  readonly part: number | null;
  readonly returned: number;
}

function cost(
  model: MemoryModel,
  { each, once, part, returned }: Facts,
): MemoryCost {
  const toEach = (bytes: number) => ({
    bytes,
    low: bytes * 0.97,
    high: bytes * 1.03,
  });
  return {
    model,
    points: [1, 2, 4, 8].map((k) => {
      const medianBytes = (once + each * k) * MIB;
      const toPrivate = (bytes: number) => part === null ? null : bytes * part;
      return {
        k,
        samples: [0.97, 1, 1.02].map((scatter) => ({
          bytes: medianBytes * scatter,
          privateBytes: toPrivate(medianBytes * scatter),
        })),
        medianBytes,
        medianPrivateBytes: toPrivate(medianBytes),
      };
    }),
    each: toEach(each * MIB),
    privateEach: part === null ? null : toEach(each * part * MIB),
    onceBytes: once * MIB,
    returned,
    isFresh: part !== null,
  };
}

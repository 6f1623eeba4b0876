/**
 * The rule of the child that outlives its parent: started, and awaited by nobody.
 *
 * Pure. Who started whom is worked out in `lib/trace/facts/task_tree_facts.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import type { Facts, Leak } from "./facts.ts";
import type { Claim } from "./finding.ts";

/** Finds who went on longest after who had started it. */
export function findOutliving({ run }: Facts): Claim | undefined {
  const leaks = (run?.leaks ?? [])
    .toSorted((one, other) => other.leakMs - one.leakMs);
  const [first, ...others] = leaks;
  if (first === undefined) return undefined;
  const { parent, leakMs, isLeft } = first;
  const nameOf = ({ name, child }: Leak) => name ?? child;
  const alike = others.filter((one) => one.isLeft === isLeft).map(nameOf);
  const name = nameOf(first);
  const says = isLeft
    ? `${name} was still there when the traced function returned: nobody ` +
      `had ended it, or waited for its end.`
    : `${name} outlives ${parent}, which started it and did not wait for ` +
      `it, by ${formatDuration(leakMs)}.`;
  const more = alike.length > 0
    ? ` The same holds for ${alike.join(", ")}.`
    : "";
  return {
    rule: "outlives",
    values: { ...first, alike },
    lanes: leaks.map(({ child }) => child),
    sentence: `${says}${more}`,
    advice: "Await it where it is started, or end it with a signal.",
  };
}

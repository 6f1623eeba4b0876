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
  const [first] = leaks;
  if (first === undefined) return undefined;
  const { child, parent, leakMs, fromMs, isLeft } = first;
  const name = nameOf(first);
  const others = leaks.slice(1).map(({ child }) => child);
  const alike = leaks.slice(1).filter((leak) => leak.isLeft === isLeft);
  const more = alike.length > 0
    ? ` The same holds for ${alike.map(nameOf).join(", ")}.`
    : "";
  return {
    rule: "outlives",
    sentence: `${
      isLeft ? describeLeft(name) : describeLeak(name, parent, leakMs)
    }${more}`,
    advice: "Await it where it is started, or end it with a signal.",
    lanes: [child, ...others],
    during: { startMs: fromMs, endMs: fromMs + leakMs },
    evidence: [
      {
        what: `end of ${parent} and of ${name}`,
        value: `${formatDuration(fromMs)}, ${formatDuration(fromMs + leakMs)}`,
        from: "spans of both",
      },
    ],
  };
}

function nameOf({ name, child }: Leak): string {
  return name ?? child;
}

/** Says that something went on after who had started it. */
function describeLeak(
  child: string,
  parent: string,
  leakMs: number,
): string {
  return `${child} outlives ${parent}, which started it and did not wait for ` +
    `it, by ${formatDuration(leakMs)}.`;
}

function describeLeft(child: string): string {
  return `${child} was still there when the traced function returned: ` +
    `nobody had ended it, or waited for its end.`;
}

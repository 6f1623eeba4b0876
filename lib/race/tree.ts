/**
 * The tree of schedules, small enough to be drawn: what is uniform or far down
 * is left out, and counted.
 *
 * Pure.
 * @module
 */
import type { Graph } from "./graph.ts";
import type { Counts } from "./paths.ts";
import type { RaceOutcome, RaceTree } from "./result.ts";

/** What the tree is made from. */
export interface TreeSource {
  readonly graph: Graph;
  /** How many schedules go on from each. */
  readonly counts: Counts;
  /** Whether the program says what must hold: then schedules that all pass look alike. */
  readonly isChecked: boolean;
  /** A schedule that is to be seen as far as there is room. */
  readonly shown: readonly number[] | null;
}

/**
 * Unfolds a graph of states into a tree.
 *
 * First the branches along the schedule that is to be seen, then level by
 * level; where all schedules of a branch fail, or none does, it stays whole if
 * there is no room for all.
 */
export function unfoldTree(source: TreeSource, maxEnds: number): RaceTree {
  const { graph, counts, shown } = source;
  const root = makeSprout([], 0, 0);
  let ends = 1;
  const fitsWhole = counts.total[0]! <= maxEnds;
  const queue = [root];
  let guided: Sprout | null = shown === null ? null : root;
  let depth = root.turns.length;
  while (guided !== null) {
    const turn: number | undefined = shown?.[depth];
    if (turn === undefined || !grow(guided)) break;
    queue.push(...guided.branches);
    guided = guided.branches.find(({ turns }) => turns[0] === turn) ?? null;
    depth += guided?.turns.length ?? 0;
  }
  for (let sprout = queue.shift(); sprout; sprout = queue.shift()) {
    if (sprout.branches.length > 0 || !grow(sprout)) continue;
    queue.push(...sprout.branches);
  }
  return finish(root);

  function makeSprout(
    before: readonly number[],
    node: number,
    level: number,
  ): Sprout {
    const turns = [...before];
    let at = node;
    // Where there is nothing to choose, it goes on.
    while (endOf(at) === null && graph.nodes[at]!.enabled.length === 1) {
      turns.push(graph.nodes[at]!.enabled[0]!);
      at = graph.nodes[at]!.next[0]!;
    }
    return { turns, node: at, level, branches: [] };
  }

  function grow(sprout: Sprout): boolean {
    const { node, level } = sprout;
    if (level >= MAX_LEVELS) return false;
    const { enabled, next } = graph.nodes[node]!;
    if (endOf(node) !== null || ends + enabled.length - 1 > maxEnds) {
      return false;
    }
    const failing = counts.failing[node]!;
    const isUniform = failing === counts.total[node] ||
      failing === 0 && source.isChecked;
    if (isUniform && !fitsWhole && node !== 0) return false;
    ends += enabled.length - 1;
    sprout.branches.push(
      ...enabled.map((thread, choice) =>
        makeSprout([thread], next[choice]!, level + 1)
      ),
    );
    return true;
  }

  function endOf(node: number): RaceOutcome | null {
    const { violation, outcome } = graph.nodes[node]!;
    return violation ?? outcome;
  }

  function finish({ turns, node, branches }: Sprout): RaceTree {
    return {
      turns: turns.map((turn) => turn.toString(36)).join(""),
      schedules: counts.total[node]!,
      failing: counts.failing[node]!,
      branches: branches.map(finish),
      end: branches.length === 0 ? endOf(node) : null,
    };
  }
}

interface Sprout {
  readonly turns: readonly number[];
  readonly node: number;
  readonly level: number;
  readonly branches: Sprout[];
}

/** More would not fit beside one another. */
const MAX_LEVELS = 6;

/**
 * Counts the schedules of a graph of states, and finds the shortest of a kind.
 *
 * Pure. Each path from the start to an end is one schedule; none is walked
 * alone, as there may be billions: numbers pass from layer to layer.
 * @module
 */
import type { Graph, GraphNode } from "./graph.ts";
import { isFailure, type RaceOutcome } from "./result.ts";
import { writeMemory } from "./values.ts";

/** How many schedules go on from each state. */
export interface Counts {
  readonly total: readonly number[];
  /** Of each node: to an end that fails, or through a state that does. */
  readonly failing: readonly number[];
}

/** A way to end, shared by many schedules. */
export interface Ending {
  readonly outcome: RaceOutcome;
  readonly schedules: number;
  /** The nodes that are such ends, or that break the invariant. */
  readonly nodes: ReadonlySet<number>;
}

/** Counts schedules from every state on. */
export function countSchedules({ nodes, layers }: Graph): Counts {
  const total: number[] = [];
  const failing: number[] = [];
  for (const index of layers.flat().reverse()) {
    const { outcome, next, violation } = nodes[index]!;
    const sum = (counts: readonly number[]) =>
      next.reduce((count, one) => count + counts[one]!, 0);
    total[index] = outcome === null ? sum(total) : 1;
    const isFailing = violation !== null ||
      (outcome !== null && isFailure(outcome));
    failing[index] = isFailing ? total[index] : sum(failing);
  }
  return { total, failing };
}

/**
 * Groups ends by kind, reason and values.
 *
 * A schedule that breaks the invariant counts where it does so first.
 */
export function groupEndings(graph: Graph, counts: Counts): readonly Ending[] {
  const { nodes, layers } = graph;
  const groups = new Map<string, Ending & { nodes: Set<number> }>();
  // Schedules that lead to a node, and have broken nothing before it.
  const leading: number[] = nodes.map((_, index) => index === 0 ? 1 : 0);
  for (const index of layers.flat()) {
    const { outcome, violation, next } = nodes[index]!;
    const ways = leading[index]!;
    if (ways === 0) continue;
    const end = violation ?? outcome;
    if (end === null) {
      for (const one of next) leading[one]! += ways;
      continue;
    }
    const schedules = violation === null ? ways : ways * counts.total[index]!;
    const key = `${end.kind}|${end.reason}|${writeMemory(end.final)}`;
    const group = groups.get(key);
    const grown = (group?.schedules ?? 0) + schedules;
    groups.set(key, {
      outcome: group?.outcome ?? end,
      schedules: grown,
      nodes: (group?.nodes ?? new Set()).add(index),
    });
  }
  return [...groups.values()].sort((a, b) => b.schedules - a.schedules);
}

/**
 * Finds the schedule that leads to one of several states with the fewest
 * switches between threads, and among those with the fewest turns.
 */
export function findShortest(
  graph: Graph,
  goals: ReadonlySet<number>,
): readonly number[] | null {
  const { nodes, layers } = graph;
  // Cost of going on from a node by its nth choice; the switch into it not counted.
  const costs: number[][] = [];
  for (const index of layers.flat().reverse()) {
    const { next } = nodes[index]!;
    costs[index] = next.map((one, choice) => {
      const turn = 1 / SCALE;
      if (goals.has(one)) return turn;
      // A schedule that breaks the invariant on its way ends otherwise.
      if (nodes[one]!.violation !== null) return Infinity;
      return turn + cheapest(nodes, costs, {
        node: one,
        last: nodes[index]!.enabled[choice]!,
      }).cost;
    });
  }
  const turns: number[] = [];
  let at = 0;
  let isReached = goals.has(0);
  if (
    !isReached &&
    cheapest(nodes, costs, { node: 0, last: -1 }).cost === Infinity
  ) {
    return null;
  }
  while (nodes[at]!.outcome === null) {
    const last = turns.at(-1) ?? -1;
    const { enabled } = nodes[at]!;
    // Past the goal: as little as possible happens, the same thread goes on.
    const choice = isReached
      ? Math.max(0, enabled.indexOf(last))
      : cheapest(nodes, costs, { node: at, last }).choice;
    turns.push(enabled[choice]!);
    at = nodes[at]!.next[choice]!;
    isReached ||= goals.has(at);
  }
  return turns;
}

function cheapest(
  nodes: readonly GraphNode[],
  costs: readonly (readonly number[])[],
  { node, last }: { readonly node: number; readonly last: number },
): { readonly choice: number; readonly cost: number } {
  let best = { choice: 0, cost: Infinity };
  nodes[node]!.enabled.forEach((thread, choice) => {
    const switches = last === -1 || thread === last ? 0 : 1;
    const cost = costs[node]![choice]! + switches;
    if (cost < best.cost) best = { choice, cost };
  });
  return best;
}

/** A switch costs more than any number of turns. */
const SCALE = 1e6;

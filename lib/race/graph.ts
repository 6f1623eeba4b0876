/**
 * Tries all schedules of a program, and goes through equal states only once.
 *
 * Two orders of steps that do not touch each other lead to the same state:
 * same values, and each thread has seen the same. What follows is the same as
 * well, so it is explored for one of them and counted for both. The result is
 * a graph of states in which every path from the start is one schedule; how
 * many there are, and which fail, is worked out in `paths.ts`.
 * @module
 */
import { Execution } from "./execution.ts";
import type { MakeSteps } from "./operations.ts";
import type { Plan } from "./program.ts";
import type { Intern } from "./thread.ts";
import type { RaceOutcome } from "./result.ts";

/** A state of the program. */
export interface GraphNode {
  /** Threads that can have the next turn; none at an end. */
  readonly enabled: readonly number[];
  /** Where their turns lead: an index of the graph's nodes for each of `enabled`. */
  readonly next: number[];
  /** How it ended; `null` if it goes on. */
  readonly outcome: RaceOutcome | null;
  /** What the invariant says of it; `null` if it holds. */
  readonly violation: RaceOutcome | null;
}

/** All states of a program; the first is the start. A turn leads to a later layer always. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** Indices of nodes by the number of turns that lead there. */
  readonly layers: readonly (readonly number[])[];
}

/** When to stop trying. */
export interface ExploreLimits {
  readonly maxRuns: number;
  /** Turns of one schedule; more are taken for a loop without end. */
  readonly maxTurns: number;
  /** Called now and then: lets the rest of the program run; throws to end, tells whether time is over. */
  readonly pause: () => Promise<boolean>;
}

/** What trying all schedules came to. */
export interface Explored {
  /** The states; `null` if there were too many. */
  readonly graph: Graph | null;
  readonly runs: number;
  /** Whether a thread rested in a loop that came to nothing. */
  readonly rests: boolean;
}

/** Explores all states of a program, depth first. */
export async function exploreStates(
  plan: Plan,
  makers: readonly MakeSteps[],
  limits: ExploreLimits,
): Promise<Explored> {
  const nodes: GraphNode[] = [];
  const layers: number[][] = [];
  const known = new Map<string, number>();
  const keys: string[] = [];
  const intern = createIntern();
  const open: Branch[] = [];
  let runs = 0;
  let rests = false;

  let branch: Branch | undefined = { path: null, node: -1, choice: 0 };
  while (branch !== undefined) {
    const isFull = runs >= limits.maxRuns || nodes.length >= MAX_NODES;
    if (isFull || await limits.pause()) {
      return { graph: null, runs, rests };
    }
    runs++;
    if (!await follow(branch)) return { graph: null, runs, rests };
    branch = open.pop();
  }
  return { graph: { nodes, layers }, runs, rests };

  /** Repeats the turns that lead to a branch, takes it, and goes on to an end or a known state. */
  async function follow({ path, node, choice }: Branch): Promise<boolean> {
    const execution = new Execution(plan, makers, { intern });
    if (plan.kind === "async") await execution.settle();
    const turns = listTurns(path);
    for (const turn of turns) await take(execution, turn);
    let depth = turns.length;
    let at = node;
    let pick = choice;
    let walked = path;
    // Objects are told apart by the execution that they belong to.
    if (at !== -1 && !keys[at]!.includes("object")) {
      if (execution.key !== keys[at]) throw changedBehaviour(plan);
    }
    if (at === -1) {
      at = addNode(execution, depth, null);
      if (nodes[at]!.outcome !== null) return true;
    }
    while (true) {
      const thread = nodes[at]!.enabled[pick];
      if (thread === undefined) return true;
      if (!execution.enabled.includes(thread)) throw changedBehaviour(plan);
      await take(execution, thread);
      depth++;
      if (depth > limits.maxTurns) return false;
      walked = { before: walked, turn: thread };
      const key = execution.key;
      const seen = known.get(key);
      const next = seen ?? addNode(execution, depth, walked, key);
      nodes[at]!.next[pick] = next;
      if (seen !== undefined) return true;
      [at, pick] = [next, 0];
    }
  }

  async function take(execution: Execution, thread: number): Promise<void> {
    execution.takeTurn(thread);
    if (plan.kind === "async") await execution.settle();
  }

  function addNode(
    execution: Execution,
    depth: number,
    path: Path | null,
    key = execution.key,
  ): number {
    const index = nodes.length;
    const { enabled, violation } = execution;
    rests ||= execution.hasRested;
    nodes.push({
      enabled,
      next: [],
      outcome: enabled.length === 0 ? execution.outcome : null,
      violation: violation === null
        ? null
        : { kind: "invariant", reason: violation, final: execution.memory },
    });
    known.set(key, index);
    keys[index] = key;
    (layers[depth] ??= []).push(index);
    for (let choice = enabled.length - 1; choice > 0; choice--) {
      open.push({ path, node: index, choice });
    }
    return index;
  }
}

/** Turns so far, last first: branches share what they have in common. */
interface Path {
  readonly before: Path | null;
  readonly turn: number;
}

/** A turn not yet tried. */
interface Branch {
  readonly path: Path | null;
  readonly node: number;
  readonly choice: number;
}

function listTurns(path: Path | null): readonly number[] {
  const turns: number[] = [];
  for (let at = path; at !== null; at = at.before) turns.push(at.turn);
  return turns.reverse();
}

function createIntern(): Intern {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size + 1);
    return numbers.size;
  };
}

function changedBehaviour(plan: Plan): Error {
  return new Error(
    `Cannot explore "${plan.title}": the same schedule did something else the second time, ` +
      `expected no chance, no clock and no outside events in its threads`,
  );
}

/** More would take too much memory. */
const MAX_NODES = 300_000;

/**
 * Tries all interleavings of a machine written by hand, in the plainest way.
 *
 * Shares nothing with the search it is held against: no parser, no generators,
 * no histories. A thread is a list of steps with a place in it; a state is all
 * cells, all places and all registers, written as JSON. Threads are written here
 * a second time, step by step.
 * @module
 */

/** All cells; those whose name begins with `$` are locks and the like. */
export type Cells = Record<string, unknown>;

/** What a thread has for itself. */
export type Registers = Record<string, number>;

/**
 * One step: at most one access to a cell, and what follows from it.
 *
 * Gives the label to go on at, nothing for the next step, or `false` if it
 * cannot be made now; then it must have changed nothing.
 */
export type Step = (
  m: Cells,
  r: Registers,
  id: number,
) => string | false | undefined | void;

/** A program, as a machine. */
export interface HandMachine {
  /** Cells at the start. */
  readonly shared: Cells;
  /** Steps of each thread; a string is a label, and stands for the step behind it. */
  readonly threads: readonly (readonly (Step | string)[])[];
  /** What must hold at the end. */
  readonly check?: (m: Cells) => boolean;
  /** What must hold always. */
  readonly invariant?: (m: Cells) => boolean;
}

/** Ways to end, such as `end {"x":1}`, and in how many ways each is come to. */
export type Endings = ReadonlyMap<string, number>;

interface State {
  readonly cells: Cells;
  readonly threads: readonly ThreadState[];
}

interface ThreadState {
  /** The step it is at; behind the last, it is done. */
  readonly at: number;
  readonly registers: Registers;
  /** Since it last changed a cell: where it was, and what it saw from there on. */
  readonly path: readonly Place[];
  /** What it saw on a way that led back to where it was, having changed nothing. */
  readonly sees: readonly Seen[] | null;
}

interface Place {
  readonly where: string;
  readonly saw: readonly Seen[];
}

type Seen = readonly [cell: string, value: unknown];

/**
 * Counts all interleavings.
 *
 * A thread that has come back to where it was, and has changed nothing on the
 * way, rests until what it saw is not so any more: other turns of it would be
 * without end. Interleavings of programs without loops are simply all of them.
 */
export function countAll(machine: HandMachine): Endings {
  const known = new Map<string, Endings>();
  return count(start(machine));

  function count(state: State): Endings {
    const key = JSON.stringify(state);
    const before = known.get(key);
    if (before !== undefined) return before;
    const broken = breaks(machine, state);
    const next = turns(machine, state, true);
    const found = new Map<string, number>();
    const add = (name: string, ways: number) =>
      found.set(name, (found.get(name) ?? 0) + ways);
    if (next.length === 0) add(broken ?? nameEnd(machine, state), 1);
    for (const one of next) {
      for (const [name, ways] of count(one)) add(broken ?? name, ways);
    }
    known.set(key, found);
    return found;
  }
}

/**
 * Finds all ways to end, by going through all states; no thread ever rests.
 *
 * Where no end can be reached any more, threads go on for ever: the values that
 * the cells have then are a way to end as well.
 */
export function findAll(machine: HandMachine): ReadonlySet<string> {
  const states = new Map<string, { state: State; next: string[] }>();
  const ends = new Set<string>();
  const canEnd = new Set<string>();
  const open = [start(machine)];
  for (let state = open.pop(); state; state = open.pop()) {
    const key = JSON.stringify(state);
    if (states.has(key)) continue;
    const broken = breaks(machine, state);
    const next = broken === null ? turns(machine, state, false) : [];
    states.set(key, { state, next: next.map((one) => JSON.stringify(one)) });
    open.push(...next);
    if (next.length > 0) continue;
    ends.add(broken ?? nameEnd(machine, state));
    canEnd.add(key);
  }
  for (let size = -1; size !== canEnd.size;) {
    size = canEnd.size;
    for (const [key, { next }] of states) {
      if (next.some((one) => canEnd.has(one))) canEnd.add(key);
    }
  }
  for (const [key, { state, next }] of states) {
    if (canEnd.has(key)) continue;
    // On the way there, cells may still change; what counts is where they stay.
    const isLast = next.every((one) =>
      JSON.stringify(states.get(one)!.state.cells) ===
        JSON.stringify(state.cells)
    );
    if (isLast) ends.add(`livelock ${show(state.cells)}`);
  }
  return ends;
}

function start({ shared, threads }: HandMachine): State {
  const fresh = { registers: {}, path: [], sees: null };
  return {
    cells: shared,
    threads: threads.map((steps) => ({ ...fresh, at: skip(steps, 0) })),
  };
}

/** All states that one turn leads to. */
function turns(
  machine: HandMachine,
  state: State,
  rests: boolean,
): readonly State[] {
  return machine.threads.flatMap((steps, id) => {
    const thread = state.threads[id]!;
    const step = steps[thread.at];
    const isResting = thread.sees?.every(([cell, value]) =>
      JSON.stringify(state.cells[cell]) === JSON.stringify(value)
    ) ?? false;
    if (typeof step !== "function" || rests && isResting) {
      return [];
    }
    const cells = structuredClone(state.cells);
    const registers = { ...thread.registers };
    const touched = new Set<string>();
    const watched = new Proxy(cells, {
      get: (of, cell) => (touched.add(String(cell)), of[String(cell)]),
      set: (of, cell, value) => {
        touched.add(String(cell));
        of[String(cell)] = value;
        return true;
      },
    });
    const to = step(watched, registers, id);
    if (to === false) {
      return [];
    }
    const at = skip(
      steps,
      typeof to === "string" ? steps.indexOf(to) : thread.at + 1,
    );
    const saw = [...touched].map((cell): Seen => [cell, cells[cell]]);
    const hasChanged = JSON.stringify(cells) !== JSON.stringify(state.cells);
    const moved = move(thread, { at, registers, saw, hasChanged });
    const after = rests ? moved : { ...moved, path: [], sees: null };
    return [{
      cells,
      threads: state.threads.map((one, other) =>
        other === id ? after : one
      ),
    }];
  });
}

function move(
  { at, registers, path }: ThreadState,
  made: {
    readonly at: number;
    readonly registers: Registers;
    readonly saw: readonly Seen[];
    readonly hasChanged: boolean;
  },
): ThreadState {
  const to = { at: made.at, registers: made.registers };
  if (made.hasChanged) return { ...to, path: [], sees: null };
  const steps = [...path, {
    where: JSON.stringify([at, registers]),
    saw: made.saw,
  }];
  const where = JSON.stringify([made.at, made.registers]);
  const back = steps.findIndex((one) => one.where === where);
  if (back === -1) return { ...to, path: steps, sees: null };
  // The way round came to nothing: it is as if it had not been.
  const sees = steps.slice(back).flatMap(({ saw }) => saw);
  return { ...to, path: steps.slice(0, back), sees };
}

/** The first step from a place on that is no label. */
function skip(steps: readonly unknown[], at: number): number {
  return typeof steps[at] === "string" ? skip(steps, at + 1) : at;
}

function breaks({ invariant }: HandMachine, { cells }: State): string | null {
  const holds = invariant?.(cells) ?? true;
  return holds ? null : `invariant ${show(cells)}`;
}

function nameEnd(machine: HandMachine, { cells, threads }: State): string {
  const stuck = threads.filter(({ at }, id) =>
    machine.threads[id]![at] !== undefined
  );
  if (stuck.length === 0) {
    const holds = machine.check?.(cells) ?? true;
    return `${holds ? "end" : "check"} ${show(cells)}`;
  }
  const spins = stuck.some(({ sees }) => sees !== null);
  return `${spins ? "livelock" : "deadlock"} ${show(cells)}`;
}

function show(cells: Cells): string {
  return writeCells(
    Object.fromEntries(
      Object.entries(cells).filter(([name]) => !name.startsWith("$")),
    ),
  );
}

/** Writes cells in the order of their names, those of arrays one by one. */
export function writeCells(cells: Cells): string {
  const flat = Object.entries(cells).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((one, i) => [`${name}[${i}]`, one] as const)
      : [[name, value] as const]
  );
  const sorted = flat.sort(([one], [other]) => one < other ? -1 : 1);
  return JSON.stringify(Object.fromEntries(sorted));
}

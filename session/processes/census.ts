/**
 * Which processes there are, as the system tells: never as a session tells.
 *
 * On Linux from `/proc`; elsewhere from `ps`, which every Unix has, but which
 * does not show what stands in an environment. On Windows nothing is known.
 * Whose processes they are is worked out in `kin.ts`.
 *
 * Source: proc(5), `/proc/pid/stat` and `/proc/pid/environ`; POSIX, `ps`.
 * @module
 */

/** One process; its number alone may be given to another one later. */
export interface ProcessId {
  /** Process id. */
  readonly pid: number;
  /** When it started, in the system's own words: good for comparing only. */
  readonly stamp: string;
}

/** What the system tells of a process. */
export interface ProcessFacts extends ProcessId {
  /** Id of the process that started it, or has inherited it. */
  readonly parent: number;
  /** Id of its process group. */
  readonly group: number;
  /**
   * Id of its POSIX session, to which all processes of its group belong, and
   * which none can join from outside; where it is not known, that of its group.
   */
  readonly session: number;
  /** Whether it has ended, and only waits for its parent to take note. */
  readonly isEnded: boolean;
  /** How many threads it has. */
  readonly threads: number;
}

/** What is looked for in environments. */
export interface Mark {
  /** The text. */
  readonly text: string;
  /** The first process that had it; no older one has it. */
  readonly first: ProcessId;
}

/** Looks processes up. Where nothing can be known, there are none. */
export interface Census {
  /**
   * Looks one up.
   *
   * @param pid Its id.
   * @returns Its facts; `null` when there is none.
   */
  find(pid: number): ProcessFacts | null;
  /** Lists all. */
  list(): readonly ProcessFacts[];
  /**
   * Tells whether the environment of a process holds a mark.
   *
   * @param process The process.
   * @param mark What to look for.
   */
  hasMark(process: ProcessId, mark: Mark): boolean;
}

/**
 * Chooses where processes are looked up.
 *
 * @param os The system, as Deno calls it.
 */
export function openCensus(os: typeof Deno.build.os = Deno.build.os): Census {
  if (os === "linux") return PROC;
  return os === "windows" ? NOTHING : PS;
}

/**
 * Reads a line of `/proc/pid/stat`. Pure.
 *
 * The name in brackets may hold brackets and spaces itself.
 *
 * @param line The line.
 * @returns The facts; `null` when it is no such line.
 */
export function parseStat(line: string): ProcessFacts | null {
  const pid = Number.parseInt(line);
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [state, parent, group, session] = fields;
  const threads = Number(fields[STAT_THREADS]);
  const stamp = fields[STAT_START];
  if (!(pid > 0) || stamp === undefined) return null;
  return {
    pid,
    stamp,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    isEnded: state === "Z" || state === "X",
    threads,
  };
}

/**
 * Reads a line of `ps -o pid=,ppid=,pgid=,stat=,lstart=`. Pure.
 *
 * @param line The line.
 * @returns The facts, one thread assumed; `null` when it is no such line.
 */
export function parsePs(line: string): ProcessFacts | null {
  const [pid, parent, group, state, ...start] = line.trim().split(/\s+/);
  if (state === undefined || start.length === 0) return null;
  return {
    pid: Number(pid),
    stamp: start.join("_"),
    parent: Number(parent),
    group: Number(group),
    session: Number(group),
    isEnded: state.startsWith("Z"),
    threads: 1,
  };
}

const PROC: Census = {
  find: readStat,
  list: () =>
    [...Deno.readDirSync("/proc")].map(({ name }) => Number(name))
      .filter(Number.isInteger).map(readStat)
      .filter((facts) => facts !== null),
  hasMark,
};

const PS: Census = {
  find: (pid) => askPs("-p", String(pid))[0] ?? null,
  list: () => askPs("-A"),
  hasMark: () => false,
};

const NOTHING: Census = {
  find: () => null,
  list: () => [],
  hasMark: () => false,
};

function readStat(pid: number): ProcessFacts | null {
  try {
    return parseStat(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    // It has gone.
    return null;
  }
}

function hasMark({ pid, stamp }: ProcessId, mark: Mark): boolean {
  // Stamps are numbers here: most processes are older than the session.
  if (Number(stamp) < Number(mark.first.stamp)) return false;
  try {
    return Deno.readTextFileSync(`/proc/${pid}/environ`).includes(mark.text);
  } catch {
    // It has gone, or is another user's, and so none of ours.
    return false;
  }
}

function askPs(...which: string[]): ProcessFacts[] {
  const { stdout } = new Deno.Command("ps", {
    args: [...which, "-o", "pid=,ppid=,pgid=,stat=,lstart="],
    // The words of a date depend on the language.
    env: { LC_ALL: "C" },
    stderr: "null",
  }).outputSync();
  return new TextDecoder().decode(stdout).split("\n").map(parsePs)
    .filter((facts) => facts !== null);
}

// Counted from the field behind the name, which is the third.
const STAT_THREADS = 20 - 3;
const STAT_START = 22 - 3;

/**
 * Tells from a profile which function held the main thread in some stretch.
 *
 * Pure: a profile in, names out. It is taken in `line_sampler.ts`.
 * @module
 */
import type { Stretch } from "../base/record/mod.ts";

/**
 * A profile as V8 gives it.
 *
 * Units: microseconds. Source: Chrome DevTools Protocol, `Profiler.Profile`.
 */
export interface Profile {
  /** Functions by who called them. */
  readonly nodes: readonly ProfileNode[];
  /** When it began; here on the clock of `performance.now()`. */
  readonly startTime: number;
  readonly endTime: number;
  readonly samples?: readonly number[];
  /** Time from the sample before, or from the start. */
  readonly timeDeltas?: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  /** Where it is; lines and columns from 0. */
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
  /** Samples by line, from 1. */
  readonly positionTicks?: readonly {
    readonly line: number;
    readonly ticks: number;
  }[];
}

export interface HeldBy {
  /** Its name; `a function` if it has none. */
  readonly code: string;
  readonly source?: string;
  /** Part of the samples that found it, 0 to 1. */
  readonly share: number;
}

/**
 * Finds the innermost function that most samples of a stretch were in.
 *
 * Functions without an address, of the runtime and of this library are not
 * looked at: a hold is some code of the user's, whatever it calls.
 */
export function findHolder(
  profile: Profile,
  { startMs, endMs }: Stretch,
): HeldBy | null {
  const { nodes, samples = [], timeDeltas = [] } = profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) =>
      children.map((child) => [child, id] as const)
    ),
  );
  const pathOf = (id: number): ProfileNode[] => {
    const path: ProfileNode[] = [];
    for (let at: number | undefined = id; at !== undefined;) {
      const node = byId.get(at);
      if (node !== undefined && isUsers(node)) path.push(node);
      at = parents.get(at);
    }
    return path;
  };
  const found = new Map<string, Found>();
  let atUs = profile.startTime;
  let count = 0;
  samples.forEach((id, i) => {
    atUs += timeDeltas[i] ?? 0;
    if (atUs < startMs * US_PER_MS || atUs > endMs * US_PER_MS) return;
    count++;
    const seen = new Set<string>();
    pathOf(id).forEach((node, depth, path) => {
      const key = keyOf(node);
      // A function that calls itself is one function.
      if (seen.has(key)) return;
      seen.add(key);
      const one = found.get(key) ??
        { node, count: 0, depth: 0, own: new Set() };
      one.count++;
      one.depth = Math.max(one.depth, path.length - depth);
      if (depth === 0) one.own.add(node);
      found.set(key, one);
    });
  });
  if (count < LEAST_SAMPLES) return null;
  const [holder] = [...found.values()].filter((one) => one.count > count / 2)
    .sort((one, other) => other.depth - one.depth);
  if (holder === undefined) return null;
  const source = describeSource(holder);
  return {
    code: holder.node.callFrame.functionName || "a function",
    ...(source === null ? {} : { source }),
    share: holder.count / count,
  };
}

interface Found {
  readonly node: ProfileNode;
  /** In how many samples it was on the stack. */
  count: number;
  /** How far from the outermost function of the user's. */
  depth: number;
  /** Its nodes that were innermost in a sample. */
  readonly own: Set<ProfileNode>;
}

/** File and line; a line only where the script's lines are the source's. */
function describeSource({ node, own }: Found): string | null {
  const { url, lineNumber } = node.callFrame;
  const file = url.split(/[?#]/, 1)[0]!.split("/").at(-1)!;
  if (url.startsWith("data:") || file === "") return null;
  // Deno takes types out of modules, and lines with them.
  if (/^[a-z]+:.*\.[cm]?tsx?$/.test(url)) return file;
  const ticks = [...own].flatMap(({ positionTicks = [] }) => positionTicks);
  const hottest = ticks.toSorted((one, other) => other.ticks - one.ticks)[0];
  return `${file}:${hottest?.line ?? lineNumber + 1}`;
}

function isUsers({ callFrame: { url } }: ProfileNode): boolean {
  return url !== "" && !isOwnCode(url);
}

function keyOf({ callFrame }: ProfileNode): string {
  const { url, functionName, lineNumber, columnNumber } = callFrame;
  return `${url} ${functionName} ${lineNumber} ${columnNumber}`;
}

const US_PER_MS = 1000;
// Fewer may all be of a pause of the engine's.
const LEAST_SAMPLES = 3;

/** Tells whether code is of the tracing itself, or of the runtime. */
export function isOwnCode(address: string): boolean {
  return /^(node|ext|native|internal):/.test(address) ||
    FOLDERS.some((folder) => address.startsWith(folder)) &&
      !address.endsWith("_test.ts");
}

const FOLDERS = [".", "../trace.ts", "../base/record/"].map((folder) =>
  new URL(folder, import.meta.url).href
);

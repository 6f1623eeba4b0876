/**
 * What rules need to know of a recording, or of a pool's reports of jobs.
 *
 * Pure: what was seen in, facts out.
 * @module
 */
import {
  findLockMoment,
  growTree,
  measureLocks,
  type TreeNode,
} from "../trace/facts/mod.ts";
import type { JobReport, JobTiming } from "../run/pool/mod.ts";
import { findDeadlocks } from "../sync/mod.ts";
import type { Lane, Link, Recording, TraceSpan } from "../base/record/mod.ts";
import { WANTING } from "./busy.ts";
import type { Facts, LaneFacts, Leak, TripFacts } from "./facts.ts";
import { countCores, groundsOf } from "./gate.ts";

export function factsOfRecording(recording: Recording): Facts {
  const { durationMs, lanes, spans, stamp, locks } = recording;
  const spansOf = Map.groupBy(spans, ({ lane }) => lane);
  const lanesOf = (...kinds: readonly Lane["kind"][]): LaneFacts[] =>
    lanes.filter(({ kind }) => kinds.includes(kind)).map((lane) => ({
      ...lane,
      spans: (spansOf.get(lane.id) ?? []).toSorted((one, other) =>
        one.startMs - other.startMs
      ),
    }));
  const workers = lanesOf("worker", "process");
  const moment = findLockMoment(recording);
  return {
    cores: countCores(stamp),
    isNoisy: stamp.noisy,
    otherCpuShare: stamp.otherCpuShare,
    grounds: groundsOf(stamp, measureComputing(workers)),
    run: {
      prefix: "",
      durationMs,
      main: lanesOf("main"),
      threads: workers,
      tasks: lanesOf("task"),
      isSampled: spans.some(({ sampled }) => sampled === true),
      locks: measureLocks(recording),
      circles: findDeadlocks(locks),
      ...(moment === null || moment.circle.length === 0
        ? {}
        : { broken: moment }),
      holds: recording.holds ?? [],
      stuck: recording.stuck ?? [],
      counters: new Map(
        recording.counters.map(({ name, samples }) => [name, samples]),
      ),
      leaks: listLeaks(recording),
    },
    trips: listTrips(recording.links, workers),
  };
}

/**
 * Which part of the time in which their code had been called and had not returned
 * threads had a core, or were ready for one; `null` if too little of it is known.
 */
function measureComputing(workers: readonly LaneFacts[]): number | null {
  const called = workers.flatMap(({ spans }) => spans).filter((span) =>
    WANTING.includes(span.state) || span.reason === IN_CALL
  );
  const sum = (measure: (span: TraceSpan) => number) =>
    called.reduce(
      (all, span) => all + measure(span) * (span.endMs - span.startMs),
      0,
    );
  const allMs = sum(() => 1);
  const unknownMs = sum((span) => shareOnCore(span) === null ? 1 : 0);
  if (allMs <= 0 || unknownMs > MAX_UNKNOWN * allMs) return null;
  return sum((span) => shareOnCore(span) ?? 0) / (allMs - unknownMs);
}

function shareOnCore(span: TraceSpan): number | null {
  if (span.state === "alive") return span.share ?? null;
  return WANTING.includes(span.state) ? 1 : 0;
}

/** What went on after who had started it, and what was still there at the end. */
function listLeaks(recording: Recording): Leak[] {
  const left = new Set(recording.left ?? []);
  const messages = recording.links.filter(({ kind }) => kind === "message");
  const leaks: Leak[] = [];
  const visit = (node: TreeNode) => {
    for (const child of node.children) {
      const { id, leakMs } = child;
      const isLeft = left.has(id) && !left.has(node.id);
      // Others that talk to it have taken it over.
      const isUsed = messages.some(({ from, to, endMs }) =>
        (from === id || to === id) && endMs > node.endMs + TOLERANCE_MS
      );
      if (isLeft || leakMs > TOLERANCE_MS && !isUsed) {
        leaks.push({
          child: id,
          parent: node.id,
          fromMs: Math.min(node.endMs, child.endMs),
          leakMs,
          isLeft,
        });
      }
      visit(child);
    }
  };
  const roots = growTree(recording);
  roots.forEach(visit);
  return [...leaks, ...listLateJobs(roots, messages)];
}

/** Jobs that a pool was given by a task, and that were answered when it had ended. */
function listLateJobs(
  roots: readonly TreeNode[],
  messages: readonly Link[],
): Leak[] {
  // A pool's threads are nobody's: whoever wants has jobs done by them.
  const threads = roots.filter(({ kind }) =>
    kind === "worker" || kind === "process"
  );
  const tasks = new Map(listNodes(roots).map((node) => [node.id, node]));
  return threads.flatMap(({ id }) => {
    const answers = messages.filter(({ from }) => from === id);
    const byAsker = Map.groupBy(answers, ({ to }) => tasks.get(to));
    return [...byAsker].flatMap(([task, answers]) => {
      if (task?.kind !== "task") return [];
      const lastMs = Math.max(...answers.map(({ endMs }) => endMs));
      const leakMs = lastMs - task.endMs;
      if (leakMs <= TOLERANCE_MS) return [];
      const ends = { parent: task.id, fromMs: task.endMs, leakMs };
      return [{ child: id, name: `job on ${id}`, ...ends, isLeft: false }];
    });
  });
}

function listNodes(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...listNodes(node.children)]);
}

/** Messages to each thread and back: an answer is the first message after the question came. */
function listTrips(
  links: readonly Link[],
  threads: readonly LaneFacts[],
): TripFacts[] {
  const messages = links.filter(({ kind }) => kind === "message");
  const to = Map.groupBy(messages, (link) => link.to);
  const from = Map.groupBy(messages, (link) => link.from);
  return threads.map(({ id }) => {
    const asked = (to.get(id) ?? [])
      .toSorted((one, other) => one.endMs - other.endMs);
    const answered = (from.get(id) ?? [])
      .toSorted((one, other) => one.startMs - other.startMs);
    return { lane: id, ...pairTrips(asked, answered) };
  });
}

/**
 * The price of a trip is what the thread waited for: from its last answer's
 * leaving to the next question's arrival, as far as messages were on the way.
 * So questions that wait in line at a busy thread cost nothing.
 */
function pairTrips(
  asked: readonly Link[],
  answered: readonly Link[],
): Pick<TripFacts, "worksMs" | "costsMs"> {
  const worksMs: number[] = [];
  const costsMs: number[] = [];
  let last: Link | undefined;
  let next = 0;
  for (const question of asked) {
    while (answered[next] && answered[next]!.startMs < question.endMs) next++;
    const answer = answered[next];
    if (answer === undefined) break;
    worksMs.push(answer.startMs - question.endMs);
    if (last !== undefined && last !== answer) {
      const gapMs = Math.max(0, question.endMs - last.startMs);
      const thereMs = question.endMs - Math.max(question.startMs, last.startMs);
      const backMs = last.endMs - last.startMs;
      costsMs.push(Math.min(gapMs, Math.max(0, thereMs) + backMs));
    }
    last = answer;
  }
  return { worksMs, costsMs };
}

/** What is looked at of a job's report. */
export interface ReportedJob extends Pick<JobReport<unknown>, "thread"> {
  /** Where its time went. */
  readonly timing: Pick<
    JobTiming,
    "serialiseMs" | "wakeMs" | "runMs" | "deserialiseMs"
  >;
}

/**
 * Works out the facts of jobs: what they did, and what it cost to hand them over.
 *
 * Waiting for a thread and loading the function are not part of the price:
 * the one is not the message's doing, the other is paid once a thread.
 */
export function factsOfJobs(
  reports: readonly ReportedJob[],
  cores: number,
): Facts {
  const trips = [...Map.groupBy(reports, ({ thread }) => thread)]
    .map(([thread, jobs]): TripFacts => ({
      lane: `worker ${thread}`,
      worksMs: jobs.map(({ timing }) => timing.runMs),
      costsMs: jobs.map(({ timing }) =>
        timing.serialiseMs + timing.wakeMs + timing.deserialiseMs
      ),
    }));
  return { cores, isNoisy: false, otherCpuShare: null, trips };
}

// Ends of parent and child that are this close were one end.
const TOLERANCE_MS = 0.05;
/** Why code that has not returned was not on a core: it slept. */
const IN_CALL = "a synchronous call";
const MAX_UNKNOWN = 0.1;

/**
 * What is refused before anything is traced or drawn.
 *
 * Pure. The checks that all of the library has are in `lib/base/checks.ts`.
 * @module
 */
import {
  checkChoice,
  checkFlag,
  checkFunction,
  checkList,
  checkNumber,
  checkObject,
  checkOptions,
  checkSignal,
  checkText,
  refuse,
  TIMER_MS,
} from "../base/mod.ts";
import type { TimelineGroup } from "./facts/timeline_groups.ts";
import type { Recording, Span } from "../base/record/mod.ts";
import type { TraceOptions } from "./trace.ts";

export function checkTrace(fn: unknown, options: TraceOptions): void {
  checkFunction([WHAT, "fn"], fn);
  checkOptions(WHAT, options, NAMES);
  const { title = "", cores = true, lines = false, signal } = options;
  checkFlag([WHAT, "turns"], options.turns ?? false);
  const { sampleMs = 1, timeoutMs = 1 } = options;
  checkText([WHAT, "title"], title);
  checkFlag([WHAT, "cores"], cores);
  checkFlag([WHAT, "lines"], lines);
  checkNumber([WHAT, "sampleMs"], sampleMs, SAMPLE_MS);
  checkNumber([WHAT, "timeoutMs"], timeoutMs, TIMER_MS);
  checkSignal(WHAT, signal);
  signal?.throwIfAborted();
}

/** Gives the recording of what is one, or of the run that has it; refuses all else. */
export function toRecording(
  what: string,
  source: Recording | { readonly recording: Recording },
): Recording {
  const { recording = source } = Object(source) as {
    readonly recording?: unknown;
  };
  const { lanes, spans } = Object(recording) as Partial<Recording>;
  if (Array.isArray(lanes) && Array.isArray(spans)) {
    return recording as Recording;
  }
  const expected = "a traced run, such as await trace(fn), or its recording";
  throw new TypeError(refuse([what, "recording"], source, expected));
}

export function checkTimelineSource(what: string, source: unknown): void {
  const { results } = Object(source) as { readonly results?: unknown };
  if (Array.isArray(results)) return;
  checkList([what, "source"], source, "spans, or a comparison");
  (source as readonly unknown[]).forEach((one, i) => {
    const name = `source[${i}]`;
    checkObject([what, name], one, "one span, or of a group of spans");
    const { spans } = one as Partial<TimelineGroup>;
    if (spans === undefined) return checkSpan(what, name, one as Partial<Span>);
    checkList([what, `${name}.spans`], spans, "spans");
    spans.forEach((span, k) => checkSpan(what, `${name}.spans[${k}]`, span));
  });
}

function checkSpan(what: string, name: string, span: Partial<Span>): void {
  checkObject([what, name], span, "one span");
  const { lane, state, startMs, endMs } = span;
  checkText([what, `${name}.lane`], lane);
  checkChoice([what, `${name}.state`], state, STATES);
  checkNumber([what, `${name}.startMs`], startMs, {});
  checkNumber([what, `${name}.endMs`], endMs, {});
}

const WHAT = "trace";
const SAMPLE_MS = { least: 1, most: TIMER_MS.most };
const STATES = ["starting", "running", "alive", "waiting", "messaging"];
const NAMES = [
  "title",
  "cores",
  "lines",
  "turns",
  "sampleMs",
  "timeoutMs",
  "signal",
];

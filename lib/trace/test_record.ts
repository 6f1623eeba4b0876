/**
 * An empty record of a run, for tests to fill in.
 * @module
 */
import type { TraceRecord } from "./assemble.ts";

/** A run from 100 to 200 ms in which nothing happened. */
export const EMPTY_RECORD: TraceRecord = {
  title: "empty",
  startMs: 100,
  endMs: 200,
  own: { contexts: [], segments: [], waits: [] },
  lanes: [],
  spans: [],
  holds: [],
  loopHolds: [],
  links: [],
  marks: [],
  counters: [],
  lives: [],
  readings: [],
  // As long as ever wanted: what ran was on a core.
  processCpuMs: Infinity,
  sampled: null,
  locks: [],
  left: [],
  stuck: [],
  turns: null,
  missing: [],
  notes: [],
  stamp: {
    cores: 2,
    quotaCores: null,
    otherCpuShare: 0,
    missing: [],
    samples: 1,
    os: "linux",
    arch: "x86_64",
    deno: "2.9.6",
    v8: "15.0",
    noisy: false,
  },
};

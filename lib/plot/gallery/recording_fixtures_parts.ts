/**
 * What fixed recordings are put together from.
 *
 * For tests only. Pure: no clock, no chance.
 * @module
 */
import type {
  Lane,
  Link,
  Recording,
  TraceSpan,
} from "../../base/record/mod.ts";
import { STAMP } from "./gallery_data.ts";

/** Nothing was recorded. */
export const EMPTY: Recording = {
  title: "Nothing",
  durationMs: 0,
  lanes: [],
  spans: [],
  links: [],
  counters: [],
  marks: [],
  locks: [],
  missing: [],
  stamp: STAMP,
};

/** Makes a lane. */
export function lane(id: string, kind: Lane["kind"], parent?: string): Lane {
  return { id, kind, ...(parent === undefined ? {} : { parent }) };
}

/** Makes a span of a lane between two times. */
export function span(
  lane: string,
  state: TraceSpan["state"],
  [startMs, endMs]: readonly [number, number],
  more: Partial<TraceSpan> = {},
): TraceSpan {
  return { lane, state, startMs, endMs, ...more };
}

/** Makes an arrow from one lane to another. */
export function link(
  kind: Link["kind"],
  [from, to]: readonly [string, string],
  [startMs, endMs]: readonly [number, number],
  more: Partial<Link> = {},
): Link {
  return { kind, from, to, startMs, endMs, ...more };
}

/**
 * What a running cell does: a strip a lane, and who holds which lock.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import type { ShownLane, ShownLock } from "../server/mod.ts";

/** What the lanes of a running cell are. */
export interface CellLanes {
  readonly lanes: readonly ShownLane[];
  readonly locks: readonly ShownLock[];
  readonly ms: number;
}

/** Shows the lanes; a click opens the recording. */
export function Lanes(
  { shown: { lanes, locks, ms }, onOpen }: {
    readonly shown: CellLanes;
    readonly onOpen: () => void;
  },
): JSX.Element {
  const most = lanes.slice(0, MOST_LANES);
  return (
    <button
      type="button"
      class="nb-lanes"
      title="What this run does: open the recording"
      onClick={onOpen}
    >
      {most.map(({ name, kind, strip }, index) => (
        <span class={`nb-lane ${kind}`} key={`${index} ${name}`}>
          <span class="nb-lane-name">{name}</span>
          <Strip strip={strip} />
          <span class="nb-lane-now">{nowWords(strip)}</span>
        </span>
      ))}
      {lanes.length > most.length && (
        <span class="nb-lane-more">and {lanes.length - most.length} more</span>
      )}
      {locks.slice(0, MOST_LOCKS).map((lock) => (
        <span class="nb-lock" key={lock.lock}>{lockWords(lock)}</span>
      ))}
      <span class="nb-lane-more">
        the last {(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s
      </span>
    </button>
  );
}

function Strip({ strip }: { readonly strip: string }): JSX.Element {
  return (
    <svg
      class="nb-strip"
      viewBox={`0 0 ${LENGTH} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        class="ready"
        d={drawSigns(strip, (sign) => /[a-j]/.test(sign) ? 9 : 0)}
      />
      <path class="run" d={drawSigns(strip, tenthsOf)} />
    </svg>
  );
}

/** A bar a step, the newest at the right. */
function drawSigns(strip: string, heightOf: (sign: string) => number): string {
  const from = LENGTH - strip.length;
  return [...strip].map((sign, index) => {
    const height = heightOf(sign);
    return height === 0 ? "" : `M${from + index} ${10 - height - 1}h1V10h-1z`;
  }).join("");
}

function tenthsOf(sign: string): number {
  const tenths = SIGNS.indexOf(sign);
  return tenths < 0 ? 0 : tenths % 10;
}

function nowWords(strip: string): string {
  const sign = strip.at(-1) ?? " ";
  if (sign === " ") return strip.trim() === "" ? "starting" : "ended";
  const tenths = tenthsOf(sign);
  if (/[a-j]/.test(sign) && tenths < 7) return `waits for a core, ${tenths}0 %`;
  if (tenths === 0) return "waiting";
  return tenths === 9 ? "running" : `running ${tenths}0 %`;
}

function lockWords({ lock, holders, waiters }: ShownLock): string {
  const held = holders.length === 0
    ? "free"
    : `held by ${holders.slice(0, 3).join(", ")}${
      holders.length > 3 ? " and others" : ""
    }`;
  return `${lock}: ${held}${waiters === 0 ? "" : `, ${waiters} waiting`}`;
}

/** Tenths of a core; the second ten while it was kept waiting for one. */
const SIGNS = "0123456789abcdefghij";
const LENGTH = 60;
const MOST_LANES = 12;
const MOST_LOCKS = 6;

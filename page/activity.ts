/**
 * What the page knows of what cells do: lanes, what lives, recordings, errors of
 * type.
 * @module
 */
import { signal } from "@preact/signals";
import type { Problem, ServerMessage, ShownThing } from "../server/mod.ts";
import type { CellLanes } from "./lanes.tsx";

/** Messages of it. */
export type ActivityMessage = Extract<
  ServerMessage,
  { type: "lanes" | "things" | "recorded" | "problems" }
>;

/** What is shown of it. */
export class ShownActivity {
  /** What running cells do, by cell. */
  readonly lanes = signal<ReadonlyMap<string, CellLanes>>(new Map());
  /** What cells have started and what lives. */
  readonly things = signal<readonly ShownThing[]>([]);
  /** Cells whose last run can be shown as a figure. */
  readonly recorded = signal<ReadonlySet<string>>(new Set());
  /** What is wrong with cells' types, as far as it is known. */
  readonly problems = signal<ReadonlyMap<string, readonly Problem[]>>(
    new Map(),
  );

  /** Takes what the server says. */
  take(message: ActivityMessage): void {
    switch (message.type) {
      case "lanes": {
        const { cellId, lanes, locks, ms } = message;
        const all = new Map(this.lanes.value);
        if (lanes.length === 0) all.delete(cellId);
        else all.set(cellId, { lanes, locks, ms });
        this.lanes.value = all;
        return;
      }
      case "things":
        this.things.value = message.things;
        return;
      case "recorded":
        this.recorded.value = new Set(message.cellIds);
        return;
      case "problems": {
        const { cellId, problems } = message;
        const all = new Map(this.problems.value);
        if (problems.length === 0) all.delete(cellId);
        else all.set(cellId, problems);
        this.problems.value = all;
        return;
      }
      default:
        message satisfies never;
    }
  }
}

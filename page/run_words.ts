/**
 * How a cell's run stands, in words. Pure.
 * @module
 */
import type { Ran } from "../server/mod.ts";
import type { ShownRun } from "../server/mod.ts";

interface Shown {
  readonly id: string;
  readonly ran: Ran | null;
}

/** Says how the last run ended, or that it waits. */
export function describeRun(
  { ran }: Pick<Shown, "ran">,
  run: ShownRun | undefined,
): string {
  if (run !== undefined) {
    return run.elapsedMs === null ? "waits for its turn" : "running";
  }
  if (ran === null) return "";
  const time = formatMs(ran.elapsedMs);
  switch (ran.status) {
    case "ok":
      return `done in ${time}`;
    case "error":
      return `failed after ${time}`;
    case "interrupted":
      return `interrupted after ${time}`;
    case "not-run":
      return "not run: a cell before it did not finish";
  }
}

/** What a list of cells has to know for {@link findStale}. */
export interface StaleFacts {
  readonly session: number;
  /** All code cells in order. */
  readonly cells: readonly Shown[];
  readonly isEdited: boolean;
}

/** Says why what a cell shows may not be what it would show now; null if it would. */
export function whyStale(cell: Shown, facts: StaleFacts): string | null {
  const { ran } = cell;
  if (ran === null || ran.status === "not-run") return null;
  if (ran.session !== facts.session) return "from an earlier session";
  if (facts.isEdited) return "edited since it ran";
  const at = facts.cells.findIndex(({ id }) => id === cell.id);
  const isLater = facts.cells.slice(0, at).some((above) =>
    above.ran !== null && above.ran.status !== "not-run" &&
    above.ran.session === ran.session && above.ran.order > ran.order
  );
  return isLater ? "a cell above ran after it" : null;
}

/** Finds that out from the page. */
export function findStale(
  cell: Shown,
  notebook: {
    readonly kernel: { readonly value: { readonly session: number } };
    readonly cells: {
      readonly value: readonly (Shown & { readonly type: string })[];
    };
    readonly isEdited: (id: string) => boolean;
  },
): string | null {
  return whyStale(cell, {
    session: notebook.kernel.value.session,
    cells: notebook.cells.value.filter(({ type }) => type === "code"),
    isEdited: notebook.isEdited(cell.id),
  });
}

function formatMs(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round(ms % 60_000 / 1000)} s`;
}

/**
 * What the server says of kernel, disk and rights, put where the page shows it.
 * @module
 */
import type { KernelState, ServerMessage, ShownRun } from "../server/mod.ts";
import type { LinkState } from "./link.ts";
import type { PageNotebook } from "./notebook.ts";
import type { WidgetMessage } from "./widgets.ts";

/** How the kernel is. */
export interface KernelStatus {
  readonly state: KernelState;
  readonly session: number;
  readonly note: string | null;
}

/** How the connection is. */
export interface LinkStatus {
  readonly state: LinkState;
  readonly reason: string;
}

/** A run, and since when it runs by this page's clock. */
export type PageRun = ShownRun & { readonly sinceMs: number | null };

/** Something that the user may take or leave. */
export interface Offer {
  readonly text: string;
  readonly accept: () => void;
  readonly refuse: () => void;
}

/** A question that a cell asks. */
export type Question = Extract<ServerMessage, { type: "question" }>;

/** Messages that change no cell. */
export type StatusMessage =
  | WidgetMessage
  | Extract<
    ServerMessage,
    {
      type:
        | "kernel"
        | "disk"
        | "rights"
        | "question"
        | "problems"
        | "lanes"
        | "things"
        | "recorded"
        | "refused";
    }
  >;

/** Takes one of them. */
export function takeStatus(
  notebook: Pick<
    PageNotebook,
    | "kernel"
    | "runs"
    | "disk"
    | "rights"
    | "question"
    | "activity"
    | "notice"
    | "onWidget"
  >,
  message: StatusMessage,
): void {
  switch (message.type) {
    case "kernel": {
      const { state, session, note, runs } = message;
      notebook.kernel.value = { state, session, note };
      const now = performance.now();
      notebook.runs.value = runs.map((run) => ({
        ...run,
        sinceMs: run.elapsedMs === null ? null : now - run.elapsedMs,
      }));
      const asker = notebook.question.value?.cellId;
      // Who has ended does not wait for an answer.
      if (!runs.some(({ cellId }) => cellId === asker)) {
        notebook.question.value = null;
      }
      return;
    }
    case "disk":
      notebook.disk.value = message.state;
      return;
    case "rights":
      notebook.rights.value = message.rights;
      return;
    case "question":
      notebook.question.value = message;
      return;
    case "lanes":
    case "things":
    case "recorded":
    case "problems":
      return notebook.activity.take(message);
    case "refused":
      notebook.notice.value = message.reason;
      return;
    case "widgets":
    case "comm":
      return notebook.onWidget?.(message);
    default:
      message satisfies never;
  }
}

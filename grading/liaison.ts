/**
 * Carries what two sessions say to each other while a check runs: the loop
 * around `switchboard.ts`.
 * @module
 */
import type { Desk } from "./desk.ts";
import {
  type Line,
  type LineAction,
  type LineEvent,
  type LineReply,
  newLine,
} from "./line.ts";
import { connect } from "./switchboard.ts";
import {
  type CheckFacts,
  endedWith,
  type Trouble,
  troubleOf,
} from "./verdict.ts";

/** A check that may ask. */
export interface Call extends Disposable {
  /** What has come up meanwhile. */
  readonly facts: Pick<CheckFacts, "trouble" | "missing" | "unreadable">;
  /** Ends it, and waits until the submission's session rests. */
  close(): Promise<void>;
}

/** Carries what two sessions say to each other. */
export class Liaison implements Disposable {
  readonly #desks: {
    readonly submission: () => Desk;
    readonly checks: () => Desk;
  };
  #line: Line = newLine();
  #endMs = 0;
  #trouble: Trouble | null = null;
  #missing: string[] = [];
  #unreadable: string | null = null;
  readonly #executions = new Set<Promise<void>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param desks The two sessions. */
  constructor(
    desks: { readonly submission: () => Desk; readonly checks: () => Desk },
  ) {
    this.#desks = desks;
  }

  /**
   * Begins a check.
   *
   * @param limitMs How long what it asks may take altogether.
   */
  open(limitMs: number): Call {
    this.#line = newLine(this.#line.executions, true);
    this.#endMs = performance.now() + limitMs;
    this.#trouble = null;
    this.#missing = [];
    this.#unreadable = null;
    const hangUp = () =>
      this.#dispatch({ type: "hang-up", failure: "the check is over" });
    const facts = () => ({
      trouble: this.#trouble,
      missing: this.#missing,
      unreadable: this.#unreadable,
    });
    return {
      get facts() {
        return facts();
      },
      close: async () => {
        hangUp();
        await Promise.allSettled(this.#executions);
      },
      [Symbol.dispose]: hangUp,
    };
  }

  /** Takes what a cell of the checks asks. */
  checksAsk(text: string): void {
    const said = readSaying(text);
    if (said?.kind === "note") {
      const what = `${said.text ?? ""}`.slice(0, MAX_NOTE);
      if (said.what === "missing") this.#missing.push(what);
      else this.#unreadable ??= what;
      this.#reply("checks", {});
    } else if (said?.kind === "poll") {
      this.#dispatch({ type: "checks-poll" });
    } else if (typeof said?.body === "string" && isAsking(said.kind, "tell")) {
      this.#dispatch({ type: `checks-${said.kind}`, body: said.body });
    } else {
      // A question of its own, which nobody is there to answer.
      this.#desks.checks().answer("");
    }
  }

  /** Takes what a cell of the submission asks. */
  submissionAsks(text: string): void {
    const said = readSaying(text);
    if (typeof said?.body === "string" && isAsking(said.kind)) {
      this.#dispatch({ type: `submission-${said.kind}`, body: said.body });
    } else {
      this.#desks.submission().answer("");
    }
  }

  /** Takes what the submission's session says. */
  submissionSays(
    type: string,
    { id, body }: Readonly<Record<string, unknown>>,
  ): void {
    if (typeof body !== "string" || body.length > MAX_SAYING) return;
    if (type === "skein_grading_answer" && typeof id === "string") {
      this.#dispatch({ type: "submission-done", id, body });
    } else if (type === "skein_grading_tell") {
      this.#dispatch({ type: "submission-tell", body });
    }
  }

  /** Takes that the submission's session has ended by itself. */
  submissionEnded(why: string): void {
    // What runs there ends with it, and says the same.
    if (this.#line.isOpen && this.#executions.size === 0) {
      this.#trouble ??= endedWith(why, "while the check waited");
    }
    this.#dispatch({ type: "submission-gone", failure: GONE.reason });
  }

  /** Ends it. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #dispatch(event: LineEvent): void {
    const { line, actions } = connect(this.#line, event);
    this.#line = line;
    for (const action of actions) this.#carryOut(action);
    const isPolling = line.checksBlocked && line.waits.at(-1)?.for === "news";
    if (isPolling) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#dispatch({ type: "poll-over" });
      }, POLL_MS);
    } else {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }

  #carryOut(action: LineAction): void {
    switch (action.type) {
      case "reply-checks":
        return this.#reply("checks", action.reply);
      case "reply-submission":
        return this.#reply("submission", action.reply);
      case "execute": {
        const execution: Promise<void> = this.#execute(action)
          .finally(() => this.#executions.delete(execution));
        this.#executions.add(execution);
        return;
      }
      default:
        action satisfies never;
    }
  }

  async #execute(
    { id, call, body }: Extract<LineAction, { type: "execute" }>,
  ): Promise<void> {
    const args = [id, body].map((text) => JSON.stringify(text)).join(", ");
    const outcome = await this.#desks.submission().run(
      `globalThis[Symbol.for("Skein.grading")].${call}(${args})`,
      { id, timeoutMs: Math.max(1, this.#endMs - performance.now()) },
    );
    let failure = "the submission gave no answer";
    if (outcome.type !== "ok") {
      const trouble = troubleOf(outcome, "what the check called") ?? GONE;
      if (this.#line.isOpen) this.#trouble ??= trouble;
      failure = trouble.reason;
    }
    this.#dispatch({ type: "submission-ended", id, failure });
  }

  #reply(side: "checks" | "submission", reply: LineReply): void {
    this.#desks[side]().answer(JSON.stringify(reply));
  }
}

/** What a session says over the question of a cell. */
interface Saying {
  readonly kind?: unknown;
  readonly body?: unknown;
  readonly what?: unknown;
  readonly text?: unknown;
}

function readSaying(text: string): Saying | null {
  if (!text.startsWith(MARK) || text.length > MAX_SAYING) return null;
  try {
    const said: unknown = JSON.parse(text.slice(MARK.length));
    return typeof said === "object" ? said : null;
  } catch {
    // A cell that asks something of its own.
    return null;
  }
}

function isAsking<More extends string = never>(
  kind: unknown,
  more?: More,
): kind is "ask" | "answer" | More {
  return kind === "ask" || kind === "answer" ||
    more !== undefined && kind === more;
}

/** The session was started anew, and nobody there knows the bridge. */
const GONE: Trouble = {
  state: "error",
  reason: "the submission's session had ended",
};
/** Prefix of what is no question for a person: see `guest/bridge.ts`. */
const MARK = "skein-grading:";
const MAX_SAYING = 5 * 1024 * 1024;
const MAX_NOTE = 300;
const POLL_MS = 5;

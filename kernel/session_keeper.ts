/**
 * The session of a kernel: there is one, or a new one when it is needed.
 *
 * What it says is batched on its way; that of a session which was replaced is
 * not heard any more.
 * @module
 */
import type { SessionEvent, SessionExit } from "../protocol/mod.ts";
import { Session, type SessionOptions } from "../session/mod.ts";
import { StreamBatch } from "./stream_batch.ts";

/** How sessions are started, and who is told what happens in them. */
export interface SessionKeeperOptions
  extends Omit<SessionOptions, "onEvents" | "onExit"> {
  /** Called before a session starts. */
  readonly onStart: () => void;
  /** Takes what the session says, in order. */
  readonly onEvent: (event: SessionEvent) => void;
  /** Called when the session has ended by itself. */
  readonly onEnded: (exit: SessionExit) => void;
}

/** Keeps one session. */
export class SessionKeeper {
  readonly #options: SessionKeeperOptions;
  /** The process of the first session, if it is there already. */
  #launched: SessionKeeperOptions["launched"];
  #current: Session | null = null;
  #batch: StreamBatch | null = null;

  /** @param options How sessions are started, and who is told. */
  constructor(options: SessionKeeperOptions) {
    this.#options = options;
    this.#launched = options.launched;
  }

  /** The session, if there is one. */
  get current(): Session | null {
    return this.#current;
  }

  /** The session; a new one if there is none. */
  use(): Session {
    return this.#current ?? this.start();
  }

  /** Starts a session in the place of the one before. */
  start(): Session {
    const { onStart, onEvent, onEnded } = this.#options;
    onStart();
    const batch = new StreamBatch({ onEvent });
    const session = new Session({
      ...this.#options,
      launched: this.#launched,
      onEvents: (events) => events.forEach((event) => batch.push(event)),
      onExit: (exit) => {
        batch.flush();
        // A session that was replaced has nothing to say any more.
        if (this.#current !== session) return;
        this.#current = null;
        onEnded(exit);
      },
    });
    this.#launched = undefined;
    this.#current = session;
    this.#batch = batch;
    return session;
  }

  /** Lets go of the session, if there is one: it is its caller's to close. */
  take(): Session | null {
    const session = this.#current;
    this.#current = null;
    return session;
  }

  /** Lets go of what is batched. */
  flush(): void {
    this.#batch?.flush();
  }
}

/**
 * Which of the things that a session says can be true.
 *
 * A cell runs in the same realm as our code there, and can make the session say
 * anything: what marks frames is no secret from it. What can not be true, by
 * what the session was told and has said before, is refused here; a forged
 * output of a cell that has one anyway, or a forged end of the cell that forges
 * it, can not be told from a true one. Pure: commands and events in, answers
 * out. What is said of processes is checked again in `processes/kin.ts`.
 * @module
 */
import type { SessionEvent } from "../protocol/mod.ts";

/** Follows what a session was told and says. */
export class Credibility {
  readonly #mayStartPrograms: boolean;
  #isReady = false;
  #isAsking = false;
  #isExiting = false;
  readonly #sent = new Set<string>();
  readonly #running = new Set<string>();
  readonly #orders = new Set<number>();
  readonly #lookups = new Set<number>();
  readonly #surveys = new Set<number>();
  readonly #children = new Set<number>();
  readonly #copies = new Set<number>();
  readonly #marked = new Set<number>();

  /** @param mayStartPrograms Whether cells have the right to start any. */
  constructor(mayStartPrograms: boolean) {
    this.#mayStartPrograms = mayStartPrograms;
  }

  /** Notes that a cell was sent. */
  begin(executionId: string): void {
    this.#sent.add(executionId);
    this.#running.add(executionId);
  }

  /** Notes that a cell was answered for. */
  end(executionId: string): void {
    this.#running.delete(executionId);
  }

  /** Notes that the session was ordered to stop. */
  order(interruptId: number): void {
    this.#orders.add(interruptId);
  }

  /** Notes that no order to stop waits for an answer any more. */
  forgetOrders(): void {
    this.#orders.clear();
  }

  /** Notes that something is to be looked up. */
  ask(lookupId: number): void {
    this.#lookups.add(lookupId);
  }

  /** Notes that it is to be said what lives. */
  askSurvey(surveyId: number): void {
    this.#surveys.add(surveyId);
  }

  /** Notes that a question of a cell was answered. */
  answer(): void {
    this.#isAsking = false;
  }

  /**
   * Tells whether an event can be true, and if so, notes it.
   *
   * @param event What the session says.
   */
  admits(event: SessionEvent): boolean {
    const isPossible = this.allows(event);
    if (isPossible) this.#note(event);
    return isPossible;
  }

  /**
   * Tells whether an event can be true.
   *
   * @param event What the session says.
   */
  allows(event: SessionEvent): boolean {
    switch (event.type) {
      case "ready":
        return !this.#isReady;
      // Timers, Workers and processes may show something after their cell's end.
      case "stream":
      case "display":
      case "clear":
      case "comm":
        return this.#isOwned(event);
      case "broadcast":
        // Who is busy only the kernel knows.
        return this.#isOwned(event) && event.messageType !== "status";
      case "error":
        return event.background
          ? this.#isOwned(event)
          : this.#running.has(event.executionId);
      case "begun":
      case "result":
      case "expressions":
      case "page":
        return this.#running.has(event.executionId);
      case "done":
        return this.#running.has(event.executionId) &&
          (event.outcome !== "interrupted" || this.#orders.size > 0);
      case "input":
        // A question blocks the session: there is one at a time.
        return this.#sent.has(event.executionId) && !this.#isAsking;
      case "interrupted":
        return this.#orders.has(event.interruptId);
      case "completions":
      case "description":
        return this.#lookups.has(event.lookupId);
      case "survey":
        return this.#surveys.has(event.surveyId);
      case "started":
        return this.#isOwned(event) && this.#mayStart(event, this.#children);
      case "ended":
        return this.#children.has(event.childId);
      case "exiting":
        return !this.#isExiting;
      case "copy":
        return this.#sent.has(event.executionId) &&
          !this.#copies.has(event.copyId);
      // To end one that has ended already harms nobody.
      case "copied":
      case "copy-stop":
        return this.#copies.has(event.copyId);
      case "told":
        return this.#copies.has(event.copyId) &&
          this.#sent.has(event.executionId);
      case "upkeep":
        return true;
      default:
        return event satisfies never;
    }
  }

  /**
   * Tells whether a mark in the other pipe can be true, and notes it. Neither
   * pipe is ordered by the other: what was said in the first proves nothing here.
   *
   * @param event What the session says there.
   */
  admitsMark(event: SessionEvent): boolean {
    if (event.type === "done") return this.#sent.has(event.executionId);
    if (event.type === "ended") return this.#marked.delete(event.childId);
    if (event.type !== "started") return false;
    const isPossible = this.#isOwned(event) &&
      this.#mayStart(event, this.#marked);
    if (isPossible) this.#marked.add(event.childId);
    return isPossible;
  }

  /** What belongs to no cell comes before the first: then nobody forges it. */
  #isOwned({ executionId }: { readonly executionId: string }): boolean {
    return executionId === "" || this.#sent.has(executionId);
  }

  #mayStart(
    { what, childId }: Extract<SessionEvent, { type: "started" }>,
    children: ReadonlySet<number>,
  ): boolean {
    if (what === "process" && !this.#mayStartPrograms) return false;
    return children.has(childId) || children.size < MAX_CHILDREN;
  }

  #note(event: SessionEvent): void {
    if (event.type === "ready") {
      this.#isReady = true;
    } else if (event.type === "exiting") {
      this.#isExiting = true;
    } else if (event.type === "done") {
      this.end(event.executionId);
      this.#isAsking = false;
    } else if (event.type === "input") {
      this.#isAsking = true;
    } else if (event.type === "interrupted") {
      this.#orders.delete(event.interruptId);
    } else if (event.type === "survey") {
      this.#surveys.delete(event.surveyId);
    } else if (event.type === "copy") {
      this.#copies.add(event.copyId);
    } else if (event.type === "started") {
      this.#children.add(event.childId);
    } else if (event.type === "ended") {
      this.#children.delete(event.childId);
    } else if (event.type === "completions" || event.type === "description") {
      this.#lookups.delete(event.lookupId);
    }
  }
}

/** No machine has as many; who says that there were more only fills our memory. */
const MAX_CHILDREN = 100_000;

/** What the session says to nobody but us. */
export const OWN_EVENTS: ReadonlySet<SessionEvent["type"]> = new Set([
  "begun",
  "survey",
  "upkeep",
  "copy",
  "copied",
  "told",
  "copy-stop",
]);

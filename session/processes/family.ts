/**
 * The process of a session, and what its cells have started.
 *
 * A session names the processes that its cells start. It is believed only as far
 * as the system agrees: no process is ever signalled that is not its child, a
 * descendant of it, or marked as its own. Deciding is in `kin.ts`.
 * @module
 */
import type { SessionEvent } from "../../protocol/mod.ts";
import { Guard } from "../guard.ts";
import {
  type Mark,
  openCensus,
  type ProcessFacts,
  type ProcessId,
} from "./census.ts";
import { endKin, findKin, killKin } from "./ending.ts";
import { isChild, isSame } from "./kin.ts";

/** A process that a cell has started. */
interface Child {
  readonly executionId: string;
  readonly id: ProcessId;
}

/** Knows the processes of a session, and ends them. */
export class Family {
  readonly #session: Deno.ChildProcess;
  readonly #guard: Guard;
  readonly #census = openCensus();
  readonly #mark: Mark | null;
  readonly #children = new Map<number, Child>();
  readonly #copies = new Map<Deno.ChildProcess, ProcessId>();
  /** Process ids of copies by the numbers that the session gave them. */
  readonly #copyOf = new Map<number, number>();
  #ending: Promise<unknown> = Promise.resolve();

  /**
   * @param session The session's process, just started.
   * @param mark What its environment holds.
   */
  constructor(session: Deno.ChildProcess, mark: string) {
    this.#session = session;
    this.#guard = new Guard(mark);
    const first = this.#census.find(session.pid);
    this.#mark = first === null ? null : { text: mark, first };
    if (first !== null) this.#guard.add(first);
  }

  /**
   * Notes what the session says of a process.
   *
   * @param event What it says.
   */
  observe(event: Extract<SessionEvent, { type: "started" | "ended" }>): void {
    if (event.type === "ended") return this.#forget(event.childId);
    const { pid, childId, executionId } = event;
    if (pid === undefined || this.#children.has(childId)) return;
    for (const copy of this.#copies.values()) {
      // Those are ended by their own ways.
      if (copy.pid === pid) return void this.#copyOf.set(childId, pid);
    }
    const id = this.#census.find(pid);
    if (!isChild(pid, id, this.#session.pid)) return;
    this.#children.set(childId, { executionId, id });
    this.#guard.add(id);
  }

  /**
   * Takes in a copy of the session.
   *
   * @param copy Its process, just started by us.
   */
  adopt(copy: Deno.ChildProcess): void {
    const id = this.#census.find(copy.pid);
    if (id === null) return;
    this.#copies.set(copy, id);
    this.#guard.add(id);
  }

  /**
   * Forgets a copy.
   *
   * @param copy Its process, which has ended.
   */
  release(copy: Deno.ChildProcess): void {
    const id = this.#copies.get(copy);
    if (id !== undefined) this.#guard.remove(id);
    this.#copies.delete(copy);
  }

  /**
   * Ends a copy, and what belongs to it.
   *
   * @param copy Its process.
   */
  endCopy(copy: Deno.ChildProcess): void {
    const id = this.#copies.get(copy);
    if (id !== undefined) this.#end([id]);
    else kill(copy);
  }

  /** Lists the session's process, and all that belong to it, as far as is known. */
  list(): readonly ProcessFacts[] {
    if (this.#mark === null) return [];
    const roots = [this.#mark.first, ...this.#others()];
    return findKin({ census: this.#census, roots, mark: this.#mark });
  }

  /** Ends the session's process at once. */
  end(): void {
    kill(this.#session);
  }

  /**
   * Ends all of them at once, the session's process last.
   *
   * @param found All that were found a moment ago.
   */
  endAll(found: readonly ProcessFacts[] = this.list()): void {
    killKin(this.#census, found);
    this.end();
  }

  /**
   * Ends what a cell has started, and what belongs to that.
   *
   * @param executionId Which cell's.
   */
  endChildren(executionId: string): void {
    const roots = [...this.#children.values()]
      .filter((child) => child.executionId === executionId)
      .map(({ id }) => id);
    this.#end(roots);
  }

  /** Tells the process id of a child, as far as it was believed. */
  pidOf(childId: number): number | null {
    return this.#children.get(childId)?.id.pid ?? this.#copyOf.get(childId) ??
      null;
  }

  /** Ends a child, and what belongs to it. */
  endChild(childId: number): void {
    const child = this.#children.get(childId);
    if (child !== undefined) this.#end([child.id]);
  }

  /** Ends all that is left once the session's process has ended. */
  async endRest(): Promise<void> {
    await this.#ending;
    if (this.#mark !== null) {
      const roots = this.#others();
      await endKin({ census: this.#census, roots, mark: this.#mark });
      this.#guard.remove(this.#mark.first);
    }
    await this.#guard[Symbol.asyncDispose]();
  }

  #others(): ProcessId[] {
    const children = [...this.#children.values()].map(({ id }) => id);
    return [...children, ...this.#copies.values()];
  }

  #end(roots: readonly ProcessId[]): void {
    if (roots.length === 0) return;
    const ended = endKin({ census: this.#census, roots });
    this.#ending = this.#ending.then(() => ended);
  }

  /** Only what has gone is forgotten, whatever the session says. */
  #forget(childId: number): void {
    this.#copyOf.delete(childId);
    const child = this.#children.get(childId);
    if (child === undefined) return;
    const now = this.#census.find(child.id.pid);
    if (now !== null && !now.isEnded && isSame(now, child.id)) return;
    this.#children.delete(childId);
    this.#guard.remove(child.id);
  }
}

/** Deno knows whether a child was buried: its number is not another's. */
function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended already, which is what was wanted.
  }
}

/**
 * A kernel as a page sees it, beside the messages of Jupyter: what lives in its
 * session and what computes there, and what is wrong with a cell that is typed.
 * @module
 */
import type { CellProblem } from "../language/mod.ts";
import type { LivingThing, SessionLook } from "../session/mod.ts";
import type { CellLanguage } from "./cell_language.ts";
import type { SessionKeeper } from "./session_keeper.ts";
import type { KernelState } from "./state.ts";

/** What can be seen of a kernel, and ended in it. */
export class KernelView {
  readonly #state: () => KernelState;
  readonly #keeper: SessionKeeper;
  readonly #language: CellLanguage;

  /**
   * @param state Gives what the kernel knows now.
   * @param keeper Keeps its session.
   * @param language Knows its cells' types.
   */
  constructor(
    state: () => KernelState,
    keeper: SessionKeeper,
    language: CellLanguage,
  ) {
    this.#state = state;
    this.#keeper = keeper;
    this.#language = language;
  }

  /** Looks at the session; null if there is none. Things name the request that started them. */
  look(): SessionLook | null {
    const look = this.#keeper.current?.watch.look() ?? null;
    if (look === null) return null;
    const { executions } = this.#state();
    const living = look.living.map((thing) => {
      const request = executions.get(thing.executionId)?.request;
      return { ...thing, executionId: request?.header.msg_id ?? "" };
    });
    return { ...look, living };
  }

  /** Ends one thing that a cell has started. */
  stop(what: LivingThing["what"], id: number): void {
    this.#keeper.current?.watch.stop(what, id);
  }

  /** Finds what is wrong with the types of a cell as it is now; none if nobody knows. */
  async diagnose(source: string): Promise<readonly CellProblem[]> {
    const found = await this.#language.service.diagnose(source);
    return typeof found === "string" || found === null ? [] : found;
  }
}

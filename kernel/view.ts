/**
 * A kernel as a page sees it, beside the messages of Jupyter: what lives in its
 * session and what computes there, and what is wrong with a cell that is typed.
 * @module
 */
import type { CellProblem } from "../language/mod.ts";
import type { LivingThing, Session, SessionLook } from "../session/mod.ts";
import type { CellLanguage } from "./cell_language.ts";
import type { KernelState } from "./state.ts";

/** What a view is of. */
export interface ViewOptions {
  readonly session: () => Session | null;
  readonly state: () => KernelState;
  readonly language: CellLanguage;
}

/** What can be seen of a kernel, and ended in it. */
export class KernelView {
  readonly #options: ViewOptions;

  /** @param options The kernel's parts. */
  constructor(options: ViewOptions) {
    this.#options = options;
  }

  /** Looks at the session; null if there is none. Things name the request that started them. */
  look(): SessionLook | null {
    const look = this.#options.session()?.watch.look() ?? null;
    if (look === null) return null;
    const { executions } = this.#options.state();
    const living = look.living.map((thing) => {
      const request = executions.get(thing.executionId)?.request;
      return { ...thing, executionId: request?.header.msg_id ?? "" };
    });
    return { ...look, living };
  }

  /** Ends one thing that a cell has started. */
  stop(what: LivingThing["what"], id: number): void {
    this.#options.session()?.watch.stop(what, id);
  }

  /** Finds what is wrong with the types of a cell as it is now; none if nobody knows. */
  async diagnose(source: string): Promise<readonly CellProblem[]> {
    const found = await this.#options.language.service.diagnose(source);
    return typeof found === "string" || found === null ? [] : found;
  }
}

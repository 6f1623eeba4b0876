/**
 * What all controls have: a name, a value, and work that runs again when the
 * value changes.
 * @module
 */
import {
  checkFunction,
  DISPLAY,
  display,
  type Displayable,
  makeDisplayable,
} from "../base/mod.ts";
import { afterCell, hostSignal } from "../platform/mod.ts";
import type { LiveWidget } from "./live_widget.ts";
import { type Slot, takeTurn } from "./turns.ts";

/** Something that a person sets. */
export interface Control<T> extends Displayable {
  /** What it is called. */
  readonly name: string;
  /** What it is set to now; of a button, how often it was pressed. */
  readonly value: T;
  /** Sets it, here and wherever it is shown. */
  set(value: T): void;
  /**
   * Calls a function with the value whenever a person has changed it.
   *
   * @returns What ends that.
   */
  onChange(listener: (value: T) => unknown): () => void;
  /**
   * Shows the control and what a function gives for its value; when the value
   * changes, the function runs again and what it gives takes the place of what
   * stood there.
   *
   * Such runs, of all controls, come one after another, and none runs beside a
   * cell; of the values that come meanwhile only the last is run with. What is
   * printed stays; an interrupt ends a run. After a reload of the page JupyterLab
   * does not know where results belong before the cell has run again.
   *
   * @param work What to run, such as a measurement; what it returns is shown.
   * @returns A promise that settles after the first run.
   * @throws What `work` throws the first time.
   */
  rerun(work: (value: T) => unknown): Promise<void>;
}

/** What a control is made of. */
export interface ControlParts<S extends object, T> {
  readonly name: string;
  readonly live: LiveWidget<S>;
  readonly read: (state: Readonly<S>) => T;
  readonly write: (value: T) => Partial<S>;
  /** The value in words. */
  readonly say: (value: T) => string;
  /** Whether `rerun` runs before a person has done anything. */
  readonly runsAtOnce: boolean;
}

/** Makes a control. */
export function makeControl<S extends object, T>(
  { name, live, read, write, say, runsAtOnce }: ControlParts<S, T>,
): Control<T> {
  return {
    name,
    get value() {
      return read(live.state);
    },
    set: (value) => live.set(write(value)),
    onChange(listener) {
      checkFunction(["listen to control", "listener"], listener);
      return live.onChange((state) => listener(read(state)));
    },
    async rerun(work) {
      checkFunction(["rerun", "work"], work);
      await display(live);
      const place = new Place();
      const run = async () => {
        const value = read(live.state);
        await place.fill(`${name}: ${say(value)}`, () => work(value));
      };
      const inCell = afterCell();
      const slot: Slot = {
        isWaiting: false,
        run: () =>
          inCell(run).catch((error) => inCell(() => place.blame(error))),
      };
      live.onChange(() => takeTurn(slot, hostSignal()));
      await (runsAtOnce ? run() : place.open());
    },
    [DISPLAY]: () => live[DISPLAY](),
  };
}

/** Two outputs of a cell: for which value it ran, and what came of it. */
class Place {
  readonly #title = crypto.randomUUID();
  readonly #result = crypto.randomUUID();
  #isOpen = false;
  /** What is being tried. */
  #trying = "";

  /** Takes its place in the cell, so that what comes later has one. */
  async open(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    for (const display_id of [this.#title, this.#result]) {
      await display(plain(""), { display_id });
    }
  }

  async fill(title: string, work: () => unknown): Promise<void> {
    await this.open();
    this.#trying = title;
    const made = await work();
    await this.#put(this.#title, plain(title));
    const isText = made === undefined || typeof made === "string";
    await this.#put(this.#result, isText ? plain(made ?? "") : made);
  }

  async blame(error: unknown): Promise<void> {
    await this.#put(this.#title, plain(this.#trying));
    await this.#put(this.#result, plain(`${error}`));
  }

  #put(display_id: string, value: unknown): Promise<void> {
    return display(value, { display_id, update: true });
  }
}

function plain(text: string): Displayable {
  return makeDisplayable({ "text/plain": text });
}

/**
 * What all widgets have: a state, who listens to it, and how it is shown.
 *
 * A conversation with front ends begins when it is first shown; where there are
 * none, the words that stand for it are.
 * @module
 */
import {
  DISPLAY,
  display,
  html,
  makeDisplayable,
  type MimeBundle,
} from "../base/mod.ts";
import { hasPerson } from "../platform/mod.ts";
import { type Comms, findComms } from "./comms.ts";
import type { Model, ModelState } from "./model.ts";
import type { Widget } from "./widget.ts";

/** What a widget is made of. */
export interface WidgetParts<S> {
  readonly state: S;
  /** Parts of the state that nobody changes, such as names of classes. */
  readonly fixed: ModelState;
  /** What Jupyter needs to draw it: a package of Python. */
  readonly needs: "anywidget" | "ipywidgets";
  /** Part of the state that says that it is drawn. @default "_view_count" */
  readonly seenBy?: string;
  /** Words that stand for it, and what it is. */
  readonly words: (
    state: S,
  ) => { readonly label: string; readonly text: string };
  /** Makes of what a front end says what can be taken; the rest is refused. @default everything */
  readonly accept?: (changes: ModelState, state: S) => Partial<S>;
  /** Shows widgets that stand in this one first; gives parts of the state that name them. */
  readonly open?: (comms: Comms) => Promise<ModelState>;
}

/** A widget. */
export class LiveWidget<S extends object> implements Widget<S> {
  readonly #parts: WidgetParts<S>;
  readonly #changed = new Set<(state: Readonly<S>) => unknown>();
  readonly #said = new Set<
    (content: unknown, buffers: readonly Uint8Array[]) => unknown
  >();
  readonly #seen = Promise.withResolvers<void>();
  #state: S;
  #named: ModelState = {};
  #model: Promise<Model> | null = null;
  #isClosed = false;

  /** Made by `widget()` and by controls. */
  constructor(parts: WidgetParts<S>) {
    this.#parts = parts;
    this.#state = { ...parts.state };
  }

  get state(): Readonly<S> {
    return this.#state;
  }

  /** Settles when a front end has drawn it. */
  get seen(): Promise<void> {
    return this.#seen.promise;
  }

  set(changes: Partial<S>): void {
    this.#state = { ...this.#state, ...changes };
    this.#tell((model) => model.update(changes as ModelState));
  }

  onChange(listener: (state: Readonly<S>) => unknown): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  onMessage(
    listener: (content: unknown, buffers: readonly Uint8Array[]) => unknown,
  ): () => void {
    this.#said.add(listener);
    return () => this.#said.delete(listener);
  }

  send(content: unknown, buffers: readonly Uint8Array[] = []): void {
    this.#tell((model) => model.send(content, buffers));
  }

  close(): void {
    this.#isClosed = true;
    this.#tell((model) => model.close());
    this.#model = null;
  }

  /** Its name among all widgets; `null` where nobody can draw it. */
  async open(): Promise<string | null> {
    const comms = findComms();
    if (comms === undefined || this.#isClosed) return null;
    this.#model ??= this.#open(comms);
    return (await this.#model).id;
  }

  async [DISPLAY](): Promise<MimeBundle> {
    const id = await this.open();
    if (id !== null && hasPerson()) this.#warn();
    return { ...id === null ? {} : viewOf(id), ...this.#stand() };
  }

  async #open(
    comms: Comms,
  ): Promise<Model> {
    const { Model } = await import("./model.ts");
    const { fixed, open } = this.#parts;
    this.#named = await open?.(comms) ?? {};
    return new Model(comms, {
      state: () => ({
        ...fixed,
        ...this.#named,
        _view_count: 0,
        ...this.#state,
      }),
      onChange: (changes) => this.take(changes),
      onMessage: (content, buffers) =>
        Promise.all([...this.#said].map((hear) => hear(content, buffers))),
    });
  }

  /** Takes what a front end has changed; settles when all who listen have. */
  take(said: ModelState): unknown {
    const { seenBy = "_view_count" } = this.#parts;
    if (Number(said[seenBy]) > 0) this.#seen.resolve();
    const { accept } = this.#parts;
    const known = Object.fromEntries(
      Object.entries(said).filter(([name]) => Object.hasOwn(this.#state, name)),
    );
    const changes = accept === undefined
      ? known as Partial<S>
      : accept(known, this.#state);
    this.#state = { ...this.#state, ...changes };
    // What was not taken as it was said is put right wherever it is shown.
    const wrong = Object.keys(known).filter((name) =>
      known[name] !== this.#state[name as keyof S]
    );
    if (accept !== undefined && wrong.length > 0) {
      const right = wrong.map((name) => [name, this.#state[name as keyof S]]);
      this.set(Object.fromEntries(right));
    }
    if (Object.keys(changes).length === 0) return;
    return Promise.all([...this.#changed].map((hear) => hear(this.#state)));
  }

  #tell(say: (model: Model) => void): void {
    void this.#model?.then(say);
  }

  /** Says what is missing if nobody draws it. */
  #warn(): void {
    const timer = setTimeout(() => {
      if (this.#isClosed) return;
      const text = `${this.#how()} Nothing has drawn it here yet.`;
      void display(makeDisplayable({ "text/plain": text }));
    }, DRAWN_MS);
    void this.seen.then(() => clearTimeout(timer));
  }

  #how(): string {
    const { words, needs } = this.#parts;
    const { label } = words(this.#state);
    return `${label} is live in "skein open", and in Jupyter with "pip install ${needs}".`;
  }

  /** What is shown where it can not be drawn. */
  #stand(): MimeBundle {
    const { text } = this.#parts.words(this.#state);
    return {
      "text/html": `<div class="skein-figure">${
        html`<p>${text}<br><small>${this.#how()}</small></p>`.markup
      }</div>`,
      "text/plain": text,
    };
  }
}

function viewOf(id: string): MimeBundle {
  return {
    "application/vnd.jupyter.widget-view+json": {
      version_major: 2,
      version_minor: 1,
      model_id: id,
    },
  };
}

/** A page that takes longer draws it all the same. */
const DRAWN_MS = 5000;

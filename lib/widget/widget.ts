/**
 * `widget`: a value that a person can touch, drawn by code of yours in the
 * browser.
 *
 * The code is an anywidget front-end module (AFM), so it runs wherever such
 * widgets do. What talks to front ends is loaded when a widget is first shown.
 * @module
 */
import {
  checkFunction,
  checkObject,
  checkOptions,
  checkText,
  type Displayable,
} from "../base/mod.ts";
import { LiveWidget } from "./live_widget.ts";

/** What code in the browser knows of a widget: the model of AFM. */
export interface WidgetModel<S> {
  /** Gives a part of the state. */
  get<K extends keyof S>(name: K): S[K];
  /** Changes a part of the state; `save_changes()` tells the cell. */
  set<K extends keyof S>(name: K, value: S[K]): void;
  /** Tells the cell what was set. */
  save_changes(): void;
  /** Listens to `change:NAME`, or to `msg:custom` for what the cell sends. */
  on(event: string, listener: (...args: never[]) => unknown): void;
  /** Stops listening. */
  off(
    event?: string | null,
    listener?: ((...args: never[]) => unknown) | null,
  ): void;
  /** Sends a message to the cell. */
  send(
    content: unknown,
    callbacks?: unknown,
    buffers?: readonly (ArrayBuffer | ArrayBufferView)[],
  ): void;
}

/** What code in the browser is called with. */
export interface WidgetView<S> {
  /** The state, and messages to and from the cell. */
  readonly model: WidgetModel<S>;
  /** The element to draw into. */
  // deno-lint-ignore no-explicit-any -- Cells know no types of the DOM.
  readonly el: any;
}

/** How a widget is made. */
export interface WidgetOptions<S> {
  /** What both sides know and change: JSON, and bytes as typed arrays. */
  readonly state: S;
  /**
   * Draws it, in the browser: only its text is sent, so it uses nothing from
   * outside but globals of browsers. What it returns is called at the end.
   * @default from `esm`
   */
  readonly render?: (view: WidgetView<S>) => unknown;
  /** Is called once before the first view, in the browser. @default nothing is called */
  readonly initialize?: (
    view: Pick<WidgetView<S>, "model">,
  ) => unknown;
  /** A whole module in place of functions; its default export has `render`. @default from `render` */
  readonly esm?: string;
  /** Style sheet. @default none */
  readonly css?: string;
  /** Words that stand for it where it can not be drawn, such as in an export. @default its state */
  readonly fallback?: (state: S) => string;
}

/** A widget that lives in this session. */
export interface Widget<S> extends Displayable {
  /** The state now. */
  readonly state: Readonly<S>;
  /** Changes parts of the state, here and wherever it is shown. */
  set(changes: Partial<S>): void;
  /**
   * Calls a function with the state whenever a person has changed it.
   *
   * @returns What ends that.
   */
  onChange(listener: (state: Readonly<S>) => unknown): () => void;
  /**
   * Calls a function with each message that code in the browser sends.
   *
   * @returns What ends that.
   */
  onMessage(
    listener: (content: unknown, buffers: readonly Uint8Array[]) => unknown,
  ): () => void;
  /** Sends a message to the code in the browser. */
  send(content: unknown, buffers?: readonly Uint8Array[]): void;
  /** Ends it: views stay as they are, and nothing that is done there comes back. */
  close(): void;
}

/**
 * Makes a widget: state that a cell and code in the browser share.
 *
 * `skein open` draws it by itself. Jupyter needs `pip install anywidget` where
 * the server runs; without it, and in exports, the `fallback` is shown.
 *
 * @example A counter
 * ```ts
 * import assert from "node:assert/strict";
 * const counter = widget({
 *   state: { count: 0 },
 *   render({ model, el }) {
 *     const button = el.ownerDocument.createElement("button");
 *     const show = () => button.textContent = `clicked ${model.get("count")} times`;
 *     button.onclick = () => {
 *       model.set("count", model.get("count") + 1);
 *       model.save_changes();
 *     };
 *     model.on("change:count", show);
 *     show();
 *     el.append(button);
 *   },
 * });
 * counter.set({ count: 2 });
 * assert.equal(counter.state.count, 2);
 * ```
 *
 * @typeParam S What its state is.
 * @param options State, and what draws it.
 * @returns The widget; as the value of a cell it is shown.
 * @throws {TypeError} If an option has the wrong type, or nothing draws it.
 */
export function widget<S extends object>(
  options: WidgetOptions<S>,
): Widget<S> {
  const what = "make widget";
  checkOptions(what, options, OPTIONS);
  const { state, render, initialize, esm, css = "", fallback } = options;
  checkObject([what, "state"], state);
  if (esm === undefined) checkFunction([what, "render"], render);
  else checkText([what, "esm"], esm);
  if (initialize !== undefined) checkFunction([what, "initialize"], initialize);
  if (fallback !== undefined) checkFunction([what, "fallback"], fallback);
  checkText([what, "css"], css);
  return new LiveWidget<S>({
    state,
    fixed: {
      ...ANYWIDGET,
      _esm: esm ?? writeModule({ initialize, render }),
      _css: css,
    },
    needs: "anywidget",
    // JupyterLab counts the box that says that it can not draw it as a view.
    ...(esm === undefined ? { seenBy: "_drawn" } : {}),
    words: (now) => ({
      text: fallback?.(now) ?? describe(now),
      label: "A widget",
    }),
  });
}

/** A module of AFM, of functions by their text; it says when it draws. */
function writeModule(
  { initialize, render }: Readonly<Record<string, unknown>>,
): string {
  const first = initialize === undefined
    ? ""
    : `  initialize: ${textOf(initialize)},\n`;
  return `const render = ${textOf(render)};
export default {
${first}  render(view) {
    view.model.set("_drawn", 1);
    view.model.save_changes();
    return render(view);
  },
};
`;
}

function textOf(fn: unknown): string {
  const text = String(fn);
  // A method's text, `render() {…}`, is no expression by itself.
  return METHOD.test(text) ? `Object.values({ ${text} })[0]` : `(${text})`;
}

function describe(state: object): string {
  return Object.entries(state).map(([name, value]) =>
    `${name}: ${
      ArrayBuffer.isView(value) ? "bytes" : JSON.stringify(value) ?? value
    }`
  ).join(", ");
}

const METHOD = /^(?:async\s+)?(?!function\b|async\b)[\w$]+\s*\(/;
const OPTIONS = ["state", "render", "initialize", "esm", "css", "fallback"];

/** Classes of the front end; any version of them will do. */
const ANYWIDGET = {
  _model_module: "anywidget",
  _model_module_version: "*",
  _model_name: "AnyModel",
  _view_module: "anywidget",
  _view_module_version: "*",
  _view_name: "AnyView",
};

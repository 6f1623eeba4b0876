/**
 * Widgets that Jupyter has by itself (`@jupyter-widgets/controls`), and that
 * bring a module along for front ends that do not have them.
 * @module
 */
import type { Comms } from "./comms.ts";
import type { ControlKind } from "./control_views.ts";
import { LiveWidget } from "./live_widget.ts";
import type { ModelState } from "./model.ts";

/** Parts of a state. */
export type CoreState = Readonly<Record<string, unknown>>;

/** What such a widget is made of. */
export interface CoreParts<S> {
  /** What it is called. */
  readonly name: string;
  /** Its class in Jupyter, `Model` and `View` left out. */
  readonly model: string;
  /** The class of its style there. */
  readonly style: string;
  readonly state: S;
  readonly fixed: ModelState;
  readonly accept: (changes: ModelState) => Partial<S>;
  readonly words: (state: S) => string;
}

/** Makes a widget of a kind. */
export function core<S extends object>(
  kind: ControlKind,
  { name, model, style, state, fixed, accept, words }: CoreParts<S>,
): LiveWidget<S> {
  return new LiveWidget<S>({
    state,
    fixed: { ...classesOf(model), description: name, ...fixed },
    needs: "ipywidgets",
    accept,
    words: (now) => ({ label: "This control", text: words(now) }),
    async open(comms) {
      const { CONTROL_STYLE, moduleOf } = await import("./control_views.ts");
      return {
        _esm: moduleOf(kind),
        _css: CONTROL_STYLE,
        style: await openStyle(comms, style),
        ...style === "ButtonStyle" ? {} : { layout: await openLayout(comms) },
      };
    },
  });
}

/** Names have the room that they need, and are not cut. */
function openStyle(comms: Comms, style: string): Promise<string> {
  return openPart(comms, {
    ...classesOf(style),
    ...BASE_VIEW,
    _view_name: "StyleView",
    ...style === "ButtonStyle" ? {} : { description_width: "initial" },
  });
}

/** So has what is set. */
function openLayout(comms: Comms): Promise<string> {
  return openPart(comms, {
    ...classesOf("Layout"),
    ...BASE_VIEW,
    _model_module: BASE_VIEW._view_module,
    width: "auto",
    max_width: "36em",
  });
}

async function openPart(comms: Comms, state: ModelState): Promise<string> {
  const { Model } = await import("./model.ts");
  const ignore = () => {};
  const options = { state: () => state, onChange: ignore, onMessage: ignore };
  return `IPY_MODEL_${new Model(comms, options).id}`;
}

/** Names of a class of Jupyter, as front ends find it. */
export function classesOf(name: string): ModelState {
  return {
    _model_module: CONTROLS,
    _model_module_version: VERSION,
    _model_name: `${name}Model`,
    _view_module: CONTROLS,
    _view_module_version: VERSION,
    _view_name: `${name}View`,
  };
}

const CONTROLS = "@jupyter-widgets/controls";
const VERSION = "2.0.0";
const BASE_VIEW = {
  _view_module: "@jupyter-widgets/base",
  _view_module_version: VERSION,
};

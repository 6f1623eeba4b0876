/**
 * What a function takes, shown while its arguments are typed.
 * @module
 */
/// <reference lib="dom" />
import {
  type EditorState,
  type Extension,
  Prec,
  StateEffect,
  StateField,
} from "@codemirror/state";
import {
  EditorView,
  keymap,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";

interface Shown {
  /** Where the bracket is. */
  readonly at: number;
  readonly tooltip: Tooltip;
}

const setShown = StateEffect.define<Shown | null>();

const shownField = StateField.define<Shown | null>({
  create: () => null,
  update(shown, { effects, docChanged, changes, state }) {
    const news = effects.find((effect) => effect.is(setShown));
    if (news !== undefined) return news.value;
    if (shown === null) return null;
    const at = docChanged ? changes.mapPos(shown.at) : shown.at;
    if (!isInside(state, at)) return null;
    return at === shown.at
      ? shown
      : { at, tooltip: { ...shown.tooltip, pos: at } };
  },
  provide: (field) =>
    showTooltip.from(field, (shown) => shown?.tooltip ?? null),
});

/**
 * Shows signatures.
 *
 * @param describe Says what stands at an offset; null for nothing.
 */
export function signatures(
  describe: (source: string, at: number) => Promise<string | null>,
): Extension {
  const listen = EditorView.updateListener.of((update) => {
    const { state, view, transactions } = update;
    if (!transactions.some((one) => one.isUserEvent("input.type"))) return;
    const { head } = state.selection.main;
    if (state.sliceDoc(head - 1, head) !== "(") return;
    const at = head - 1;
    if (!/[\w$]$/.test(state.sliceDoc(Math.max(0, at - 1), at))) return;
    void describe(state.doc.toString(), at - 1).then((text) => {
      const line = text?.split("\n").find((one) => one.includes("("));
      // Whoever types fast has left the brackets by now.
      if (line === undefined || !isInside(view.state, at)) return;
      view.dispatch({ effects: setShown.of({ at, tooltip: draw(at, line) }) });
    });
  });
  const close = Prec.highest(keymap.of([{
    key: "Escape",
    run: (view) => {
      if (view.state.field(shownField) === null) return false;
      view.dispatch({ effects: setShown.of(null) });
      return true;
    },
  }]));
  return [close, shownField, listen];
}

/** Whether the cursor is between a bracket and its end. */
function isInside(state: EditorState, at: number): boolean {
  const { head } = state.selection.main;
  if (head <= at || state.sliceDoc(at, at + 1) !== "(") return false;
  let depth = 0;
  for (const sign of state.sliceDoc(at, head)) {
    if (sign === "(") depth++;
    if (sign === ")" && --depth === 0) return false;
  }
  return head - at < MOST;
}

function draw(pos: number, text: string): Tooltip {
  return {
    pos,
    above: true,
    create() {
      const dom = document.createElement("pre");
      dom.className = "hover-text";
      dom.textContent = text.slice(0, 400);
      return { dom };
    },
  };
}

const MOST = 2000;

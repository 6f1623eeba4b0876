/**
 * Marks of errors of type in an editor.
 * @module
 */
/// <reference lib="dom" />
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Problem } from "../server/mod.ts";

const setProblems = StateEffect.define<readonly Problem[]>();

/** Keeps the marks where the text is, as it is changed. */
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { changes, effects, state }) {
    const mapped = shown.map(changes);
    const news = effects.find((effect) => effect.is(setProblems));
    if (news === undefined) return mapped;
    const { length } = state.doc;
    return Decoration.set(
      (news.value as readonly Problem[]).flatMap(({ from, to, message }) => {
        // Something is marked also where nothing is long enough to see.
        const end = Math.min(length, Math.max(to, from + 1));
        const start = Math.min(from, end - 1);
        if (start < 0) return [];
        const attributes = { title: message };
        return [
          Decoration.mark({ class: "nb-problem", attributes })
            .range(start, end),
        ];
      }),
      true,
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What an editor needs to show marks. */
export const problemMarks: Extension = marks;

/** Shows what is wrong with a text, in place of what was said before. */
export function showProblems(
  view: EditorView,
  problems: readonly Problem[],
): void {
  view.dispatch({ effects: setProblems.of(problems) });
}

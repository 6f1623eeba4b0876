/**
 * The editor of one cell: CodeMirror, joined to the shared text and the kernel.
 * @module
 */
/// <reference lib="dom" />
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
} from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  indentMore,
} from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import {
  Annotation,
  EditorState,
  type Extension,
  Prec,
} from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  hoverTooltip,
  keymap,
  type Tooltip,
  tooltips,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { PageNotebook } from "./notebook.ts";
import { problemMarks } from "./problems.ts";
import { signatures } from "./signature.ts";

/** What an editor is given. */
export interface EditorOptions {
  readonly notebook: PageNotebook;
  readonly cellId: string;
  readonly type: "code" | "markdown" | "raw" | "other";
  readonly label: string;
  /** Leaves the editor for command mode. */
  readonly onEscape: () => void;
  /** Leaves at the top or the bottom by an arrow key; says whether there is a cell. */
  readonly onLeave: (direction: -1 | 1) => boolean;
  readonly onFocus: () => void;
}

/** What came from elsewhere is not sent again. */
const fromElsewhere = Annotation.define<boolean>();

/** Makes an editor; whoever calls puts its `dom` into the page. */
export function createEditor(options: EditorOptions): EditorView {
  const { notebook, cellId, type } = options;
  const view: EditorView = new EditorView({
    state: EditorState.create({
      doc: notebook.textOf(cellId),
      extensions: [
        // A carriage return of a file stays where it is.
        EditorState.lineSeparator.of("\n"),
        EditorView.cspNonce.of(readNonce()),
        Prec.highest(keymap.of(leavingKeys(options))),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        syntaxHighlighting(LOOK),
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...completionKeymap,
          { key: "Tab", run: (v) => acceptCompletion(v) || indentMore(v) },
          { key: "Shift-Tab", run: indentLess },
        ]),
        EditorView.lineWrapping,
        // A cell cuts off what leaves it, a list of completions too.
        tooltips({ position: "fixed", parent: document.body }),
        // Tab goes from cell to cell; Enter leads into an editor, Esc out of it.
        EditorView.contentAttributes.of({
          "aria-label": options.label,
          tabindex: "-1",
        }),
        EditorView.domEventHandlers({ focus: () => options.onFocus() }),
        EditorView.updateListener.of(({ docChanged, transactions }) => {
          if (!docChanged) return;
          for (const one of transactions) {
            if (one.annotation(fromElsewhere) || one.changes.empty) continue;
            notebook.type(cellId, one.changes);
          }
        }),
        ...(type === "code" ? codeExtensions(notebook) : []),
      ],
    }),
  });
  const stop = notebook.listen(cellId, (changes) => {
    view.dispatch({ changes, annotations: fromElsewhere.of(true) });
  });
  const destroy = view.destroy.bind(view);
  view.destroy = () => {
    stop();
    destroy();
  };
  return view;
}

function leavingKeys(
  { onEscape, onLeave }: EditorOptions,
): Parameters<typeof keymap.of>[0] {
  return [
    {
      key: "Escape",
      run: (view) => {
        // An open list of completions takes the key first.
        if (view.dom.querySelector(".cm-tooltip-autocomplete")) return false;
        onEscape();
        return true;
      },
    },
    {
      key: "ArrowUp",
      run: ({ state }) =>
        state.selection.main.empty &&
        state.doc.lineAt(state.selection.main.head).number === 1 &&
        state.selection.main.head === 0 && onLeave(-1),
    },
    {
      key: "ArrowDown",
      run: ({ state }) =>
        state.selection.main.empty &&
        state.selection.main.head === state.doc.length && onLeave(1),
    },
  ];
}

function codeExtensions(notebook: PageNotebook): Extension[] {
  return [
    javascript({ typescript: true, jsx: true }),
    problemMarks,
    autocompletion({ override: [(context) => complete(notebook, context)] }),
    hoverTooltip((view, at) => inspect(notebook, view, at)),
    signatures((source, at) => describe(notebook, source, at)),
  ];
}

async function complete(
  notebook: PageNotebook,
  context: CompletionContext,
): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w$]+$/);
  const isMember = context.matchBefore(/\.$/) !== null;
  if (word === null && !isMember && !context.explicit) return null;
  const code = context.state.doc.toString();
  const reply = await notebook.ask("complete", code, context.pos) as
    | {
      status?: string;
      matches?: string[];
      cursor_start?: number;
      metadata?: {
        _jupyter_types_experimental?: {
          text: string;
          type?: string;
          signature?: string;
        }[];
      };
    }
    | null;
  if (context.aborted || reply?.status !== "ok" || !reply.matches?.length) {
    return null;
  }
  const types = new Map(
    reply.metadata?._jupyter_types_experimental?.map((one) => [one.text, one]),
  );
  return {
    from: reply.cursor_start ?? word?.from ?? context.pos,
    options: reply.matches.map((label) => {
      const known = types.get(label);
      const type = known?.type;
      const detail = known?.signature;
      return {
        label,
        ...(type === undefined ? {} : { type }),
        ...(detail === undefined ? {} : { detail }),
      };
    }),
    validFor: /^[\w$]*$/,
  };
}

async function inspect(
  notebook: PageNotebook,
  view: EditorView,
  at: number,
): Promise<Tooltip | null> {
  const word = view.state.wordAt(at);
  if (word === null) return null;
  const text = await describe(notebook, view.state.doc.toString(), at);
  if (text === null) return null;
  return {
    pos: word.from,
    end: word.to,
    above: true,
    create() {
      const dom = document.createElement("pre");
      dom.className = "hover-text";
      dom.textContent = text.slice(0, 4000);
      return { dom };
    },
  };
}

async function describe(
  notebook: PageNotebook,
  code: string,
  at: number,
): Promise<string | null> {
  const reply = await notebook.ask("inspect", code, at) as
    | { found?: boolean; data?: Record<string, string> }
    | null;
  const text = reply?.found ? reply.data?.["text/plain"] : undefined;
  // Colours of a terminal say nothing here.
  // deno-lint-ignore no-control-regex
  return text?.replace(/\x1b\[[0-9;]*m/g, "") ?? null;
}

function readNonce(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=skein-nonce]")
    ?.content ?? "";
}

const LOOK = HighlightStyle.define([
  { tag: tags.keyword, class: "hljs-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "hljs-string" },
  { tag: tags.comment, class: "hljs-comment" },
  { tag: [tags.number, tags.bool, tags.null], class: "hljs-number" },
  { tag: tags.typeName, class: "hljs-type" },
  {
    tag: tags.function(tags.definition(tags.variableName)),
    class: "hljs-title",
  },
]);

/**
 * Lays emitted JavaScript out again so that its code stands where it came from.
 *
 * Tokens go to their source line, and to their source column where there is
 * room. So stack traces and `fn.toString()` need no source map. Pure.
 * @module
 */
import type { ColumnShift, ColumnShifts } from "./column_shifts.ts";
import type { JavaScriptText } from "./lower.ts";
import type { Mapping } from "./source_map.ts";
import { parseJavaScript, ts } from "./typescript.ts";

/**
 * Lays out a text by its mappings.
 *
 * Comments are dropped: they could hold line breaks. Joining lines is safe
 * because TypeScript ends every statement with a semicolon. Text never goes
 * back to a line above; so as many tokens as possible get their own line, and
 * the few that TypeScript emits out of order stand beside their neighbors.
 *
 * @param text JavaScript as TypeScript emits it.
 * @param mappings Where its pieces come from.
 * @returns The same tokens on the source's lines.
 */
export function relayText(
  text: string,
  mappings: readonly Mapping[],
): JavaScriptText {
  const { tree } = parseJavaScript(text);
  const origins = new Map(mappings.map((mapping) => [
    tree.getPositionOfLineAndCharacter(
      mapping.generatedLine,
      mapping.generatedColumn,
    ),
    mapping,
  ]));
  const tokens = listTokens(tree, tree);
  const inOrder = pickAscending(
    tokens.flatMap((token) => origins.get(token.getStart(tree)) ?? []),
  );
  const layout = startLayout();
  let previous: ts.Node | undefined;
  for (const token of tokens) {
    const start = token.getStart(tree);
    const origin = origins.get(start);
    const canMove = origin !== undefined && inOrder.has(origin) &&
      !needsSameLine(previous, token);
    const hasGap = previous !== undefined && previous.end < start;
    layout.moveTo(canMove ? origin : undefined, hasGap);
    if (origin !== undefined) layout.noteOrigin(origin);
    layout.write(text.slice(start, token.end));
    previous = token;
  }
  return layout.end();
}

function listTokens(node: ts.Node, tree: ts.SourceFile): readonly ts.Node[] {
  const children = node.getChildren(tree);
  if (children.length > 0) {
    return children.flatMap((child) => listTokens(child, tree));
  }
  return node.getWidth(tree) > 0 ? [node] : [];
}

/** Picks the longest subsequence whose lines never go back. */
function pickAscending(origins: readonly Mapping[]): ReadonlySet<Mapping> {
  // Patience sorting: `ends[n]` ends the best subsequence of length n + 1.
  const ends: Mapping[] = [];
  const before = new Map<Mapping, Mapping | undefined>();
  for (const origin of origins) {
    const length = ends.findLastIndex(({ line }) => line <= origin.line) + 1;
    before.set(origin, ends[length - 1]);
    ends[length] = origin;
  }
  const picked = new Set<Mapping>();
  for (let last = ends.at(-1); last !== undefined; last = before.get(last)) {
    picked.add(last);
  }
  return picked;
}

/** Whether a line break between two tokens would change what they mean. */
function needsSameLine(previous: ts.Node | undefined, token: ts.Node): boolean {
  if (previous === undefined) return false;
  if (token.kind === ts.SyntaxKind.EqualsGreaterThanToken) return true;
  if (ts.isPostfixUnaryExpression(token.parent)) return true;
  return RESTRICTED.has(previous.getText());
}

/** A text in the making. Lines and columns are 0-based here. */
function startLayout(): {
  moveTo(origin: Mapping | undefined, hasGap: boolean): void;
  noteOrigin(origin: Mapping): void;
  write(token: string): void;
  end(): JavaScriptText;
} {
  const shifts: Record<number, ColumnShift[]> = {};
  let text = "";
  let line = 0;
  let column = 0;
  let latest:
    | {
      readonly line: number;
      readonly origin: number;
      readonly shift: ColumnShift;
    }
    | undefined;
  const write = (piece: string): void => {
    const lines = piece.split("\n");
    const last = lines.at(-1) ?? "";
    text += piece;
    line += lines.length - 1;
    column = lines.length > 1 ? last.length : column + last.length;
  };
  return {
    write,
    moveTo(origin, hasGap) {
      const target = origin ?? { line, column };
      write("\n".repeat(Math.max(0, target.line - line)));
      const minimum = hasGap && column > 0 ? 1 : 0;
      const wanted = target.line === line ? target.column - column : 0;
      write(" ".repeat(Math.max(minimum, wanted)));
    },
    noteOrigin(origin) {
      if (origin.line !== line) return;
      const entries = shifts[line + 1] ?? [];
      const shift: ColumnShift = [column + 1, origin.column - column];
      const isSame = shift[1] === (entries.at(-1)?.[1] ?? 0);
      // Where text goes back, the piece before must have an entry of its own,
      // else it would be taken for an insertion.
      const before = latest !== undefined && latest.line === line &&
          latest.origin > origin.column
        ? [latest.shift]
        : [];
      if (!isSame) shifts[line + 1] = [...entries, ...before, shift];
      latest = { line, origin: origin.column, shift };
    },
    end: () => ({ text, shifts: shifts satisfies ColumnShifts }),
  };
}

/** After these words a line break ends the statement, or the word is a name. */
const RESTRICTED: ReadonlySet<string> = new Set([
  "return",
  "throw",
  "break",
  "continue",
  "yield",
  "async",
  "get",
  "set",
  "static",
  "accessor",
]);

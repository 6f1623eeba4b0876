/**
 * Whether what was typed so far is a whole cell.
 *
 * Consoles ask this on every Enter. Pure.
 * @module
 */
import { asObjectLiteral } from "./prepare.ts";
import { parseCell, type ParsedCell, parseTsx, ts } from "./typescript.ts";

/** The answer, in the words of Jupyter's `is_complete_reply`. */
export type Completeness =
  /** It can be evaluated. */
  | { readonly status: "complete" }
  /** Something is missing at its end. */
  | {
    readonly status: "incomplete";
    /** What the next line should begin with: spaces or tabs. */
    readonly indent: string;
  }
  /** No continuation makes it right. */
  | { readonly status: "invalid" };

/**
 * Tells whether a source is complete.
 *
 * It is incomplete when the parser stumbles over nothing but its end.
 *
 * @param source The source so far.
 * @returns The answer.
 */
export function isComplete(source: string): Completeness {
  const cell = parseCell(source);
  const isWhole = cell.problem === undefined ||
    asObjectLiteral(source, cell.tree) !== undefined;
  if (isWhole) return { status: "complete" };
  // Of half a tag, plain TypeScript makes something else; of half an object
  // literal, it makes a block.
  const literal = /^\s*\{/.test(source) ? [parseCell(`(${source}`)] : [];
  const open = [parseTsx(source), cell, ...literal].find(isOpen);
  if (open === undefined) return { status: "invalid" };
  // What is added to a text in backticks is part of it.
  const isText = open.problem?.message.startsWith(UNTERMINATED_TEMPLATE);
  return { status: "incomplete", indent: isText ? "" : nextIndent(open.tree) };
}

function isOpen({ tree, problem }: ParsedCell): boolean {
  if (problem === undefined) return false;
  const text = tree.text.trimEnd();
  const isAtEnd = problem.start >= text.length &&
    !problem.message.startsWith(UNTERMINATED_STRING);
  // Of a lonely `import`, the parser complains where it begins.
  const isImport = text.slice(problem.start) === "import";
  return isAtEnd || isImport || UNCLOSED_JSX.test(problem.message);
}

/** The last line's indent, and one step more when it leaves something open. */
function nextIndent(tree: ts.SourceFile): string {
  const text = tree.text.trimEnd();
  const start = text.lastIndexOf("\n") + 1;
  const indent = /^[ \t]*/.exec(text.slice(start))![0];
  const step = indent.includes("\t") ? "\t" : "  ";
  let open = 0;
  let last = "";
  const visit = (node: ts.Node): void => {
    if (node.end <= start || node.getStart(tree) >= text.length) return;
    const [opens, closes] = countBrackets(node, tree);
    if (node.getStart(tree) >= start) {
      open = Math.max(0, open - closes);
    }
    if (node.getChildCount(tree) === 0) last = node.getText(tree);
    node.getChildren(tree).forEach(visit);
    // A tag is open after its last token.
    if (node.end > start) open += opens;
  };
  visit(tree);
  return open > 0 || last === "=>" ? indent + step : indent;
}

/** How many brackets and tags a node opens and closes by itself. */
function countBrackets(
  node: ts.Node,
  tree: ts.SourceFile,
): readonly [opens: number, closes: number] {
  switch (node.kind) {
    case ts.SyntaxKind.OpenBraceToken:
    case ts.SyntaxKind.OpenBracketToken:
    case ts.SyntaxKind.OpenParenToken:
    case ts.SyntaxKind.TemplateHead:
    case ts.SyntaxKind.JsxOpeningElement:
    case ts.SyntaxKind.JsxOpeningFragment:
      return [1, 0];
    case ts.SyntaxKind.CloseBraceToken:
    case ts.SyntaxKind.CloseBracketToken:
    case ts.SyntaxKind.CloseParenToken:
    case ts.SyntaxKind.JsxClosingElement:
    case ts.SyntaxKind.JsxClosingFragment:
      return [0, 1];
    case ts.SyntaxKind.TemplateMiddle:
      return [1, 1];
    case ts.SyntaxKind.TemplateTail:
      return [0, node.getText(tree).startsWith("}") ? 1 : 0];
    default:
      return [0, 0];
  }
}

const UNTERMINATED_TEMPLATE = "Unterminated template literal";
const UNTERMINATED_STRING = "Unterminated string literal";
const UNCLOSED_JSX = /^JSX (?:element .*|fragment) has no corresponding/;

/**
 * From a cell's source to scripts that a session can evaluate.
 *
 * The scripts keep the cell's lines, and nearly all columns, so that stack
 * traces, debuggers and `fn.toString()` show the user's own code without a
 * source map. Pure. The steps are in the files that are imported here.
 * @module
 */
import {
  chooseNames,
  closeFunction,
  openBody,
  openHoisted,
} from "./cell_function.ts";
import {
  type ColumnShifts,
  composeShifts,
  originalColumn,
} from "./column_shifts.ts";
import { listDeclarations } from "./declarations.ts";
import { findEarlyError } from "./early_errors.ts";
import { applyEdits, insert } from "./edits.ts";
import { listSpecifiers } from "./imports.ts";
import type { EmitSettings } from "./emit_settings.ts";
import { toJavaScript } from "./lower.ts";
import { prepareCell } from "./prepare.ts";
import { rewriteCell } from "./rewrite.ts";
import { parseJavaScript, type SyntaxProblem, ts } from "./typescript.ts";

/** What a cell is called, and what its specifiers mean. */
export interface TransformOptions {
  /** What stack traces call the cell; without white space and quotes. */
  readonly name: string;
  /** The notebook's folder, a `file:` URL that ends in `/`. */
  readonly folderUrl: string;
  /**
   * What some bare specifiers become, such as `skein`.
   * @default nothing: they are left to the import map
   */
  readonly modules?: Readonly<Record<string, string>>;
  /**
   * What JSX and decorators become.
   * @default as without any `deno.json`
   */
  readonly emit?: EmitSettings;
  /** What the cell is written in. @default "typescript" */
  readonly cells?: CellLanguageName | undefined;
}

/** What cells are written in. */
export type CellLanguageName = "typescript" | "javascript";

/** A cell that can be evaluated. */
export interface CellScript {
  /** Tells it apart from a syntax error. */
  readonly type: "script";
  /**
   * The function declarations, to be evaluated first; `null` if there are none.
   *
   * Shape: an expression for indirect `eval`, a function to be called with the
   * global object, the object that stands for `import.meta`, and what declares
   * variables, constants and the names of `var` (`session/host/bindings.ts`).
   */
  readonly hoisted: string | null;
  /**
   * All else, in the same shape. Called, it gives a promise of `{ value }` when
   * the cell ends in an expression, else of `undefined`.
   */
  readonly body: string;
  /** From columns of both scripts to the user's; lines are the user's own. */
  readonly shifts: ColumnShifts;
  /** The names that become globals, in source order, each once. */
  readonly declares: readonly string[];
  /** The specifiers of static imports, resolved, in source order. */
  readonly imports: readonly string[];
}

/** A cell that can not be evaluated. Units: lines and columns are 1-based. */
export interface CellSyntaxError {
  /** Tells it apart from a script. */
  readonly type: "syntax-error";
  /** What is wrong. */
  readonly message: string;
  /** The line. */
  readonly line: number;
  /** The column of the first wrong character. */
  readonly column: number;
  /** The column after the last wrong character, if it is on the same line. */
  readonly endColumn?: number;
}

/**
 * Makes scripts of a cell.
 *
 * - Top-level declarations become properties of the global object. So every
 *   cell may declare every name again, and functions see the newest value.
 *   Names that were not reached stay undeclared, but for those of `var`.
 * - Constants, imports, enums and namespaces can not be assigned to.
 * - Function declarations are hoisted into a script of their own.
 * - Imports become dynamic ones, a snapshot of what the module exports.
 * - `using` lasts until the cell ends; its name is a global like any other.
 * - Top-level `this` is `undefined` and all is strict, as in a module.
 *
 * @param source TypeScript or TSX.
 * @param options The cell's name and folder.
 * @returns The scripts, or the first syntax error.
 */
export function transformCell(
  source: string,
  options: TransformOptions,
): CellScript | CellSyntaxError {
  const prepared = prepareCell(source, options.cells);
  if (prepared.type === "problem") {
    return toSyntaxError(prepared.problem, { text: source, shifts: {} });
  }
  const script = toJavaScript(prepared.tree, options.emit ?? {});
  const text = script.text;
  const shifts = composeShifts(script.shifts, prepared.shifts);
  const { tree, problem } = parseJavaScript(text);
  const error = problem ?? findEarlyError(tree);
  if (error !== undefined) return toSyntaxError(error, { text, shifts });

  const declarations = listDeclarations(tree);
  const declares = [...new Set(declarations.map(({ name }) => name))]
    .filter((name) => isUsersOwn(name, source));
  const freshNames = listFreshNames(prepared.tree);
  const names = chooseNames(text);
  const { edits, hoistedRanges } = rewriteCell(tree, {
    folderUrl: options.folderUrl,
    modules: options.modules,
    meta: names.meta,
    scope: names.scope,
    freshNames,
    endsInClass: prepared.tree.statements
      .findLast((node) => !ts.isEmptyStatement(node))?.kind ===
      ts.SyntaxKind.ClassDeclaration,
  });
  const hoistedNames = new Set(
    declarations.filter(({ kind }) => kind === "var").map(({ name }) => name),
  ).difference(freshNames);
  const opening = openBody(names) +
    (hoistedNames.size === 0
      ? ""
      : `${names.scope.hoist}(${
        [...hoistedNames].map((name) => `"${name}"`)
      });`);
  const texts = applyEdits(text, [insert(0, opening), ...edits], hoistedRanges);
  const ending = closeFunction(options.name);
  const hoistedOpening = openHoisted(names);
  return {
    type: "script",
    hoisted: hoistedRanges.length === 0
      ? null
      : hoistedOpening + texts.hoisted.slice(hoistedOpening.length) + ending,
    body: texts.body + ending,
    shifts: composeShifts(texts.shifts, shifts),
    declares,
    imports: listSpecifiers(tree, options),
  };
}

/**
 * Tells where in a cell an error is.
 *
 * @param problem The error.
 * @param place The text that it was found in, and how its columns differ from the
 * cell's.
 */
export function toSyntaxError(
  { message, start, length }: SyntaxProblem,
  { text, shifts }: { readonly text: string; readonly shifts: ColumnShifts },
): CellSyntaxError {
  const { line, column } = locate(text, start);
  const end = locate(text, start + length);
  const error: CellSyntaxError = {
    type: "syntax-error",
    message,
    line,
    column: originalColumn(shifts, line, column),
  };
  if (length === 0 || end.line !== line) return error;
  return { ...error, endColumn: originalColumn(shifts, line, end.column) };
}

function locate(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Enums and namespaces: TypeScript makes one `var` of all parts in a cell. */
function listFreshNames(tree: ts.SourceFile): Set<string> {
  return new Set(
    tree.statements
      .filter((node) =>
        ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)
      )
      .map(({ name }) => name.text),
  );
}

/** Whether a name is the user's and not TypeScript's (`__esDecorate`, `_jsx`). */
function isUsersOwn(name: string, source: string): boolean {
  return !name.startsWith("_") || source.includes(name);
}

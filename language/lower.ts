/**
 * From a cell's TypeScript to JavaScript on the same lines.
 *
 * Types are erased in place where that is enough, which is nearly always: then
 * not one character moves. Enums, namespaces, parameter properties, decorators,
 * accessors, JSX and `<T>x` need other code; for those TypeScript emits the cell anew, and
 * `relay.ts` puts the result back on the user's lines. Pure.
 * @module
 */
import type { ColumnShifts } from "./column_shifts.ts";
import { relayText } from "./relay.ts";
import { decodeMappings } from "./source_map.ts";
import {
  addPragmas,
  type EmitSettings,
  toCompilerOptions,
} from "./emit_settings.ts";
import { eraseTypes, findNode, ts } from "./typescript.ts";

/** JavaScript with the lines of the TypeScript it was made from. */
export interface JavaScriptText {
  /** The text. */
  readonly text: string;
  /** From its columns to those of the TypeScript. */
  readonly shifts: ColumnShifts;
}

/**
 * Translates a cell to JavaScript.
 *
 * @param tree The cell, without syntax errors.
 * @param settings What JSX and decorators become.
 * @returns JavaScript on the same lines.
 */
export function toJavaScript(
  tree: ts.SourceFile,
  settings: EmitSettings,
): JavaScriptText {
  if (findNode(tree, needsOtherCode) === undefined) {
    const text = eraseTypes(tree);
    if (text !== undefined) return { text, shifts: {} };
  }
  const { outputText, sourceMapText } = ts.transpileModule(tree.text, {
    fileName: tree.fileName,
    compilerOptions: chooseOptions(tree, settings),
  });
  const { mappings } = JSON.parse(sourceMapText ?? "{}") as {
    readonly mappings?: string;
  };
  return relayText(outputText, decodeMappings(mappings ?? ""));
}

function chooseOptions(
  tree: ts.SourceFile,
  settings: EmitSettings,
): ts.CompilerOptions {
  const isAhead = findNode(tree, isAheadOfDeno) !== undefined;
  return {
    ...COMPILER_OPTIONS,
    ...toCompilerOptions(addPragmas(settings, tree.text)),
    // Deno runs what ESNext has, but for decorators and accessors. Below ESNext
    // `using` is lowered with them, to the same effect.
    target: isAhead ? ts.ScriptTarget.ES2022 : ts.ScriptTarget.ESNext,
  };
}

function needsOtherCode(node: ts.Node): boolean {
  return isAheadOfDeno(node) || ts.isJsxElement(node) ||
    ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
}

/** What stands in ESNext and V8 does not know yet. */
function isAheadOfDeno(node: ts.Node): boolean {
  return ts.isDecorator(node) || ts.isAutoAccessorPropertyDeclaration(node);
}

const COMPILER_OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  // An import that nothing uses here may be used by the next cell.
  verbatimModuleSyntax: true,
  sourceMap: true,
  removeComments: true,
  newLine: ts.NewLineKind.LineFeed,
};

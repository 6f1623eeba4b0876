/**
 * The language of cells: the only door to this folder.
 *
 * Nothing here loads TypeScript: who parses cells is a process of its own,
 * `translator_main.ts`.
 * @module
 */
export type {
  CellLanguageName,
  CellScript,
  CellSyntaxError,
  TransformOptions,
} from "./transform.ts";
export type { EmitSettings } from "./emit_settings.ts";
export { addJsxNames } from "./jsx_names.ts";
export { transformPlain } from "./plain_expression.ts";
export { renameScript } from "./script_name.ts";
export { originalColumn } from "./column_shifts.ts";
export type { ColumnShift, ColumnShifts } from "./column_shifts.ts";
export { codeFrame } from "./code_frame.ts";
export type { CodeFrameOptions } from "./code_frame.ts";
export type { Default, ValueKind } from "./defaults.ts";
export type { Mutant } from "./mutants.ts";
export type { CellOutline } from "./outline.ts";
export type {
  Answer,
  AnswerTo,
  Question,
  TranslateOptions,
  Translation,
} from "./translation.ts";
export { type SpawnedTranslator, spawnTranslator } from "./spawn_translator.ts";
export type { Completeness } from "./completeness.ts";
export { LanguageService } from "./late_service.ts";
export type {
  RanCell,
  RuntimeAnswer,
  RuntimeQuestion,
  ServiceOptions,
} from "./service.ts";
export type { Sight } from "./lsp/enclosure.ts";
export type { CellProblem } from "./lsp/problems.ts";
export type { Completion, Completions } from "./lsp/completions.ts";
export type { Description } from "./lsp/hover.ts";
export { joinCells, type Script, type ScriptCell } from "./script/script.ts";

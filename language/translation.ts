/**
 * What is asked of whoever parses cells, and the answers. Pure.
 *
 * It is a process of its own (`translator_main.ts`): a source may be nested as
 * deeply as it likes, which takes a large stack, and may take its time, in which
 * nobody else must wait.
 * @module
 */
import { type Completeness, isComplete } from "./completeness.ts";
import { type Default, listDefaults } from "./defaults.ts";
import {
  addPragmas,
  type EmitSettings,
  readEmitSettings,
} from "./emit_settings.ts";
import { type Mutant, mutateCell } from "./mutants.ts";
import { transformModule } from "./cell_module.ts";
import { readTags } from "./cell_tags.ts";
import { commentOptionLines } from "./option_lines.ts";
import { type CellOutline, outlineCell } from "./outline.ts";
import {
  type CellScript,
  type CellSyntaxError,
  transformCell,
  type TransformOptions,
} from "./transform.ts";

/** How cells are translated. */
export interface TranslateOptions extends Omit<TransformOptions, "emit"> {
  /** The settings until now, or the text of the configuration file. */
  readonly emit: EmitSettings | string;
  /** Compiler options where that text says nothing. @default none */
  readonly emitDefaults?: Readonly<Record<string, unknown>> | undefined;
}

/** Cells that were translated. */
export interface Translation {
  /** One a source, in order. */
  readonly results: readonly (CellScript | CellSyntaxError)[];
  /**
   * The settings from now on, since the first source may have said some; `null`
   * if they are not known: it could not be read, or did not have to be.
   */
  readonly emit: EmitSettings | null;
}

/** A question about sources. */
export type Question =
  /** What is to be evaluated? */
  | {
    readonly type: "translate";
    readonly sources: readonly string[];
    readonly options: TranslateOptions;
  }
  /** What do other cells need to know of it? */
  | {
    readonly type: "outline";
    readonly source: string;
    /** What could stand there? Units: UTF-16 offset. */
    readonly cursor?: number;
  }
  /** Is it a whole cell? */
  | { readonly type: "judge"; readonly source: string }
  /** What may the variables that it declares be? */
  | { readonly type: "defaults"; readonly source: string }
  /** What is it with a small fault? */
  | { readonly type: "mutate"; readonly source: string };

/** The answers by the type of the question. */
export interface Answers {
  readonly translate: Translation;
  readonly outline: CellOutline | null;
  readonly judge: Completeness | null;
  readonly defaults: readonly Default[] | null;
  readonly mutate: readonly Mutant[] | null;
}

/** The answer to one type of question. */
export type AnswerTo<Type extends Question["type"]> = Answers[Type];

/** The answer to some question. */
export type Answer = Answers[Question["type"]];

/**
 * Answers a question.
 *
 * @param question The question.
 */
export function answerQuestion(question: Question): Answer {
  switch (question.type) {
    case "translate":
      return translateAll(question);
    case "outline":
      return orElse(
        () => outlineCell(commentOptionLines(question.source), question.cursor),
        null,
      );
    case "judge":
      return orElse(
        () => isComplete(commentOptionLines(question.source)),
        null,
      );
    case "defaults":
      return orElse(() => listDefaults(question.source), null);
    case "mutate":
      return orElse(() => mutateCell(question.source), null);
    default:
      return question satisfies never;
  }
}

function translateAll(
  question: Extract<Question, { type: "translate" }>,
): Translation {
  const { options } = question;
  const sources = question.sources.map(commentOptionLines);
  const before = typeof options.emit === "string"
    ? readEmitSettings(options.emit, options.emitDefaults)
    : options.emit;
  const emit = addPragmas(before, sources[0] ?? "");
  return {
    results: sources.map((source) => translate(source, { ...options, emit })),
    emit,
  };
}

function translate(
  source: string,
  options: TransformOptions,
): CellScript | CellSyntaxError {
  const tags = readTags(source);
  const isForLater = tags.module !== null || tags.isBrowser;
  const transform = () =>
    isForLater
      ? transformModule(source, tags, options)
      : transformCell(source, options);
  return orElse(transform, {
    type: "syntax-error",
    message: "The cell is nested too deeply to be read.",
    line: 1,
    column: 1,
  });
}

/** The parser's own stack may be too small, however large it is. */
function orElse<T, Other>(work: () => T, other: Other): T | Other {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return other;
    throw error;
  }
}

/**
 * A notebook as a program in one file, its text as comments.
 *
 * Hidden and removed code is in it, since later cells need it: a program is not
 * read from top to bottom. Pure; how cells are joined is in `language/script/`.
 * @module
 */
import { joinCells, type ScriptCell } from "../language/mod.ts";
import { readDirectives } from "../nbformat/directives/mod.ts";
import type { Document, Format } from "./format.ts";
import { formatLanguageName } from "./highlight.ts";
import { readLanguage } from "./language_name.ts";

/** A program for `deno run`. */
export const SCRIPT: Format = {
  extension: ".ts",
  async render(
    document,
    { base = "", modules = {}, sourceName, report = () => {} },
  ) {
    checkLanguage(document);
    const { text, isJsx, problems } = await joinCells(
      listCells(document),
      { base, modules },
    );
    problems.forEach((problem) => report(problem));
    const from = sourceName === undefined ? "a notebook" : sourceName;
    const header = `// Made by Skein from ${from.replace(/\s+/g, " ")}.\n\n`;
    return {
      content: [header + text],
      ...(isJsx ? { extension: ".tsx" } : {}),
    };
  },
};

function checkLanguage({ metadata }: Document): void {
  const language = readLanguage(metadata);
  if (LANGUAGES.has(language.toLowerCase())) return;
  throw new RangeError(
    `Cannot export to script: the notebook is in ${
      formatLanguageName(language)
    }, expected TypeScript or JavaScript`,
  );
}

function listCells({ cells }: Document): readonly ScriptCell[] {
  return [...cells].flatMap((cell, index): readonly ScriptCell[] => {
    const asked = readDirectives(cell);
    const isCode = cell.cell_type === "code";
    // What others do not show is text for nobody; code is needed by what follows.
    if (!isCode && asked.cell === "removed") return [];
    if (cell.cell_type === "raw" && cell.metadata.format !== undefined) {
      return [];
    }
    return [{
      number: index + 1,
      source: asked.source,
      runs: isCode && asked.runs,
      mayFail: asked.mayFail,
    }];
  });
}

const LANGUAGES = new Set([
  "typescript",
  "ts",
  "tsx",
  "javascript",
  "js",
  "jsx",
  "deno",
]);

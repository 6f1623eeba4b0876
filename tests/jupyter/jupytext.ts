// deno-lint-ignore-file no-console -- A program whose output is its result.
/**
 * Text notebooks beside jupytext itself: a thousand made ones, each written and
 * read by both, have to be the same to the byte, and cell for cell.
 * @module
 */
import { fromFileUrl } from "../../session/mod.ts";
import {
  loadTextNotebooks,
  parseNotebook,
  TEXT_FORMATS,
  type TextFormatName,
} from "../../nbformat/mod.ts";
import type { Environment } from "./environment.ts";
import { makeNotebook, makeText } from "./jupytext_inputs.ts";
import type { SuiteResult } from "./suite.ts";

interface Answer {
  readonly text: string;
  readonly cells: readonly unknown[];
}

interface Answers {
  readonly notebooks: readonly Record<TextFormatName, Answer | null>[];
  readonly texts: readonly (Answer | null)[];
}

/**
 * Compares.
 *
 * @param environment Where Python is.
 */
export async function compareWithJupytext(
  environment: Environment,
): Promise<SuiteResult> {
  console.log("\n== jupytext");
  const notebooks = Array.from(
    { length: COUNT },
    (_, at) => makeNotebook(at + 1),
  );
  const texts = Array.from(
    { length: COUNT },
    (_, at) => makeText(at + 1, TEXT_FORMATS[at % TEXT_FORMATS.length]!),
  );
  const answers = await askJupytext({ notebooks, texts }, environment);
  const { readText, toTextNotebook, writeTextNotebook, writeText } =
    await loadTextNotebooks();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const check = (name: string, isSame: boolean, input: unknown) => {
    counts[isSame ? "passed" : "failed"] += 1;
    if (!isSame && counts.failed <= SHOWN) {
      console.log(`${name}: ${JSON.stringify(input)}`);
    }
  };
  notebooks.forEach((made, at) => {
    const json = JSON.stringify(made);
    const { notebook } = toTextNotebook(parseNotebook(json), json);
    for (const format of TEXT_FORMATS) {
      const answer = answers.notebooks[at]![format];
      if (answer === null) counts.skipped += 1;
      else {
        const { text } = writeTextNotebook(notebook, format);
        check(`${format} written`, text === withEnd(answer.text), made);
        const cells = readText(answer.text, format).cells;
        check(`${format} read`, isEqual(cells, answer.cells), answer.text);
      }
    }
  });
  texts.forEach(([text, format], at) => {
    const answer = answers.texts[at];
    if (!answer) {
      counts.skipped += 1;
      check(
        `${format} text refused`,
        refuses(() => readText(text, format)),
        text,
      );
      return;
    }
    const read = readText(text, format);
    check(`${format} text read`, isEqual(read.cells, answer.cells), text);
    check(
      `${format} text again`,
      writeText(read, format) === withEnd(answer.text),
      text,
    );
  });
  console.log(
    `${counts.passed} the same, ${counts.failed} not, ${counts.skipped} that jupytext itself fails on`,
  );
  return { passed: counts.passed, failed: counts.failed };
}

async function askJupytext(
  work: unknown,
  { python, env }: Environment,
): Promise<Answers> {
  const folder = await Deno.makeTempDir();
  try {
    const [source, target] = [`${folder}/in.json`, `${folder}/out.json`];
    await Deno.writeTextFile(source, JSON.stringify(work));
    const { success, stderr } = await new Deno.Command(python, {
      args: [
        fromFileUrl(import.meta.resolve("./jupytext_side.py")),
        source,
        target,
      ],
      env: { ...env },
      signal: AbortSignal.timeout(600_000),
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return JSON.parse(await Deno.readTextFile(target));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What jupytext fails on is read, or refused with a reason. */
function refuses(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof SyntaxError;
  }
}

/** Jupytext ends a file with a line end when it writes one. */
function withEnd(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function isEqual(one: unknown, two: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(two));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  if ("toJSON" in value) return JSON.parse(JSON.stringify(value));
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)
      .map(([key, field]) => [key, sorted(field)]),
  );
}

const COUNT = 500;
const SHOWN = 10;

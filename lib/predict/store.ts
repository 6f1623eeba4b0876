/**
 * Where predictions are kept: in this session, and in the notebook's own outputs.
 *
 * An answer is shown as an output that holds it as data too, so that it is saved
 * with the notebook. A new session finds it in the notebooks of its folder, by
 * the words of the question.
 * @module
 */
import { system } from "../platform/mod.ts";

/** The format of an answer in an output. */
export const PREDICTION_MIME = "application/vnd.skein.prediction+json";

/** What is kept of one question. */
export interface Kept {
  /** Kind and words of the question. */
  readonly key: string;
  /** All answers, the last one counts. */
  readonly answers: readonly unknown[];
}

/** Answers given before; none if there are none. */
export function recall(key: string): readonly unknown[] {
  const known = session().get(key);
  if (known !== undefined) return known;
  const found = findInFolder(key);
  if (found.length > 0) session().set(key, found);
  return found;
}

/** Keeps all answers to a question in this session. */
export function remember(key: string, answers: readonly unknown[]): void {
  session().set(key, answers);
}

function session(): Map<string, readonly unknown[]> {
  const world = globalThis as unknown as Record<
    symbol,
    Map<string, readonly unknown[]> | undefined
  >;
  return world[STORE] ??= new Map();
}

/** Looks where reading is allowed, and asks for nothing. */
function findInFolder(key: string): readonly unknown[] {
  try {
    const deno = system();
    const { state } = deno.permissions.querySync({ name: "read", path: "." });
    if (state !== "granted") return [];
    const names = [...deno.readDirSync(".")].map(({ name }) => name)
      .filter((name) => name.endsWith(".ipynb")).sort().slice(0, MOST_FILES);
    for (const name of names) {
      const text = deno.readTextFileSync(name);
      if (text.length > MOST_CHARACTERS || !text.includes(PREDICTION_MIME)) {
        continue;
      }
      const found = findInNotebook(text, key);
      if (found.length > 0) return found;
    }
  } catch {
    // No folder, or a file that is no notebook: then nothing was predicted before.
  }
  return [];
}

/** Finds the answers to a question in the text of a notebook. */
export function findInNotebook(text: string, key: string): readonly unknown[] {
  const { cells = [] } = JSON.parse(text) as {
    readonly cells?: readonly {
      readonly outputs?: readonly { readonly data?: Record<string, unknown> }[];
    }[];
  };
  const kept = cells.flatMap(({ outputs = [] }) =>
    outputs.flatMap(({ data = {} }) => {
      const value = data[PREDICTION_MIME] as Kept | undefined;
      return value?.key === key && Array.isArray(value.answers)
        ? [value.answers]
        : [];
    })
  );
  return kept.at(-1) ?? [];
}

const STORE = Symbol.for("Skein.predictions");
const MOST_FILES = 50;
const MOST_CHARACTERS = 20_000_000;

/**
 * What a teacher keeps of an assignment: the notebooks with solutions and hidden
 * tests. Pure: text in, values out, and back.
 * @module
 */
import * as z from "zod/mini";
import {
  type Notebook,
  parseNotebook,
  serializeNotebook,
} from "../nbformat/mod.ts";

/** An assignment. */
export interface Assignment {
  /** Its name: that of its folder. */
  readonly name: string;
  /** The teacher's notebooks by path within the assignment. */
  readonly notebooks: Readonly<Record<string, Notebook>>;
  /** Paths of the files beside them. */
  readonly files: readonly string[];
}

const schema = z.object({
  skeinAssignment: z.literal(1),
  name: z.string(),
  notebooks: z.record(z.string(), z.string()),
  files: z.array(z.string()),
});

/**
 * Writes an assignment down.
 *
 * @param assignment The assignment.
 */
export function serializeAssignment(
  { name, notebooks, files }: Assignment,
): string {
  return JSON.stringify(
    {
      skeinAssignment: 1,
      name,
      notebooks: Object.fromEntries(
        Object.entries(notebooks)
          .map(([path, one]) => [path, serializeNotebook(one)]),
      ),
      files,
    },
    null,
    1,
  ) + "\n";
}

/**
 * Reads an assignment.
 *
 * @param text What {@link serializeAssignment} wrote.
 * @param path Where it is, for errors.
 * @throws {SyntaxError} If it is none.
 */
export function parseAssignment(text: string, path: string): Assignment {
  const refuse = (found: string) => {
    throw new SyntaxError(
      `Cannot read assignment ${JSON.stringify(path)}: ${found}`,
    );
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    refuse("it is no JSON, expected what skein assign wrote");
  }
  const result = z.safeParse(schema, json);
  if (!result.success) {
    const { path: at, message } = result.error.issues[0]!;
    return refuse(`"${at.join(".")}" is wrong, ${message}`) as never;
  }
  const { name, notebooks, files } = result.data;
  return {
    name,
    files,
    notebooks: Object.fromEntries(
      Object.entries(notebooks)
        .map(([at, one]) => [at, parseNotebook(one, `${path}: ${at}`)]),
    ),
  };
}

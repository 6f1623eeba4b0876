/**
 * A folder for tests of what reads and writes files.
 * @module
 */
import assert from "node:assert/strict";
import { UsageError } from "./usage.ts";

/**
 * Waits for a failure that is told to the user.
 *
 * @param promise What fails.
 * @returns What is told.
 */
export async function fails(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => null, (error) => error);
  assert.ok(error instanceof UsageError, `found ${error}`);
  return error.message;
}

/** A folder with files, gone after the test. */
export interface TestFolder extends AsyncDisposable {
  readonly at: (name: string) => string;
  /** All that is in it now, also what begins with a dot. */
  readonly files: () => string[];
}

/**
 * Makes a folder.
 *
 * @param files Its files, by name.
 */
export async function openFolder(
  files: Readonly<Record<string, string>>,
): Promise<TestFolder> {
  const path = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "skein files " }),
  );
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(`${path}/${name}`.replace(/\/[^/]*$/, ""), {
      recursive: true,
    });
    await Deno.writeTextFile(`${path}/${name}`, text);
  }
  return {
    at: (name: string) => `${path}/${name}`,
    files: () => list(path).map((file) => file.slice(path.length + 1)).sort(),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

function list(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) =>
    isDirectory ? list(`${path}/${name}`) : [`${path}/${name}`]
  );
}

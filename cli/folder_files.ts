/**
 * The files of a folder that is worked on as a whole.
 * @module
 */
import { join } from "node:path";
import { reason } from "./files.ts";
import { quote } from "./quote.ts";
import { UsageError } from "./usage.ts";

/** What a folder holds, by path within it, sorted. */
export interface FolderFiles {
  readonly notebooks: readonly string[];
  /** All else. */
  readonly others: readonly string[];
}

/**
 * Lists the files of a folder and of those in it; hidden ones and installed
 * packages are left out.
 *
 * @param folder The folder.
 * @throws {UsageError} If it can not be read, holds a link, or too many files.
 */
export async function listFolder(folder: string): Promise<FolderFiles> {
  const paths: string[] = [];
  const visit = async (within: string): Promise<void> => {
    for await (const entry of Deno.readDir(join(folder, within))) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = within === "" ? entry.name : `${within}/${entry.name}`;
      if (entry.isSymlink) {
        throw new UsageError(
          `Cannot read folder ${quote(folder)}: ${
            quote(path)
          } is a link, expected files and folders`,
        );
      }
      if (entry.isDirectory) await visit(path);
      else paths.push(path);
      if (paths.length > MAX_FILES) {
        throw new UsageError(
          `Cannot read folder ${
            quote(folder)
          }: it holds more than ${MAX_FILES} files`,
        );
      }
    }
  };
  try {
    await visit("");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `Cannot read folder ${quote(folder)}: ${reason(error)}`,
    );
  }
  paths.sort();
  const isNotebook = (path: string) => path.endsWith(".ipynb");
  return {
    notebooks: paths.filter(isNotebook),
    others: paths.filter((path) => !isNotebook(path)),
  };
}

const MAX_FILES = 10_000;

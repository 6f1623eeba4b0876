/**
 * Empties a folder in which cells have written.
 *
 * Deno's own way goes down by recursion, and ends the whole process in a folder
 * that is ten thousand levels deep; cells get there by renaming, one short path
 * at a time. Here nothing is ever looked at below the second level.
 * @module
 */
import { join } from "node:path";

/**
 * Removes all that is in a folder, and follows no links.
 *
 * @param folder The folder, which stays.
 */
export async function emptyFolder(folder: string): Promise<void> {
  const left = await list(folder);
  // A name of ours is not one of theirs.
  const prefix = `.${crypto.randomUUID()}-`;
  let raised = 0;
  for (let entry = left.pop(); entry !== undefined; entry = left.pop()) {
    const path = join(folder, entry.name);
    const below = entry.isDirectory ? await list(path) : [];
    for (const { name, isDirectory } of below) {
      const from = join(path, name);
      if (!isDirectory) {
        await Deno.remove(from);
        continue;
      }
      const to = `${prefix}${raised++}`;
      await Deno.rename(from, join(folder, to));
      left.push({ name: to, isDirectory });
    }
    await Deno.remove(path);
  }
}

type Entry = Pick<Deno.DirEntry, "name" | "isDirectory">;

/** Lists a folder, also one that a cell has closed. */
async function list(folder: string): Promise<Entry[]> {
  if (Deno.build.os !== "windows") await Deno.chmod(folder, 0o700);
  return await Array.fromAsync(Deno.readDir(folder));
}

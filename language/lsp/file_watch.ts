/**
 * Notices that files which cells import have changed.
 *
 * A language server leaves that to its editor. Files are looked at when a cell
 * that imports them is asked about: nobody else needs to know.
 * @module
 */

import type { CellDocument } from "./document.ts";
import type { LanguageServer } from "./server.ts";

/** Remembers how files looked when they were last asked for. */
export class FileWatch {
  readonly #folderUrl: string;
  readonly #seen = new Map<string, number>();

  /** @param folderUrl What relative specifiers start from. */
  constructor(folderUrl: string) {
    this.#folderUrl = folderUrl;
  }

  /**
   * Tells a server of the files that a cell imports and that have changed since
   * they were last asked for.
   *
   * @param server The server.
   * @param document The cell.
   */
  async tell(
    server: Pick<LanguageServer, "filesChanged">,
    { imports }: Pick<CellDocument, "imports">,
  ): Promise<void> {
    const urls = imports.filter((one) => LOCAL.test(one))
      .map((one) => new URL(one, this.#folderUrl));
    const looks = await Promise.all(urls.map(async (url) => {
      const mtimeMs = await readModifiedMs(url);
      const before = this.#seen.get(url.href);
      this.#seen.set(url.href, mtimeMs);
      return before !== undefined && before !== mtimeMs;
    }));
    const changed = urls.filter((_, i) => looks[i]).map(({ href }) => href);
    if (changed.length > 0) server.filesChanged(changed);
  }
}

async function readModifiedMs(url: URL): Promise<number> {
  try {
    return (await Deno.stat(url)).mtime?.getTime() ?? 0;
  } catch {
    // Not there, which it may be the next time.
    return 0;
  }
}

const LOCAL = /^(\.{0,2}\/|file:)/;

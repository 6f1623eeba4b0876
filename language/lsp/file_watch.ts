/**
 * Notices that files which cells import have changed.
 *
 * A language server leaves that to its editor. Files are looked at when a cell
 * that imports them is asked about: nobody else needs to know.
 * @module
 */

/** Remembers how files looked when they were last asked for. */
export class FileWatch {
  readonly #seen = new Map<string, number>();

  /**
   * Finds the files that have changed since they were last asked for.
   *
   * @param specifiers What a cell imports.
   * @param folderUrl What relative ones start from.
   * @returns Addresses of changed files.
   */
  async findChanged(
    specifiers: readonly string[],
    folderUrl: string,
  ): Promise<readonly string[]> {
    const urls = specifiers.filter((one) => LOCAL.test(one))
      .map((one) => new URL(one, folderUrl));
    const looks = await Promise.all(urls.map(async (url) => {
      const mtimeMs = await readModifiedMs(url);
      const before = this.#seen.get(url.href);
      this.#seen.set(url.href, mtimeMs);
      return before !== undefined && before !== mtimeMs;
    }));
    return urls.filter((_, i) => looks[i]).map(({ href }) => href);
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

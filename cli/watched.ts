/**
 * The files that a watched run depends on, and whether they say something else.
 * @module
 */
import { dirname, resolve } from "node:path";

/** What was found in the files. */
export type Fingerprint = ReadonlyMap<string, string>;

/**
 * Reads the notebooks, and the modules that their cells import by a relative
 * path. Of a notebook only what is run counts, so that outputs that are written
 * into it are no change.
 *
 * @param notebooks Their paths.
 * @param before What was found earlier: a file that is just being written counts
 *   as it was.
 */
export async function fingerprint(
  notebooks: readonly string[],
  before: Fingerprint = new Map(),
): Promise<Fingerprint> {
  const found = new Map<string, string>();
  for (const notebook of notebooks) {
    const path = resolve(notebook);
    const text = await Deno.readTextFile(path).catch(() => null);
    const run = text === null ? null : whatRuns(text);
    const now = run ?? before.get(path) ?? "";
    found.set(path, now);
    for (const module of localImports(now, dirname(path))) {
      const source = await Deno.readTextFile(module).catch(() => null);
      if (source !== null) found.set(module, source);
    }
  }
  return found;
}

/**
 * Names a file that says something else.
 *
 * @param before What was found earlier.
 * @param now What is found now.
 * @returns Its path; `null` if there is none.
 */
export function findChange(
  before: Fingerprint,
  now: Fingerprint,
): string | null {
  for (const path of new Set([...before.keys(), ...now.keys()])) {
    if (before.get(path) !== now.get(path)) return path;
  }
  return null;
}

/** Sources and metadata of a notebook; `null` while it is half written. */
function whatRuns(text: string): string | null {
  try {
    const { cells, metadata } = JSON.parse(text);
    return JSON.stringify([
      metadata?.skein,
      ...cells.map((
        { cell_type, source, metadata: { tags = null, skein = null } = {} }: {
          readonly cell_type: string;
          readonly source: string | readonly string[];
          readonly metadata?: {
            readonly tags?: unknown;
            readonly skein?: unknown;
          };
        },
      ) =>
        cell_type === "code"
          ? [typeof source === "string" ? source : source.join(""), tags, skein]
          : null
      ).filter((cell: unknown) => cell !== null),
    ]);
  } catch {
    // An editor is at it; there will be another event.
    return null;
  }
}

function localImports(sources: string, folder: string): string[] {
  // Quotes of the sources are escaped: they stand in JSON.
  return [
    ...new Set(
      [...sources.matchAll(
        /(?:from|import)\s*\(?\s*\\?["'](\.{1,2}\/[^"'\\]+)/g,
      )]
        .map(([, specifier]) => resolve(folder, specifier!)),
    ),
  ];
}

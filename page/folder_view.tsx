/**
 * A folder: its notebooks, to open or to make.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly isOpen: boolean;
}

/** What a folder's view is given. */
export interface FolderProps {
  /** Path of all routes, such as `/`. */
  readonly base: string;
  readonly token: string;
  /** Which folder, below the one that is served. */
  readonly at: string;
}

/** Shows a folder. */
export function FolderView({ base, token, at }: FolderProps): JSX.Element {
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = (path: string, method = "GET") =>
    fetch(`${base}${path}?at=${encodeURIComponent(at)}`, {
      method,
      headers: { authorization: `token ${token}` },
    }).then(async (response) => {
      const body = await response.json();
      if (!response.ok) throw new Error(body.message);
      return body;
    });
  useEffect(() => {
    ask("files").then(
      ({ entries }) => setEntries(entries),
      (error) => setProblem(error.message),
    );
  }, [at]);
  const link = (kind: string, path: string) =>
    `${base}${kind}/${
      path.split("/").map(encodeURIComponent).join("/")
    }${location.hash}`;
  const below = (name: string) => at === "" ? name : `${at}/${name}`;
  const shown = (entries ?? []).filter(({ name, isFolder }) =>
    isFolder || name.endsWith(".ipynb")
  );
  return (
    <main class="nb-folder">
      <h1>{at === "" ? "Notebooks" : at}</h1>
      {problem !== null && <p class="nb-notice bad" role="alert">{problem}</p>}
      {at !== "" && (
        <p>
          <a href={link("folder", at.split("/").slice(0, -1).join("/"))}>
            Folder above
          </a>
        </p>
      )}
      <ul>
        {shown.map(({ name, isFolder, isOpen }) => (
          <li key={name}>
            <a href={link(isFolder ? "folder" : "notebook", below(name))}>
              {isFolder ? `${name}/` : name}
            </a>
            {isOpen && <span class="nb-open">open</span>}
          </li>
        ))}
      </ul>
      {entries !== null && shown.length === 0 && (
        <p>There is no notebook here yet.</p>
      )}
      <p>
        <button
          type="button"
          onClick={() =>
            ask("new", "POST").then(
              ({ path }) => location.assign(link("notebook", path)),
              (error) => setProblem(error.message),
            )}
        >
          New notebook
        </button>
      </p>
    </main>
  );
}

/**
 * Keeps edits that the server has not taken, in this browser: for a server that
 * was killed and a tab that was closed.
 *
 * Each page has a record of its own and holds a lock while it lives, so the next
 * one knows which records nobody cares for any more. Where there is no database,
 * as in some private windows, edits are kept in the page alone.
 * @module
 */
/// <reference lib="dom" />
import { effect } from "@preact/signals";
import { typeAgain } from "./kept_edits.ts";
import type { PageNotebook } from "./notebook.ts";
import type { UnsentText } from "./texts.ts";

interface Kept {
  readonly client: string;
  readonly path: string;
  readonly atMs: number;
  readonly texts: readonly UnsentText[];
}

/** Keeps a notebook's edits, and offers what an earlier page has left. */
export function keepEdits(notebook: PageNotebook, path: string): void {
  const { client } = notebook;
  const database = open().catch(() => null);
  void navigator.locks?.request(LOCK + client, () => new Promise(() => {}));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isKept = false;
  const write = async () => {
    timer = undefined;
    const db = await database;
    if (db === null) return;
    const texts = notebook.unsent();
    if (texts.length === 0) {
      if (isKept) await change(db, (store) => store.delete(client));
      isKept = false;
      return;
    }
    isKept = true;
    const kept: Kept = { client, path, atMs: Date.now(), texts };
    await change(db, (store) => store.put(kept));
  };
  effect(() => {
    notebook.edits.value;
    notebook.isSent.value;
    timer ??= setTimeout(() => void write().catch(() => {}), QUIET_MS);
  });
  const isOpen = effect(() => {
    if (notebook.name.value === "") return;
    queueMicrotask(() => isOpen());
    void database.then((db) => db && offer(db, notebook, path)).catch(() => {});
  });
}

async function offer(
  db: IDBDatabase,
  notebook: PageNotebook,
  path: string,
): Promise<void> {
  const { held = [] } = await navigator.locks?.query() ?? {};
  const alive = new Set(held.map(({ name }) => name));
  const all = await change(db, (store) => store.getAll()) as Kept[];
  const left = all.filter((kept) =>
    kept.path === path && !alive.has(LOCK + kept.client)
  );
  const forget = () =>
    void change(db, (store) => {
      for (const { client } of left) store.delete(client);
      return store.count();
    });
  // What the server has taken after all needs no words.
  const texts = left.flatMap(({ texts }) => texts)
    .filter(({ cellId, text }) => notebook.textOf(cellId) !== text);
  if (texts.length === 0) return forget();
  const when = new Date(Math.max(...left.map(({ atMs }) => atMs)));
  notebook.offer.value = {
    text: `Edits of ${
      texts.length === 1 ? "a cell" : `${texts.length} cells`
    } from ${when.toLocaleString()} never reached the server.`,
    accept: () => {
      for (const text of texts) typeAgain(notebook, text);
      forget();
    },
    refuse: forget,
  };
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open("skein", 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore(STORE, { keyPath: "client" });
  return settled(request);
}

function change<T>(
  db: IDBDatabase,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return settled(act(db.transaction(STORE, "readwrite").objectStore(STORE)));
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const STORE = "edits";
const LOCK = "skein-page ";
/** As long as an answer of the server takes at most, if it is there. */
const QUIET_MS = 150;

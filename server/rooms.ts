/**
 * The open notebooks of a folder, and new ones.
 * @module
 */
import { join, sep } from "node:path";
import type { Root } from "./files.ts";
import { Room } from "./room.ts";
import type { RoomOptions } from "./room_options.ts";

/** Says how the cells of a notebook are run, and what they may do. */
export type Admit = (path: string) => Promise<Omit<RoomOptions, "path">>;

/** Open notebooks, each once, whatever it is called. */
export class Rooms implements AsyncDisposable {
  readonly #root: Root;
  readonly #admit: Admit;
  readonly #rooms = new Map<string, Promise<Room>>();

  constructor(root: Root, admit: Admit) {
    this.#root = root;
    this.#admit = admit;
  }

  async open(name: string): Promise<Room> {
    const path = await this.#root.resolve(name);
    const known = this.#rooms.get(path);
    if (known !== undefined) return await known;
    const room = this.#admit(path).then((how) => Room.open({ path, ...how }));
    this.#rooms.set(path, room);
    try {
      return await room;
    } catch (error) {
      this.#rooms.delete(path);
      throw error;
    }
  }

  /** Those that are open. */
  async list(): Promise<Room[]> {
    const rooms = await Promise.allSettled(this.#rooms.values());
    return rooms.flatMap((room) =>
      room.status === "fulfilled" ? [room.value] : []
    );
  }

  /** The room of a file, if it is open. */
  async find(path: string): Promise<Room | null> {
    return await this.#rooms.get(path)?.catch(() => null) ?? null;
  }

  /**
   * Gives a file or folder another name; what is open of it stays open.
   *
   * @param from What there is, an absolute path without links.
   * @param to What it is to be called.
   */
  async move(from: string, to: string): Promise<void> {
    const inside = [...this.#rooms].filter(([path]) =>
      path === from || path.startsWith(from + sep)
    );
    const rooms = await Promise.all(inside.map(([, room]) => room));
    for (const room of rooms) await room.file.leave();
    let base = from;
    try {
      await Deno.rename(from, to);
      base = to;
    } finally {
      for (const room of rooms) {
        const path = base + room.file.path.slice(from.length);
        this.#rooms.delete(room.file.path);
        this.#rooms.set(path, Promise.resolve(room));
        await room.file.take(path);
      }
    }
  }

  /** Closes a notebook; its kernel ends. */
  async close(room: Room): Promise<void> {
    this.#rooms.delete(room.file.path);
    await room[Symbol.asyncDispose]();
  }

  isOpen(name: string): boolean {
    const parts = name.split("/").filter((part) => part !== "");
    return this.#rooms.has(join(this.#root.path, ...parts));
  }

  /** Makes a notebook with a name that is free. */
  async create(at: string): Promise<string> {
    const folder = await this.#root.resolve(at);
    for (let number = 1;; number++) {
      const path = join(
        folder,
        number === 1 ? "untitled.ipynb" : `untitled-${number}.ipynb`,
      );
      try {
        await Deno.writeTextFile(path, NEW_NOTEBOOK, { createNew: true });
      } catch (error) {
        if (error instanceof Deno.errors.AlreadyExists) continue;
        throw error;
      }
      return path.slice(this.#root.path.length + 1).replaceAll(sep, "/");
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const rooms = await Promise.allSettled(this.#rooms.values());
    await Promise.all(
      rooms.map((room) =>
        room.status === "fulfilled"
          ? room.value[Symbol.asyncDispose]()
          : undefined
      ),
    );
  }
}

/** A notebook with one empty cell. */
export const NEW_NOTEBOOK = `{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "first",
   "metadata": {},
   "outputs": [],
   "source": []
  }
 ],
 "metadata": {
  "kernelspec": {
   "display_name": "TypeScript (Skein)",
   "language": "typescript",
   "name": "skein"
  },
  "language_info": {
   "name": "typescript"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

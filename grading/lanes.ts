/**
 * Places at which submissions are examined one after another: a folder that is
 * emptied each time, and a parser of cells, which takes long to start.
 *
 * A parser runs nothing of what it reads. One that a cell keeps busy is replaced,
 * and nobody else waits for it: each lane has its own.
 * @module
 */
import { Translator } from "../kernel/mod.ts";
import { emptyFolder } from "./empty_folder.ts";

/** A place at which one submission is examined at a time. */
export interface Lane {
  /** A folder that holds nothing. */
  readonly folder: string;
  /** Reads cells; it remembers those of the checks. */
  readonly translator: Translator;
}

/** All places; as many as were ever needed at the same time. */
export class Lanes implements AsyncDisposable {
  readonly #idle: Lane[] = [];
  readonly #all: Lane[] = [];

  /**
   * Does work at a place of its own.
   *
   * @param work The work.
   */
  async use<T>(work: (lane: Lane) => Promise<T>): Promise<T> {
    const lane = this.#idle.pop() ?? await this.#open();
    try {
      return await work(lane);
    } finally {
      // Nothing of a submission is there for the next one.
      await emptyFolder(lane.folder);
      this.#idle.push(lane);
    }
  }

  /** Removes all places. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { folder, translator } of this.#all) {
      await translator[Symbol.asyncDispose]();
      await emptyFolder(folder).then(() => Deno.remove(folder)).catch(() => {});
    }
  }

  async #open(): Promise<Lane> {
    const folder = await Deno.makeTempDir({ prefix: "skein-grade-" });
    const lane = { folder, translator: new Translator() };
    this.#all.push(lane);
    return lane;
  }
}

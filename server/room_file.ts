/**
 * The file of a room, which may get another name while the notebook is open.
 *
 * How it is saved and watched is in `disk.ts`.
 * @module
 */
import type { Notebook } from "../nbformat/mod.ts";
import { Disk, type DiskOptions, type DiskState } from "./disk.ts";

/** What a file asks of its room. */
export type RoomFileOptions = Omit<DiskOptions, "path">;

/** A file that can be moved. */
export class RoomFile implements AsyncDisposable {
  readonly #options: RoomFileOptions;
  #path: string;
  #disk: Disk;

  private constructor(options: RoomFileOptions, path: string, disk: Disk) {
    this.#options = options;
    this.#path = path;
    this.#disk = disk;
  }

  /** @throws {TypeError} If it is no notebook. */
  static async open(
    path: string,
    options: (notebook: Notebook) => RoomFileOptions,
  ): Promise<RoomFile> {
    let given: RoomFileOptions;
    const disk = await Disk.open(path, (notebook) => given = options(notebook));
    return new RoomFile(given!, path, disk);
  }

  /** An absolute path without links. */
  get path(): string {
    return this.#path;
  }

  /** How document and file stand to each other. */
  get state(): DiskState {
    return this.#disk.state;
  }

  /** Notes that the document has changed: it is saved soon. */
  touch(): void {
    this.#disk.touch();
  }

  /** Saves now, if there is something to save and nothing to settle. */
  save(): Promise<void> {
    return this.#disk.save();
  }

  /** Says which to keep, when that could not be decided. */
  settle(choice: "ours" | "theirs"): Promise<void> {
    return this.#disk.settle(choice);
  }

  /** Saves, and lets go of the file, which is about to get another name. */
  async leave(): Promise<void> {
    await this.#disk[Symbol.asyncDispose]();
  }

  /** Goes on with the file under another name. */
  async take(path: string): Promise<void> {
    this.#path = path;
    this.#disk = await Disk.open(path, () => this.#options);
    // What was changed meanwhile.
    this.#disk.touch();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#disk[Symbol.asyncDispose]();
  }
}

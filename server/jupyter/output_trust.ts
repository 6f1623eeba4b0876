/**
 * Outputs that were made while the user ran the notebook, or that the user said
 * to trust: only these may front ends show unfiltered.
 *
 * Kept as hashes in a file of the user's own, so that no notebook can claim it.
 * @module
 */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { CellOutput } from "../../nbformat/mod.ts";

/** Remembers outputs. */
export class OutputTrust {
  readonly #file: string | null;
  readonly #known: Set<string>;

  private constructor(file: string | null, known: Set<string>) {
    this.#file = file;
    this.#known = known;
  }

  /** @param file Where they are kept; null to keep them in memory. */
  static async open(file: string | null): Promise<OutputTrust> {
    const text = file === null
      ? ""
      // Whoever starts anew has made none.
      : await Deno.readTextFile(file).catch(() => "");
    const lines = text.split("\n").filter((line) =>
      /^[0-9a-f]{64}$/.test(line)
    );
    return new OutputTrust(file, new Set(lines.slice(-MOST)));
  }

  /** Tells whether a cell's outputs were made by the user. */
  has(outputs: readonly CellOutput[]): boolean {
    return this.#known.has(hash(outputs));
  }

  /** Remembers outputs of cells. */
  async add(all: readonly (readonly CellOutput[])[]): Promise<void> {
    const fresh = all.map(hash).filter((one) => !this.#known.has(one));
    if (fresh.length === 0) return;
    for (const one of fresh) this.#known.add(one);
    if (this.#file === null) return;
    await Deno.mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    const text = fresh.map((one) => `${one}\n`).join("");
    await Deno.writeTextFile(this.#file, text, { append: true, mode: 0o600 });
  }
}

function hash(outputs: readonly CellOutput[]): string {
  return createHash("sha256").update(write(outputs)).digest("hex");
}

/** JSON whose fields are in one order: clients send them in another. */
function write(value: unknown): string {
  return JSON.stringify(
    value,
    (_, one) =>
      typeof one === "object" && one !== null && !Array.isArray(one)
        ? Object.fromEntries(
          Object.entries(one).sort(([a], [b]) => a < b ? -1 : 1),
        )
        : one,
  );
}

const MOST = 20_000;

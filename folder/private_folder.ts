/**
 * Folders of our own, for the configurations that we write.
 *
 * They lie in the system's temporary folder, readable by this user only, and
 * are gone when their owner is. All of a process lie in one, which a session is
 * never allowed to touch.
 * @module
 */
import { dirname, join, toFileUrl } from "./paths.ts";

/** A folder that is removed when it is disposed of. */
export class PrivateFolder implements Disposable {
  /** Its path, without links. */
  readonly path: string;

  /** @param name What it is for. */
  constructor(name: string) {
    // For the owner only, as the system makes temporary folders.
    parent ??= Deno.realPathSync(Deno.makeTempDirSync({ prefix: "skein-" }));
    this.path = Deno.makeTempDirSync({ dir: parent, prefix: `${name}-` });
    living.add(this);
  }

  /** The folder in which all of this process lie. */
  get parent(): string {
    return dirname(this.path);
  }

  /** Its address, which ends in `/`. */
  get url(): string {
    return toFileUrl(this.path) + "/";
  }

  /**
   * Writes a file.
   *
   * @param name Its name.
   * @param text What it says.
   * @returns Its path.
   */
  write(name: string, text: string): string {
    const path = join(this.path, name);
    Deno.writeTextFileSync(path, text);
    return path;
  }

  /** Removes it, and the folder of all when it was the last. */
  [Symbol.dispose](): void {
    living.delete(this);
    remove(this.path);
    if (living.size > 0 || parent === null) return;
    remove(parent);
    parent = null;
  }
}

function remove(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch {
    // Somebody has removed it already, which is what was wanted.
  }
}

let parent: string | null = null;
const living = new Set<PrivateFolder>();

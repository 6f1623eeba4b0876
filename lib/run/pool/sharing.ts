/**
 * How locks and channels among arguments and results become usable again.
 *
 * Each side loads `lib/sync/` when the first of them arrives: most jobs have
 * none. What travels is described in `lib/sync/share.ts`.
 * @module
 */
import { toShared } from "../../sync/mod.ts";

/** Address of the module of locks and channels. */
// Its file ends as this one does: with `.ts`, or in the npm package with `.js`.
export const SYNC_URL: string =
  new URL("../../sync/mod", import.meta.url).href +
  import.meta.url.slice(import.meta.url.lastIndexOf("."));

export function isSendable(args: readonly unknown[]): boolean {
  try {
    structuredClone(toShared(args));
    return true;
  } catch {
    // Which one of many is to blame is all that is asked here.
    return false;
  }
}

export async function reviveResult(value: unknown): Promise<unknown> {
  const { reviveShared } = await import("../../sync/mod.ts");
  return reviveShared(value);
}

/** Frees the locks of a thread that is gone, so that nobody waits for it. */
export async function releaseLocksOf(lane: string): Promise<void> {
  const { releaseAllOf } = await import("../../sync/mod.ts");
  releaseAllOf(lane);
}

/**
 * Puts Node in place of Deno: imported by the npm package before `mod.ts`.
 *
 * Importing it has effects, which is its purpose: standard functions that this
 * version of Node lacks are added, and `system.ts` gets the stand-in. In Deno,
 * which may import the package too, it does nothing.
 * @module
 */
import { fillGaps } from "./gaps.ts";
import { CHILD_PRELUDE, THREAD_PRELUDE } from "./node_scope.ts";
import { createNodeSystem } from "./node_system.ts";
import { NodeWorker } from "./node_worker.ts";
import { standInBy } from "./system.ts";

if (!("Deno" in globalThis)) {
  const { process } = globalThis as unknown as {
    readonly process: { readonly versions: { readonly node: string } };
  };
  fillGaps();
  standInBy({
    version: process.versions.node,
    system: createNodeSystem(),
    openWorker: (address, name) =>
      new NodeWorker(address, name) as unknown as Worker,
    threadPrelude: THREAD_PRELUDE,
    childPrelude: CHILD_PRELUDE,
  });
}

/**
 * Our hooks into how Deno finds and reads modules.
 *
 * Beside hooks, Deno 2.9 can not require an ES module that imports something
 * that is not loaded yet: so they can be laid aside.
 * @module
 */
import { registerHooks, type RegisterHooksOptions } from "node:module";
import { append } from "./intrinsics.ts";

const wanted: RegisterHooksOptions[] = [];
let active: { deregister(): void }[] = [];

/** Adds hooks; of several, the last is asked first. */
export function addHooks(hooks: RegisterHooksOptions): void {
  append(wanted, hooks);
  append(active, registerHooks(hooks));
}

/**
 * Runs something as if there were no hooks.
 *
 * @param run What loads modules, before it returns.
 */
export function withoutHooks<T>(run: () => T): T {
  const laidAside = active;
  active = [];
  for (let i = laidAside.length - 1; i >= 0; i--) laidAside[i]!.deregister();
  try {
    return run();
  } finally {
    for (let i = 0; i < laidAside.length; i++) {
      append(active, registerHooks(wanted[i]!));
    }
  }
}

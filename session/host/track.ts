/**
 * What libraries tell us that start threads by other means than `new Worker`,
 * such as thread pools: then those are known, and end with their cell, too; and
 * what they can have that no cell can start by itself: copies of this process, and
 * turns of their own between cells.
 * They also leave word who holds their locks, for whoever asks.
 *
 * They look for a function at `globalThis[Symbol.for("Skein.track")]`, and in
 * other runtimes find none.
 * @module
 */
import { currentExecution } from "./attribution.ts";
import type { Child, Children } from "./children.ts";
import type { Copies, CopyRequest } from "./copies.ts";
import { nodeProcess } from "./intrinsics.ts";
import type { Turns } from "./turns.ts";
import { takeLocks } from "./survey.ts";

/** What a library has started in the name of the cell that runs. */
export type Tracked = Pick<Child, "what" | "name" | "stop">;

/**
 * Sets the function.
 *
 * @param children Where all that cells start is registered.
 * @param copies What starts processes with the rights of this one.
 * @param turns Lets cells and what goes on for them later take turns.
 */
export function installTrack(
  children: Children,
  copies: Copies,
  turns: Turns,
): void {
  const track = ({ what, name, stop }: Tracked) =>
    // Its output passes by the frames, but it works for any cell: it belongs to
    // the one that runs, as all such output does that nobody claims.
    children.add({ what, name, stop, raw: false }).ended;
  const signal = () => children.signal();
  const copy = (request: CopyRequest) => copies.start(request);
  const later = () => {
    const executionId = currentExecution();
    return (work: () => unknown) => turns.runLater(executionId, work);
  };
  const canAsk = () => turns.canAsk(currentExecution());
  const builtin = (name: string) =>
    (nodeProcess() as NodeProcess).getBuiltinModule(name);
  Object.defineProperty(globalThis, Symbol.for("Skein.track"), {
    value: Object.assign(track, {
      signal,
      builtin,
      copy,
      later,
      canAsk,
      locks: takeLocks,
    }),
  });
}

interface NodeProcess {
  getBuiltinModule(name: string): unknown;
}

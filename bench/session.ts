/**
 * Times how long a session takes to give its first result.
 * @module
 */
import { Session } from "../session/mod.ts";

/**
 * Starts a session, runs `1+1` in it, and ends it.
 *
 * @returns Milliseconds from the start to the result.
 */
export async function measureFirstResult(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const startMs = performance.now();
  await using session = new Session({
    notebookUrl: import.meta.url,
    permissions: { type: "all" },
    onEvents: (events) => {
      if (events.some(({ type }) => type === "result")) {
        resolve(performance.now() - startMs);
      }
    },
    onExit: () => {},
  });
  session.execute({
    executionId: "1",
    name: "cell_1.ts",
    hoisted: null,
    body: "(async () => ({ value: 1 + 1 }))",
  });
  return await promise;
}

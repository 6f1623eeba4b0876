/**
 * Work on many notebooks, some at a time.
 * @module
 */

/**
 * Does work for each item, so many at a time; results come in the order of the
 * items, whichever ends first.
 *
 * @typeParam Item What is worked on.
 * @typeParam Result What it gives.
 * @param items What is worked on.
 * @param jobs How many at a time.
 * @param work The work; if it fails for one, no further one begins, and once
 *   those under way have ended, it fails as a whole.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  jobs: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index]!, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const count = Math.max(1, Math.min(jobs, items.length));
  await Promise.all(Array.from({ length: count }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}

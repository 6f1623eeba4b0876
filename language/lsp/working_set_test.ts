import assert from "node:assert/strict";
import { WorkingSet } from "./working_set.ts";

interface Step {
  readonly hold?: string;
  readonly letGo?: boolean;
  readonly replace?: string;
  readonly remove?: string;
}

async function check(steps: readonly Step[], expected: string): Promise<void> {
  const told: string[] = [];
  const set = new WorkingSet<{ readonly uri: string }>({
    put: ({ uri }) => told.push(`+${uri}`),
    remove: (uri) => told.push(`-${uri}`),
  }, 4);
  const held: Disposable[] = [];
  for (const { hold, letGo, replace, remove } of steps) {
    if (hold !== undefined) {
      held.push(await set.hold([...hold].map((uri) => ({ uri }))));
    }
    if (letGo) held.pop()?.[Symbol.dispose]();
    if (replace !== undefined) set.replace({ uri: replace });
    if (remove !== undefined) set.remove(remove);
  }
  assert.equal(told.join(""), expected);
}

Deno.test("WorkingSet tells a server of each document once", async () => {
  await check(
    [{ hold: "ab", letGo: true }, { hold: "bc", letGo: true }],
    "+a+b+c",
  );
});

Deno.test("WorkingSet lets half of them go when there are too many, the oldest first", async () => {
  await check(
    [
      { hold: "ab", letGo: true },
      { hold: "cd", letGo: true },
      { hold: "a", letGo: true },
      { hold: "e", letGo: true },
      { hold: "ab", letGo: true },
    ],
    // The second question was about "a", so "b" is the oldest.
    "+a+b+c+d+e-b-c-d+b",
  );
});

Deno.test("WorkingSet keeps what a question rests on that is not answered", async () => {
  await check([{ hold: "abc" }, { hold: "def", letGo: true }], "+a+b+c+d+e+f");
  await check(
    [{ hold: "ab" }, { hold: "cd", letGo: true }, { hold: "ef", letGo: true }],
    "+a+b+c+d+e+f-c-d",
  );
});

Deno.test("WorkingSet has twice what the largest question rests on", async () => {
  await check(
    [
      { hold: "abcde", letGo: true },
      { hold: "fghij", letGo: true },
      { hold: "k", letGo: true },
    ],
    "+a+b+c+d+e+f+g+h+i+j+k-a-b-c-d-e-f",
  );
});

Deno.test("WorkingSet tells of changes and ends of what the server has", async () => {
  await check(
    [
      { replace: "a" },
      { remove: "a" },
      { hold: "a" },
      { replace: "a" },
      { remove: "a" },
      { hold: "a" },
    ],
    "+a+a-a+a",
  );
});

import assert from "node:assert/strict";
import {
  type HistoryQuery,
  type HistoryStore,
  MemoryHistory,
} from "./history.ts";
import { FileHistory } from "./history_file.ts";

/** Two sessions: three cells with one result, then two. */
function fill(history: HistoryStore): void {
  history.append({ line: 1, source: "1+1", output: null });
  history.setOutput(1, "2");
  history.append({ line: 2, source: "const a = 1", output: null });
  history.append({ line: 3, source: "1+1", output: null });
  history.beginSession();
  history.append({ line: 1, source: "a[0]?", output: null });
  history.append({ line: 2, source: "const b = `x\ny`", output: null });
}

function check(history: HistoryStore, query: HistoryQuery, expected: string[]) {
  const found = history.find(query).map(({ session, line, source, output }) =>
    `${session}.${line} ${source}${output === null ? "" : ` = ${output}`}`
  );
  assert.deepEqual(found, expected, JSON.stringify(query));
}

function checkAll(history: HistoryStore): void {
  fill(history);
  const last = "2.2 const b = `x\ny`";
  check(history, { type: "tail", n: 1 }, [last]);
  check(history, { type: "tail", n: 3 }, ["1.3 1+1", "2.1 a[0]?", last]);
  check(history, { type: "range", session: 0, start: 1, stop: 2 }, [
    "2.1 a[0]?",
  ]);
  check(history, { type: "range", session: -1, start: 2, stop: null }, [
    "1.2 const a = 1",
    "1.3 1+1",
  ]);
  check(history, { type: "range", session: 1, start: 1, stop: 2 }, [
    "1.1 1+1 = 2",
  ]);
  const search = { type: "search", n: null, isUnique: false } as const;
  check(history, { ...search, pattern: "1+1" }, ["1.1 1+1 = 2", "1.3 1+1"]);
  check(history, { ...search, pattern: "1+1", isUnique: true }, ["1.3 1+1"]);
  check(history, { ...search, pattern: "const*" }, ["1.2 const a = 1", last]);
  check(history, { ...search, pattern: "const*", n: 1 }, [last]);
  // Only `*` and `?` mean something in a glob.
  check(history, { ...search, pattern: "a[0]?" }, ["2.1 a[0]?"]);
  check(history, { ...search, pattern: "nothing" }, []);
}

Deno.test("MemoryHistory finds what was run", () => {
  checkAll(new MemoryHistory());
});

Deno.test("FileHistory finds what was run, and outlives its kernel", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/history.sqlite`;
    {
      using history = new FileHistory(path, assert.fail);
      checkAll(history);
    }
    using next = new FileHistory(path, assert.fail);
    check(next, { type: "tail", n: 1 }, ["2.2 const b = `x\ny`"]);
    check(next, { type: "range", session: -1, start: 1, stop: 2 }, [
      "2.1 a[0]?",
    ]);
    next.append({ line: 1, source: "third", output: null });
    check(next, { type: "range", session: 0, start: 1, stop: null }, [
      "3.1 third",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("FileHistory is shared by kernels that run at once", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using one = new FileHistory(`${folder}/history.sqlite`, assert.fail);
    using two = new FileHistory(`${folder}/history.sqlite`, assert.fail);
    one.append({ line: 1, source: "of one", output: null });
    two.append({ line: 1, source: "of two", output: null });
    check(one, { type: "range", session: 0, start: 1, stop: null }, [
      "1.1 of one",
    ]);
    check(two, { type: "range", session: 0, start: 1, stop: null }, [
      "2.1 of two",
    ]);
    check(one, { type: "tail", n: 5 }, ["1.1 of one", "2.1 of two"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

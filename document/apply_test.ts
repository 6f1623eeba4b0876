import assert from "node:assert/strict";
import { ChangeSet, Text } from "@codemirror/state";
import { type Cell, type CodeCell, parseNotebook } from "../nbformat/mod.ts";
import { applyOperation, changesSince, passOver, setOutputs } from "./apply.ts";
import {
  type DocumentState,
  openDocument,
  type Operation,
  toNotebook,
} from "./document.ts";
import { replaceText } from "./text.ts";

const OUTPUT = { output_type: "stream", name: "stdout", text: "hi" } as const;

function open(...sources: string[]): DocumentState {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: "abcdefgh"[i]!,
    metadata: { i },
    source,
    outputs: [],
    execution_count: null,
  }));
  return openDocument(parseNotebook(
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }),
  ));
}

/** Applies operations of one page, one after another. */
function run(
  state: DocumentState,
  ...operations: Operation[]
): { state: DocumentState; inverses: Operation[] } {
  const inverses: Operation[] = [];
  for (const operation of operations) {
    const number = (state.taken.get("p") ?? 0) + 1;
    const applied = applyOperation(state, { client: "p", number, operation });
    assert.equal(applied.type, "applied", JSON.stringify(applied));
    if (applied.type !== "applied") break;
    state = applied.state;
    inverses.unshift(applied.inverse);
  }
  return { state, inverses };
}

function text(cellId: string, from: string, to: string, base = 0): Operation {
  return {
    type: "text",
    cellId,
    base,
    changes: replaceText(from, to).toJSON(),
  };
}

const order = ({ cells }: DocumentState) =>
  cells.map(({ cell }) => cell.id).join("");
const source = ({ cells }: DocumentState, id: string) =>
  cells.find(({ cell }) => cell.id === id)?.cell.source;
const fresh = (id: string): Cell => ({
  cell_type: "code",
  id,
  metadata: {},
  source: "",
  outputs: [],
  execution_count: null,
});

Deno.test("applyOperation() does each operation, and its inverse takes it back", () => {
  const check = (operations: Operation[], expected: string) => {
    const before = setOutputs(open("1", "2", "3"), "b", { outputs: [OUTPUT] });
    const { state, inverses } = run(before, ...operations);
    assert.equal(order(state), expected);
    const { state: back } = run(state, ...inverses);
    assert.deepEqual(toNotebook(back), toNotebook(before));
  };
  check([{ type: "insert", cell: fresh("n"), after: null }], "nabc");
  check([{ type: "insert", cell: fresh("n"), after: "c" }], "abcn");
  check([{ type: "move", cellId: "a", after: "c" }], "bca");
  check([{ type: "move", cellId: "c", after: null }], "cab");
  check([{ type: "move", cellId: "b", after: "b" }], "abc");
  check([{ type: "remove", cellId: "b" }], "ac");
  check([{ type: "set-type", cellId: "b", cellType: "markdown" }], "abc");
  check([{ type: "metadata", cellId: "a", metadata: { tags: ["x"] } }], "abc");
  check([{ type: "metadata", cellId: null, metadata: { title: "T" } }], "abc");
  check([text("a", "1", "one\ntwo")], "abc");
  // Joining two cells, as a page does it.
  check([{
    type: "batch",
    operations: [text("a", "1", "1\n2"), { type: "remove", cellId: "b" }],
  }], "ac");
});

Deno.test("a removed cell comes back with what it was given in the bin", () => {
  const { state } = run(open("1", "2"), { type: "remove", cellId: "a" });
  const shown = setOutputs(state, "a", { outputs: [OUTPUT] });
  const { state: back } = run(shown, {
    type: "restore",
    cellId: "a",
    after: "b",
  });
  assert.equal(order(back), "ba");
  assert.deepEqual((back.cells[1]?.cell as CodeCell).outputs, [OUTPUT]);
});

Deno.test("an operation that is sent twice happens once, one too early is asked for again", () => {
  const sent = { client: "p", number: 1, operation: text("a", "1", "12") };
  const first = applyOperation(open("1"), sent);
  assert.ok(first.type === "applied");
  assert.deepEqual(applyOperation(first.state, sent), { type: "known" });
  const early = applyOperation(first.state, { ...sent, number: 4 });
  assert.deepEqual(early, { type: "missed", next: 2 });
});

Deno.test("what can not be done is refused by name, whole, and counts as taken", () => {
  const check = (operation: Operation, reason: RegExp) => {
    const state = open("1");
    const sent = { client: "p", number: 1, operation };
    const applied = applyOperation(state, sent);
    assert.ok(applied.type === "refused");
    assert.match(applied.reason, reason);
    const after = passOver(state, sent);
    assert.deepEqual(applyOperation(after, sent), { type: "known" });
    assert.deepEqual(after.cells, state.cells);
  };
  check({ type: "remove", cellId: "x" }, /Cannot find cell x/);
  check({ type: "restore", cellId: "a", after: null }, /not in the bin/);
  check({ type: "insert", cell: fresh("a"), after: null }, /one already/);
  check(
    { ...text("a", "1", "2", 7), isMerged: true } as Operation,
    /version 7 is too far from 0/,
  );
  check(text("a", "longer", "text"), /./);
  check({ type: "text", cellId: "a", base: 0, changes: "?" }, /no change set/);
  check({
    type: "batch",
    operations: [text("a", "1", "2"), { type: "remove", cellId: "x" }],
  }, /Cannot find cell x/);
});

Deno.test("text that others changed is merged when asked, else asked for again", () => {
  const { state } = run(open("one two"), text("a", "one two", "1 two"));
  const late = text("a", "one two", "one 2");
  const send = (operation: Operation) =>
    applyOperation(state, { client: "q", number: 1, operation });
  assert.deepEqual(send(late), { type: "stale", cellId: "a" });
  const merged = send({ ...late, isMerged: true } as Operation);
  assert.ok(merged.type === "applied");
  assert.equal(source(merged.state, "a"), "1 2");
});

Deno.test("changesSince() gives what was missed, or nothing if that is too long ago", () => {
  const { state } = run(
    open("1"),
    text("a", "1", "12"),
    text("a", "12", "1", 1),
  );
  assert.equal(changesSince(state, 0)?.length, 2);
  assert.equal(changesSince(state, 1)?.length, 1);
  assert.deepEqual(changesSince(state, state.version), []);
  assert.equal(changesSince(state, 99), null);
  let long = state;
  for (let i = 0; i < 1001; i++) {
    long = run(long, { type: "metadata", cellId: null, metadata: { i } }).state;
  }
  assert.equal(changesSince(long, 0), null);
});

Deno.test("a file's carriage returns are kept", () => {
  const { state } = run(open("a\r\nb"), text("a", "a\r\nb", "a\r\nbc"));
  assert.equal(source(state, "a"), "a\r\nbc");
});

Deno.test("three pages that type, move, drop and resend come to the same document", () => {
  for (let seed = 1; seed <= 30; seed++) converge(seed);
});

/** A page as the browser's: text it has, changes that are under way. */
class Page {
  doc: Text = Text.of(["start"]);
  version = 0;
  number = 0;
  readonly unsent: {
    changes: ChangeSet;
    number?: number;
  }[] = [];
  constructor(readonly client: string) {}

  type(random: () => number): void {
    const from = Math.floor(random() * (this.doc.length + 1));
    const to = Math.min(this.doc.length, from + Math.floor(random() * 3));
    const insert = random() < 0.7
      ? `${this.client}${this.unsent.length}\n`
      : "";
    const changes = ChangeSet.of({ from, to, insert }, this.doc.length);
    this.doc = changes.apply(this.doc);
    this.unsent.push({ changes });
  }

  /** One at a time is under way; others wait for it. */
  next(): { number: number; base: number; json: unknown } | undefined {
    const first = this.unsent[0];
    if (first === undefined) return undefined;
    return {
      number: first.number ??= ++this.number,
      base: this.version,
      json: first.changes.toJSON(),
    };
  }

  hear(client: string, changes: ChangeSet): void {
    this.version++;
    if (client === this.client) {
      this.unsent.shift();
      return;
    }
    let theirs = changes;
    for (const own of this.unsent) {
      const mapped = own.changes.map(theirs);
      theirs = theirs.map(own.changes, true);
      own.changes = mapped;
    }
    this.doc = theirs.apply(this.doc);
  }
}

function converge(seed: number): void {
  const random = mulberry(seed);
  let state = open("start");
  const pages = ["p", "q", "r"].map((client) => new Page(client));
  const heard = new Map(pages.map((page) => [page, 0]));
  const step = (page: Page, isLossy: boolean) => {
    const sent = page.next();
    // Lost on its way there.
    if (sent !== undefined && !(isLossy && random() < 0.3)) {
      const operation: Operation = {
        type: "text",
        cellId: "a",
        base: sent.base,
        changes: sent.json,
      };
      const { client } = page;
      const applied = applyOperation(state, {
        client,
        number: sent.number,
        operation,
      });
      assert.match(applied.type, /applied|known|stale/);
      if (applied.type === "applied") state = applied.state;
    }
    // Or what came of it, on its way back: heard later.
    if (isLossy && random() < 0.5) return;
    for (const change of changesSince(state, heard.get(page)!)!) {
      assert.ok(change.type === "text");
      page.hear(change.client, ChangeSet.fromJSON(change.changes));
      heard.set(page, change.version);
    }
  };
  for (let i = 0; i < 120; i++) {
    const page = pages[Math.floor(random() * 3)]!;
    if (random() < 0.5) page.type(random);
    step(page, true);
  }
  for (
    let i = 0;
    i < 400 && pages.some((page) => page.unsent.length > 0);
    i++
  ) {
    for (const page of pages) step(page, false);
  }
  for (const page of pages) step(page, false);
  for (const page of pages) {
    assert.equal(page.doc.toString(), source(state, "a"), `seed ${seed}`);
  }
}

function mulberry(seed: number): () => number {
  return () => {
    seed = seed + 0x6d2b79f5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}

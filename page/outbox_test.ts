import assert from "node:assert/strict";
import { ChangeSet } from "@codemirror/state";
import type { Operation } from "../document/mod.ts";
import { Outbox, type SharedText } from "./outbox.ts";

function open() {
  const sent: [number, Operation][] = [];
  const texts = new Map<string, SharedText>();
  const outbox = new Outbox({
    send: (number, operation) => sent.push([number, operation]),
    textOf: (cellId) => texts.get(cellId),
  });
  const type = (cellId: string, insert: string) => {
    const text = texts.get(cellId) ?? { version: 0, unsent: [], sentCount: 0 };
    texts.set(cellId, text);
    const length = text.unsent.at(-1)?.newLength ?? 0;
    text.unsent.push(ChangeSet.of({ from: length, insert }, length));
    outbox.changed(cellId);
  };
  return { sent, texts, outbox, type };
}

const move = (cellId: string): Operation => ({
  type: "move",
  cellId,
  after: null,
});

Deno.test("an outbox sends one thing after another, text gathered meanwhile as one", () => {
  const { sent, outbox, type, texts } = open();
  type("a", "1");
  assert.deepEqual(sent, []);
  outbox.open(0);
  type("a", "2");
  type("a", "3");
  void outbox.ask(move("a"));
  assert.equal(sent.length, 1);
  // The server tells the change, then that it was taken.
  texts.get("a")!.unsent.splice(0, 1);
  outbox.taken(1, null);
  assert.deepEqual(sent[1], [2, {
    type: "text",
    cellId: "a",
    base: 0,
    changes: [1, [0, "23"]],
  }]);
  outbox.taken(2, null);
  assert.deepEqual(sent[2], [3, move("a")]);
  outbox.taken(3, null);
  assert.ok(outbox.isEmpty);
});

Deno.test("what was under way when the connection was lost is sent again under its number", () => {
  const { sent, outbox } = open();
  outbox.open(0);
  void outbox.ask(move("a"));
  void outbox.ask(move("b"));
  outbox.close();
  outbox.taken(9, null);
  outbox.open(0);
  assert.deepEqual(sent, [[1, move("a")], [1, move("a")]]);
  outbox.taken(1, null);
  assert.deepEqual(sent[2], [2, move("b")]);
});

Deno.test("text that turns out to be taken uses its number up", () => {
  const { sent, outbox, type, texts } = open();
  outbox.open(0);
  type("a", "1");
  outbox.close();
  // It had arrived: the server tells it when the page is back.
  texts.get("a")!.unsent.length = 0;
  outbox.open(0);
  assert.deepEqual(sent[1], [1, { type: "batch", operations: [] }]);
  outbox.taken(1, null);
  void outbox.ask(move("a"));
  assert.equal(sent[2]?.[0], 2);
});

Deno.test("a refusal reaches who asked; what comes after goes on", async () => {
  const { sent, outbox } = open();
  outbox.open(4);
  const asked = outbox.ask(move("x"));
  void outbox.ask(move("y"));
  outbox.taken(5, null, "no such cell");
  await assert.rejects(asked, /no such cell/);
  assert.equal(sent[1]?.[0], 6);
});

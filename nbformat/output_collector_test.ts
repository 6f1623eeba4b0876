import assert from "node:assert/strict";
import type { OutgoingMessage, Output } from "../protocol/mod.ts";
import { OutputCollector } from "./output_collector.ts";

Deno.test("OutputCollector joins text of one stream, and keeps the order", () => {
  check([print("a"), print("b\n"), print("c")], [[stream("ab\nc")]]);
  check(
    [print("a"), print("b", { name: "stderr" }), print("c")],
    [[stream("a"), stream("b", "stderr"), stream("c")]],
  );
  check([print("a"), show("x"), print("b")], [[
    stream("a"),
    display("x"),
    stream("b"),
  ]]);
});

Deno.test("OutputCollector gives late text to the cell that caused it", () => {
  check(
    [print("a"), print("x", { cell: 1 }), print("b")],
    [[stream("ab")], [stream("x")]],
  );
});

Deno.test("OutputCollector keeps results and errors as they are", () => {
  const result = {
    execution_count: 3,
    data: { "text/plain": "3" },
    metadata: { "text/plain": { a: 1 } },
  };
  const error = { ename: "E", evalue: "no", traceback: ["a", "b"] };
  check(
    [message("execute_result", result), message("error", error)],
    [[
      { output_type: "execute_result", ...result },
      { output_type: "error", ...error },
    ]],
  );
});

Deno.test("OutputCollector ignores messages that are no outputs", () => {
  const types = ["status", "execute_input", "execute_reply", "comm_msg", "x"];
  check(types.map((type) => message(type, { text: "no" })), [[]]);
});

Deno.test("OutputCollector updates a display wherever it is shown", () => {
  check([show("old", { id: "d" }), update("new", "d")], [[display("new")]]);
  check(
    [
      print("before"),
      show("old", { id: "d" }),
      show("other", { id: "e" }),
      show("old", { id: "d" }),
      show("old", { id: "d", cell: 1 }),
      update("new", "d", 2),
    ],
    [
      [stream("before"), display("new"), display("other"), display("new")],
      [display("new")],
      [],
    ],
  );
  check([show("old", { id: "d" }), update("new", "e")], [[display("old")]]);
  check([show("old"), update("new", undefined)], [[display("old")]]);
});

Deno.test("OutputCollector updates the right place after a clear", () => {
  check(
    [show("old", { id: "d" }), clear(), print("text"), update("new", "d")],
    [[stream("text")]],
  );
  check(
    [
      show("old", { id: "d" }),
      show("old", { id: "d", cell: 1 }),
      clear(),
      show("again", { id: "d" }),
      update("new", "d"),
    ],
    [[display("new")], [display("new")]],
  );
});

Deno.test("OutputCollector shows what came after an update as it is", () => {
  check(
    [
      show("old", { id: "d" }),
      update("new", "d"),
      show("later", { id: "d" }),
      print("text"),
    ],
    [[display("new"), display("later"), stream("text")]],
  );
});

Deno.test("OutputCollector takes as many updates of a display as places of it", () => {
  const many = 50_000;
  const taken = Array.from({ length: many }, () => show("old", { id: "d" }));
  for (let i = 0; i < many; i++) taken.push(update(`${i}`, "d"));
  check(taken, [Array.from({ length: many }, () => display(`${many - 1}`))]);
});

Deno.test("OutputCollector clears at once, or at the next output", () => {
  check([print("a"), show("x"), clear()], [[]]);
  check([print("a"), clear(true)], [[stream("a")]]);
  check([print("a"), clear(true), print("b")], [[stream("b")]]);
  check([print("a"), clear(true), print("b"), print("c")], [[stream("bc")]]);
  check([print("a"), clear(true), show("x")], [[display("x")]]);
  check([print("a"), clear(true), clear(), print("b"), print("c")], [[
    stream("bc"),
  ]]);
  // Only its own cell is cleared, and only by an output of its own.
  check(
    [print("a"), clear(true), print("x", { cell: 1 })],
    [[stream("a")], [stream("x")]],
  );
  check(
    [print("a"), print("x", { cell: 1 }), clear(false, 1)],
    [[stream("a")], []],
  );
});

Deno.test("OutputCollector takes late text after a clear", () => {
  check([print("a"), clear(), print("late")], [[stream("late")]]);
});

interface Taken {
  readonly cell: number;
  readonly message: OutgoingMessage;
}

function check(taken: readonly Taken[], expected: readonly Output[][]): void {
  const collector = new OutputCollector();
  for (const { cell, message } of taken) collector.take(cell, message);
  assert.deepEqual(expected.map((_, cell) => collector.of(cell)), expected);
}

Deno.test("OutputCollector says what it can not keep, and keeps the rest", () => {
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const collector = new OutputCollector();
  const take = (data: Record<string, unknown>) =>
    collector.take(
      0,
      message("display_data", { data, metadata: {}, transient: {} }).message,
    );
  take({ "application/json": deep });
  take({ "application/json": deep, "text/plain": "words" });
  assert.deepEqual(collector.of(0), [
    display(
      "application/json is not kept: it is nested deeper than 1000 levels",
    ),
    display("words"),
  ]);
});

Deno.test("OutputCollector takes work in proportion to displays under one id", () => {
  const ms = (n: number) => {
    const collector = new OutputCollector();
    const start = performance.now();
    for (let i = 0; i < n; i++) {
      const shown = show(String(i), { id: "x" });
      collector.take(0, shown.message);
      collector.take(0, update("new", "x").message);
      collector.take(1, clear(true).message);
    }
    assert.equal(collector.of(0).length, n);
    return performance.now() - start;
  };
  ms(1000);
  const [small, large] = [Math.max(1, ms(5_000)), ms(80_000)];
  // 16 times as many: 256 times the work where each looks at all others.
  assert.ok(large < small * 100, `${small} ms, then ${large} ms`);
});

function print(text: string, { name = "stdout", cell = 0 } = {}): Taken {
  return message("stream", { name, text }, cell);
}

function show(
  text: string,
  { id, cell = 0 }: { readonly id?: string; readonly cell?: number } = {},
): Taken {
  return message("display_data", bundle(text, id), cell);
}

function update(text: string, id: string | undefined, cell = 0): Taken {
  return message("update_display_data", bundle(text, id), cell);
}

function clear(wait = false, cell = 0): Taken {
  return message("clear_output", { wait }, cell);
}

function bundle(text: string, id: string | undefined) {
  const transient = id === undefined ? {} : { display_id: id };
  return { data: { "text/plain": text }, metadata: {}, transient };
}

function message(
  type: string,
  content: Record<string, unknown>,
  cell = 0,
): Taken {
  const header = {
    msg_id: "1",
    msg_type: type,
    session: "s",
    username: "",
    date: "",
    version: "5.5",
  };
  const message: OutgoingMessage = {
    channel: "iopub",
    header,
    parent_header: {},
    metadata: {},
    content,
  };
  return { cell, message };
}

function stream(text: string, name: "stdout" | "stderr" = "stdout"): Output {
  return { output_type: "stream", name, text };
}

function display(text: string): Output {
  return {
    output_type: "display_data",
    data: { "text/plain": text },
    metadata: {},
  };
}

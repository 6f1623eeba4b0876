import assert from "node:assert/strict";
import type { CellProblem } from "../language/mod.ts";
import { parseRequest, type SessionEvent } from "../protocol/mod.ts";
import { reduce } from "./reduce.ts";
import {
  type Action,
  INITIAL_STATE,
  type KernelEvent,
  type KernelState,
} from "./state.ts";

const TOOLS = { codeFrame: () => [], originalColumn: () => 1 };

/** A state to which events happen, one after another. */
class Story {
  state: KernelState = INITIAL_STATE;
  /** What was asked for since it was last looked at, see {@link tell}. */
  #actions: Action[] = [];

  on(event: KernelEvent): this {
    const { state, actions } = reduce(this.state, event, TOOLS);
    this.state = state;
    this.#actions.push(...actions);
    return this;
  }

  /** A request whose `msg_id` is its name here. */
  ask(id: string, type: string, content: Record<string, unknown> = {}): this {
    const header = { msg_id: id, session: "s", msg_type: type };
    const origin = { channel: "shell", route: id } as const;
    const request = parseRequest({ header, content }, origin);
    return this.on({ type: "request", request });
  }

  cell(id: string, content: Record<string, unknown> = {}): this {
    return this.ask(id, "execute_request", { code: id, ...content });
  }

  translated(
    executionId: string,
    check: "off" | "warn" | "strict" = "off",
    problems: readonly CellProblem[] = [],
  ): this {
    return this.on({
      type: "translated",
      executionId,
      name: `cell_${executionId}.ts`,
      result: {
        type: "script",
        hoisted: null,
        body: "",
        shifts: {},
        declares: [],
        imports: [],
      },
      expressions: {},
      check,
      problems,
    });
  }

  session(event: SessionEvent): this {
    return this.on({ type: "session", event });
  }

  print(executionId: string, text: string): this {
    return this.session({ type: "stream", executionId, name: "stdout", text });
  }

  fail(executionId: string): this {
    const report = { name: "Error", message: "m", stack: "" };
    return this.session({
      type: "error",
      executionId,
      background: false,
      report,
    });
  }

  done(
    executionId: string,
    outcome: "ok" | "error" | "interrupted" = "ok",
  ): this {
    return this.session({ type: "done", executionId, outcome });
  }

  /** Says in short what was asked for since the last time, then forgets it. */
  tell(): string[] {
    const told = this.#actions.flatMap((action) => tellAction(action));
    this.#actions = [];
    return told;
  }
}

function tellAction(action: Action): string[] {
  switch (action.type) {
    case "publish": {
      const { content, messageType, parent } = action;
      const what = content.execution_state ?? content.text ??
        content.evalue ?? "";
      return [`${parent.msg_id}: ${messageType} ${what}`.replace(/ $/, "")];
    }
    case "reply": {
      const { asker, messageType, content } = action;
      const count = content.execution_count ?? "";
      return [
        `${asker.header.msg_id}: ${messageType} ${content.status} ${count}`
          .replace(/ $/, ""),
      ];
    }
    case "translate":
      return [`translate ${action.executionId}`];
    case "execute":
      return [`execute ${action.executable.executionId}`];
    case "learn":
      return action.isToCheck ? [`check ${action.executionId}`] : [];
    case "keep-source":
    case "keep-output":
      return [];
    default:
      return [action.type];
  }
}

function check(story: Story, expected: readonly string[]): void {
  assert.deepEqual(story.tell(), expected);
}

Deno.test("reduce() takes a cell from its request to idle", () => {
  const story = new Story().cell("a");
  check(story, ["a: status busy", "a: execute_input", "translate 1"]);
  check(story.translated("1"), ["execute 1"]);
  check(story.print("1", "hi"), ["a: stream hi"]);
  story.session({
    type: "result",
    executionId: "1",
    data: { "text/plain": "1" },
    metadata: {},
  });
  check(story, ["a: execute_result"]);
  check(story.done("1"), ["a: execute_reply ok 1", "a: status idle"]);
});

Deno.test("reduce() answers a cell that fails with its error", () => {
  const story = new Story().cell("a").translated("1").fail("1")
    .done("1", "error");
  assert.deepEqual(story.tell().slice(-3), [
    "a: error m",
    "a: execute_reply error 1",
    "a: status idle",
  ]);
});

Deno.test("reduce() checks the types of a cell beside it, and warns when they are known", () => {
  const story = new Story().cell("a").translated("1", "warn");
  assert.deepEqual(story.tell().slice(-2), ["execute 1", "check 1"]);
  story.done("1").tell();
  const problem = { code: "TS1", message: "no", line: 1, column: 1 };
  story.on({ type: "diagnosed", executionId: "1", problems: [problem] });
  check(story, [
    "a: stream \x1b[1mTS1\x1b[0m Cell [1], line 1, column 1: no\n",
  ]);
  // Nobody could look.
  story.on({ type: "diagnosed", executionId: "1", problems: "why" });
  check(story, ["a: stream Types of Cell [1] were not checked: why\n"]);
  // There is nothing; nobody knows the cell any more.
  story.on({ type: "diagnosed", executionId: "1", problems: [] });
  story.on({ type: "diagnosed", executionId: "7", problems: [problem] });
  check(story, []);
});

Deno.test("reduce() gives nothing of a cell before a restart to one after it", () => {
  const story = new Story().cell("a");
  story.ask("r", "shutdown_request", { restart: true }).cell("b");
  assert.deepEqual(story.tell().slice(-1), ["translate 2"]);
  const problem = { code: "TS1", message: "no", line: 1, column: 1 };
  story.translated("1", "strict", [problem]);
  story.on({ type: "diagnosed", executionId: "1", problems: [problem] });
  check(story, []);
});

Deno.test("reduce() does not run a strict cell with errors of type, nor what waits for it", () => {
  const story = new Story().cell("a").cell("b");
  story.tell();
  const problem = { code: "TS1", message: "no", line: 1, column: 1 };
  story.translated("1", "strict", [problem]);
  check(story, [
    "a: error TS1 no",
    "a: execute_reply error 1",
    "a: status idle",
    "b: status busy",
    "b: execute_reply aborted 1",
    "b: status idle",
  ]);
  story.cell("c").translated("2", "strict");
  assert.deepEqual(story.tell().slice(-1), ["execute 2"]);
});

Deno.test("reduce() answers a cell that can not be translated", () => {
  const story = new Story().cell("a");
  story.tell();
  story.on({
    type: "translated",
    executionId: "1",
    name: "cell_1.ts",
    result: { type: "syntax-error", message: "bad", line: 1, column: 1 },
    expressions: {},
    check: "warn",
    problems: [],
  });
  check(story, [
    "a: error bad",
    "a: execute_reply error 1",
    "a: status idle",
  ]);
});

Deno.test("reduce() runs cells one after another", () => {
  const story = new Story().cell("a").cell("b").translated("1");
  assert.ok(!story.tell().includes("translate 2"));
  check(story.done("1"), [
    "a: execute_reply ok 1",
    "a: status idle",
    "b: status busy",
    "b: execute_input",
    "translate 2",
  ]);
});

Deno.test("reduce() aborts the waiting cells after an error", () => {
  const story = new Story().cell("a").cell("b").cell("c").translated("1");
  story.fail("1").tell();
  check(story.done("1", "error"), [
    "a: execute_reply error 1",
    "a: status idle",
    "b: status busy",
    "b: execute_reply aborted 1",
    "b: status idle",
    "c: status busy",
    "c: execute_reply aborted 1",
    "c: status idle",
  ]);
});

Deno.test("reduce() goes on after an error when stop_on_error is false", () => {
  const story = new Story().cell("a", { stop_on_error: false }).cell("b");
  story.translated("1").fail("1").tell();
  check(story.done("1", "error"), [
    "a: execute_reply error 1",
    "a: status idle",
    "b: status busy",
    "b: execute_input",
    "translate 2",
  ]);
});

Deno.test("reduce() publishes nothing of a silent cell and does not count it", () => {
  const story = new Story().cell("a", { silent: true }).translated("1")
    .print("1", "hi").fail("1").done("1", "error");
  check(story, [
    "a: status busy",
    "translate 1",
    "execute 1",
    "a: execute_reply error 0",
    "a: status idle",
  ]);
  story.cell("b").translated("2").done("2");
  assert.ok(story.tell().includes("b: execute_reply ok 1"));
});

Deno.test("reduce() does not count a cell without history, but shows it", () => {
  const story = new Story().cell("a", { store_history: false })
    .translated("1").print("1", "hi").done("1");
  const told = story.tell();
  assert.ok(told.includes("a: stream hi"));
  assert.ok(told.includes("a: execute_reply ok 0"));
});

Deno.test("reduce() interrupts what runs, and aborts what waits", () => {
  const story = new Story().cell("a").cell("b").translated("1");
  story.tell();
  check(story.ask("i", "interrupt_request"), [
    "i: status busy",
    "interrupt",
  ]);
  check(story.done("1", "interrupted"), [
    "a: error the cell was interrupted",
    "a: execute_reply error 1",
    "a: status idle",
    "b: status busy",
    "b: execute_reply aborted 1",
    "b: status idle",
  ]);
});

Deno.test("reduce() interrupts a cell that the session does not have yet", () => {
  const story = new Story().cell("a");
  story.tell();
  const told = story.ask("i", "interrupt_request").tell();
  assert.deepEqual(told.filter((line) => line.startsWith("a:")), [
    "a: error the cell was interrupted",
    "a: execute_reply error 1",
    "a: status idle",
  ]);
  check(story.translated("1"), []);
});

Deno.test("reduce() passes an interrupt on when nothing runs", () => {
  check(new Story().ask("i", "interrupt_request"), [
    "i: status busy",
    "interrupt",
  ]);
});

Deno.test("reduce() ignores a second end of an execution", () => {
  const story = new Story().cell("a").translated("1").done("1");
  story.tell();
  check(story.done("1", "interrupted"), []);
});

Deno.test("reduce() answers all cells when it shuts down", () => {
  const story = new Story().cell("a").cell("b").translated("1");
  story.tell();
  check(story.ask("x", "shutdown_request", { restart: true }), [
    "x: status busy",
    "a: status busy",
    "a: execute_reply aborted 1",
    "a: status idle",
    "b: status busy",
    "b: execute_reply aborted 1",
    "b: status idle",
    "shutdown",
  ]);
  story.cell("c");
  assert.equal(story.state.executionCount, 1);
});

Deno.test("reduce() tells the running cell that its session has ended", () => {
  const story = new Story().cell("a").cell("b").translated("1");
  story.tell();
  const exit = {
    type: "killed",
    code: 137,
    signal: "SIGKILL",
    message: "it was killed",
  } as const;
  check(story.on({ type: "session-ended", exit }), [
    "a: error it was killed. The next cell starts a new session.",
    "a: execute_reply error 1",
    "a: status idle",
    "b: status busy",
    "b: execute_reply aborted 1",
    "b: status idle",
  ]);
  check(story.on({ type: "session-ended", exit }), [
    "a: stream The session has ended: it was killed. The next cell starts a new session.\n",
  ]);
  check(
    new Story().on({
      type: "session-ended",
      exit: { ...exit, type: "closed" },
    }),
    [],
  );
});

Deno.test("reduce() gives late text to the cell that printed it", () => {
  const story = new Story().cell("a").translated("1").done("1")
    .cell("b").translated("2");
  story.tell();
  check(story.print("1", "late"), ["a: stream late"]);
  check(story.print("unheard of", "x"), []);
});

Deno.test("reduce() shows an error in the background and fails nothing", () => {
  const story = new Story().cell("a").translated("1");
  story.tell();
  const report = { name: "Error", message: "m", stack: "" };
  story.session({ type: "error", executionId: "1", background: true, report });
  assert.match(story.tell().join(), /^a: stream Error in the background\n/);
  check(story.done("1"), ["a: execute_reply ok 1", "a: status idle"]);
});

Deno.test("reduce() keeps text above the budget for the end of its cell", () => {
  const story = new Story().cell("a").translated("1");
  story.tell();
  const line = `${"x".repeat(1023)}\n`;
  story.print("1", line.repeat(4 * 1024));
  assert.equal(story.tell().length, 1);
  check(story.print("1", "held back\n"), []);
  assert.deepEqual(story.done("1").tell()[0], "a: stream held back\n");
});

Deno.test("reduce() bounds what a cell displays, until it is cleared", () => {
  const story = new Story().cell("a").translated("1");
  story.tell();
  const mebibyte = "x".repeat(1024 * 1024);
  const show = (update = false) =>
    story.session({
      type: "display",
      executionId: "1",
      data: { "text/html": mebibyte },
      metadata: {},
      update,
    });
  for (let i = 0; i < 127; i++) show();
  assert.equal(story.tell().length, 127);
  assert.match(show().tell().join(), /^a: stream \[… more displays/);
  check(show(), []);
  assert.equal(show(true).tell().length, 1);
  story.session({ type: "clear", executionId: "1", wait: false });
  assert.equal(show().tell().length, 2);
});

Deno.test("reduce() bounds what a cell opens in the pager", () => {
  const story = new Story().cell("a").translated("1");
  story.tell();
  const data = { "text/plain": "x".repeat(1024 * 1024) };
  for (let i = 0; i < 100; i++) {
    story.session({ type: "page", executionId: "1", data });
  }
  assert.match(story.tell().join(), /^a: stream \[… more pages are not shown/);
  assert.equal(story.state.executions.get("1")?.payload.length, 15);
});

Deno.test("reduce() ends a cell that the kernel has failed at", () => {
  const story = new Story().cell("a").cell("b", {});
  story.tell();
  const blamed = { type: "execution", executionId: "1", isOver: true } as const;
  check(story.on({ type: "failed", blamed, reason: "why" }), [
    "a: error why",
    "a: execute_reply error 1",
    "a: status idle",
    "b: status busy",
    "b: execute_reply aborted 1",
    "b: status idle",
  ]);
});

Deno.test("reduce() fails a cell whose output could not be sent, once it ends", () => {
  const story = new Story().cell("a").translated("1");
  story.tell();
  const blamed = { type: "cell", messageId: "a" } as const;
  check(story.on({ type: "failed", blamed, reason: "why" }), ["a: error why"]);
  check(story.done("1"), ["a: execute_reply error 1", "a: status idle"]);
  // Nothing is left to tell.
  check(story.on({ type: "failed", blamed, reason: "why" }), []);
});

Deno.test("reduce() answers a request that the kernel has failed at", () => {
  const request = parseRequest({
    header: { msg_id: "q", session: "s", msg_type: "history_request" },
    content: { hist_access_type: "tail" },
  }, { channel: "shell", route: 1 });
  const blamed = { type: "asker", asker: request, isIdle: false } as const;
  check(new Story().on({ type: "failed", blamed, reason: "why" }), [
    "q: history_reply error",
    "q: status idle",
  ]);
});

Deno.test("reduce() answers requests that it does not understand", () => {
  check(new Story().ask("q", "odd_request"), [
    "q: status busy",
    "q: odd_reply error",
    "q: status idle",
  ]);
  check(new Story().ask("q", "odd_msg"), ["q: status busy", "q: status idle"]);
});

Deno.test("reduce() says what the kernel is", () => {
  const { actions } = reduce(INITIAL_STATE, {
    type: "request",
    request: parseRequest({
      header: { msg_id: "k", session: "s", msg_type: "kernel_info_request" },
      content: {},
    }, { channel: "control", route: 7 }),
  }, TOOLS);
  const reply = actions.find(({ type }) => type === "reply");
  assert.ok(reply?.type === "reply");
  assert.deepEqual([reply.asker.channel, reply.asker.route], ["control", 7]);
  assert.equal(reply.messageType, "kernel_info_reply");
  assert.equal(reply.content.implementation, "skein");
  assert.equal(reply.content.status, "ok");
});

import assert from "node:assert/strict";
import { TestKernel } from "./open_kernel.ts";

/** A request to run a cell in a subshell: the id travels in the header. */
function runIn(kernel: TestKernel, subshell_id: string, code: string): string {
  const msg_id = crypto.randomUUID();
  kernel.kernel.handle({
    header: { msg_id, session: "t", msg_type: "execute_request", subshell_id },
    content: { code },
  }, { channel: "shell" });
  return msg_id;
}

function repliesTo(kernel: TestKernel, id: string): unknown[] {
  return kernel.messages.filter(({ header, parent_header }) =>
    header.msg_type === "execute_reply" && parent_header.msg_id === id
  ).map(({ content }) => content.status);
}

Deno.test("user_expressions are evaluated after the cell, errors apart", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run("const a: number = 20;", {
    user_expressions: { good: "a * 2 + 2", wrong: "nope", broken: "1 +" },
  });
  const [reply] = run.contents("execute_reply");
  const expressions = reply!.user_expressions as Record<
    string,
    Record<string, unknown>
  >;
  assert.deepEqual(expressions.good, {
    status: "ok",
    data: { "text/plain": "42" },
    metadata: {},
  });
  assert.equal(expressions.wrong!.ename, "ReferenceError");
  assert.equal(expressions.broken!.ename, "SyntaxError");
});

Deno.test("prompt asks the one who sent the cell, and takes the answer", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(
    `[prompt("name?"), prompt("word?", "none", { password: true }), confirm("sure?")]`,
    { allow_stdin: true },
  );
  for (const value of ["Ada", "", "y"]) {
    const asked = run.contents("input_request").length;
    await run.until(
      () => run.contents("input_request").length > asked,
      "a question",
    );
    kernel.request("input_reply", { value });
  }
  assert.equal((await run.ended()).result, `[ "Ada", "none", true ]`);
  assert.deepEqual(
    run.messages.filter(({ header }) => header.msg_type === "input_request")
      .map((
        { channel, content },
      ) => [channel, content.prompt, content.password]),
    [
      ["stdin", "name?", false],
      ["stdin", "word? [none]", true],
      ["stdin", "sure? [y/N] ", false],
    ],
  );
});

Deno.test("a cell that reads stdin does not take the answers of prompt", async () => {
  const readers = [
    `import { createInterface } from "node:readline";
     createInterface({ input: process.stdin });`,
    `import { createInterface as lines } from "node:readline";
     for await (const line of lines({ input: process.stdin })) console.log(line);`,
    `process.stdin.on("data", (data) => console.log("took", data));`,
    `void Deno.stdin.read(new Uint8Array(9)).then((n) => console.log(n));
     console.log(Deno.stdin.readSync(new Uint8Array(9)));`,
    `for await (const bytes of Deno.stdin.readable) console.log(bytes);`,
    `Deno.stdin.close();`,
  ];
  for (const reader of readers) {
    await using kernel = new TestKernel({ languageServer: false });
    const read = await kernel.run(`${reader}\nlet kept = 7; 0`);
    assert.equal(read.result, "0", reader);
    const run = kernel.start(`prompt("who?")`, { allow_stdin: true });
    await run.until(
      () => run.contents("input_request").length === 1,
      "the question",
    );
    kernel.request("input_reply", { value: "ans" });
    assert.equal((await run.ended()).result, '"ans"', reader);
    assert.equal((await kernel.run("kept")).result, "7");
    assert.doesNotMatch(read.text(), /ans|took/);
  }
});

Deno.test("prompt gives null when the front end can not be asked", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`[prompt("name?"), confirm("sure?")]`);
  assert.equal(run.result, "[ null, false ]");
  assert.equal(run.contents("input_request").length, 0);
});

Deno.test("an interrupt ends a question, and state is kept", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(`const kept = 1; prompt("for ever?")`, {
    allow_stdin: true,
  });
  await run.until(
    () => run.contents("input_request").length === 1,
    "the question",
  );
  await kernel.interrupt();
  assert.match((await run.ended()).error, /^KeyboardInterrupt/);
  assert.equal((await kernel.run("kept")).result, "1");
});

Deno.test("an interrupt ends a cell that catches it and asks again", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(
    `const kept = 1; for (;;) try { prompt("again?") } catch {}`,
    { allow_stdin: true },
  );
  await run.until(
    () => run.contents("input_request").length === 1,
    "the question",
  );
  await kernel.interrupt();
  assert.match((await run.ended()).error, /^KeyboardInterrupt/);
  assert.equal(run.contents("input_request").length, 1);
  assert.equal((await kernel.run("kept")).result, "1");
});

Deno.test("cells of a subshell run while one of the main shell awaits", async () => {
  await using kernel = new TestKernel();
  const made = await kernel.request("create_subshell_request").ended();
  const [reply] = made.contents("create_subshell_reply");
  const id = reply!.subshell_id as string;
  const main = kernel.start(
    "let release; await new Promise((resolve) => release = resolve); 'main'",
  );
  await main.until(
    () => main.contents("execute_input").length === 1,
    "the cell's begin",
  );
  const sub = runIn(kernel, id, "while (!release) await 0; release(); 'sub'");
  assert.equal((await main.ended()).result, '"main"');
  await kernel.until(
    () => repliesTo(kernel, sub).length === 1,
    "the subshell's reply",
  );
  assert.deepEqual(repliesTo(kernel, sub), ["ok"]);
  const listed = await kernel.request("list_subshell_request").ended();
  assert.deepEqual(listed.contents("list_subshell_reply")[0]!.subshell_id, [
    id,
  ]);
  await kernel.request("delete_subshell_request", { subshell_id: id }).ended();
  const gone = runIn(kernel, id, "1");
  assert.deepEqual(repliesTo(kernel, gone), ["error"]);
});

Deno.test("completion and inspection answer from the running program", async () => {
  await using kernel = new TestKernel();
  await kernel.run(
    "const inv = { items: 1, price: 2 }; function total(of: number) { return of }",
  );
  const complete = async (code: string) => {
    const cursor_pos = [...code].length;
    const run = await kernel.request("complete_request", { code, cursor_pos })
      .ended();
    return run.contents("complete_reply")[0]!;
  };
  const members = await complete("😀; inv.pr");
  assert.equal((members.matches as string[])[0], "price");
  // Code points: the smiling face counts once.
  assert.deepEqual([members.cursor_start, members.cursor_end], [7, 9]);
  assert.deepEqual((await complete("'a'.toUpp")).matches, ["toUpperCase"]);
  assert.deepEqual((await complete("f().x")).matches, []);
  const inspect = async (code: string) => {
    const cursor_pos = code.length;
    const run = await kernel.request("inspect_request", { code, cursor_pos })
      .ended();
    return run.contents("inspect_reply")[0]!;
  };
  const found = await inspect("total");
  assert.match(
    (found.data as Record<string, string>)["text/plain"]!,
    /^function total\(of/,
  );
  assert.equal((await inspect("unknown")).found, false);
});

Deno.test("completion does not wait for a cell that computes", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start("console.log('begun'); while (true);");
  await run.printed("begun");
  const asked = await kernel.request("complete_request", {
    code: "Math.",
    cursor_pos: 5,
  }).ended();
  assert.equal(asked.status, "ok");
  await kernel.interrupt();
  await run.ended();
});

Deno.test("completion runs no getter of the user's", async () => {
  await using kernel = new TestKernel();
  await kernel.run(
    "let touched = 0; const trap = { get bad() { touched++; return {} } };",
  );
  await kernel.request("complete_request", {
    code: "trap.bad.x",
    cursor_pos: 10,
  })
    .ended();
  assert.equal((await kernel.run("touched")).result, "0");
});

Deno.test("history counts from one again after a restart", async () => {
  await using kernel = new TestKernel();
  await kernel.run("1 + 1");
  await kernel.request("shutdown_request", { restart: true }, "control")
    .ended();
  await kernel.run("2 + 2");
  const asked = await kernel.request("history_request", {
    hist_access_type: "tail",
    n: 5,
    output: true,
  }).ended();
  assert.deepEqual(asked.contents("history_reply")[0]!.history, [
    [1, 1, ["1 + 1", "2"]],
    [2, 1, ["2 + 2", "4"]],
  ]);
});

import assert from "node:assert/strict";
import { Run, TestKernel } from "./open_kernel.ts";

Deno.test("a notebook written for tslab displays through its module", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(`
    import * as tslab from "tslab";
    import { display, newDisplay } from "tslab";
    display.html("<b>1</b>");
    tslab.display.png(new Uint8Array([137, 80, 78, 71]));
    const changing = newDisplay();
    changing.text("before");
    changing.text("after");
  `);
  const { status } = await run.ended();
  assert.equal(status, "ok");
  const shown = run.messages.filter(({ header }) =>
    header.msg_type.endsWith("display_data")
  );
  assert.deepEqual(
    shown.map(({ header, content }) => [header.msg_type, content.data]),
    [
      ["display_data", {
        "text/html": "<b>1</b>",
        "text/plain": "<text/html>",
      }],
      ["display_data", {
        "image/png": "iVBORw==",
        "text/plain": "<image/png>",
      }],
      ["display_data", { "text/plain": "before" }],
      ["update_display_data", { "text/plain": "after" }],
    ],
  );
  assert.equal(run.types.at(-1), "status");
});

Deno.test("what a cell displays without awaiting it comes before its end", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(`
    const slow = {
      async [Symbol.for("Jupyter.display")]() {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { "text/plain": "slow" };
      },
    };
    Deno.jupyter.display(slow);
    1;
  `);
  await run.ended();
  assert.deepEqual(run.types, [
    "status",
    "execute_input",
    "display_data",
    "execute_result",
    "execute_reply",
    "status",
  ]);
});

Deno.test("comms carry messages both ways, with bytes and metadata", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(`
    import { comms } from "skein";
    const comm = comms.open("counter", { value: 1 }, [new Uint8Array([7])], { version: "2.1.0" });
    comm.onMessage = async ({ data, buffers, metadata }) => {
      console.log("got", data.value, buffers[0], metadata);
      await new Promise((resolve) => setTimeout(resolve));
      comm.send({ value: 3 }, [], { late: true });
    };
    comm.onClose = () => { throw new RangeError("closed") };
    comm.send({ value: 2 });
    comm.id;
  `);
  await run.ended();
  const [open] = run.messages.filter(({ header }) =>
    header.msg_type === "comm_open"
  );
  assert.ok(open);
  assert.deepEqual(open.buffers, [new Uint8Array([7])]);
  assert.deepEqual(open.metadata, { version: "2.1.0" });
  assert.deepEqual(run.contents("comm_msg")[0]?.data, { value: 2 });
  const comm_id = open.content.comm_id;
  const say = (msg_id: string, msg_type: string) => {
    kernel.kernel.handle({
      header: { msg_id, session: "s", msg_type },
      content: { comm_id, data: { value: 3 } },
      metadata: { a: 1 },
      buffers: [new Uint8Array([1, 2])],
    }, { channel: "shell" });
    const said = new Run(msg_id, kernel);
    return said.until(
      () => said.contents("status").length === 2,
      "the end of the message",
    );
  };
  // What comes of a message is between its busy and its idle.
  const message = await say("m", "comm_msg");
  assert.deepEqual(message.types, ["status", "stream", "comm_msg", "status"]);
  assert.equal(message.text(), "got 3 Uint8Array(2) [ 1, 2 ] { a: 1 }\n");
  assert.deepEqual(message.messages[2]!.metadata, { late: true });
  const close = await say("c", "comm_close");
  assert.deepEqual(close.types, ["status", "error", "status"]);
  assert.match(close.error, /^RangeError: closed/);
  const after = await say("after", "comm_msg");
  assert.deepEqual(after.types, ["status"]);
});

Deno.test("kernel closes a comm that nobody accepts, before idle, and lists it never", async () => {
  await using kernel = new TestKernel();
  await kernel.run(`
    import { comms } from "skein";
    comms.register("mine", (comm) => comm.send("hello"));
    comms.register("slow", async () => { await new Promise(() => {}) });
    comms.register("broken", () => { throw new Error("no") });
  `);
  const open = (comm_id: string, target_name: string) => {
    const content = { comm_id, target_name, data: {} };
    return kernel.request("comm_open", content);
  };
  const over = (run: Run) =>
    run.until(() => run.contents("status").length === 2, "idle");
  const list = async () => {
    const info = await kernel.request("comm_info_request", {}).ended();
    return info.contents("comm_info_reply")[0]!.comms;
  };
  const refused = open("r", "unknown");
  assert.deepEqual(await list(), {});
  await over(refused);
  assert.deepEqual(refused.types, ["status", "comm_close", "status"]);
  assert.deepEqual(refused.contents("comm_close"), [{
    comm_id: "r",
    data: {},
  }]);
  const accepted = await over(open("a", "mine"));
  assert.deepEqual(accepted.types, ["status", "comm_msg", "status"]);
  const broken = await over(open("b", "broken"));
  assert.deepEqual(broken.types, ["status", "error", "status"]);
  const slow = open("s", "slow");
  await kernel.run("1");
  assert.deepEqual(await list(), {
    a: { target_name: "mine" },
    b: { target_name: "broken" },
    s: { target_name: "slow" },
  });
  assert.deepEqual(slow.types, ["status"]);
  await kernel.request("interrupt_request", {}, "control").ended();
  await over(slow);
  assert.deepEqual(slow.types, ["status", "error", "status"]);
});

Deno.test("Deno.jupyter.broadcast sends messages of any type, with metadata and bytes", async () => {
  await using kernel = new TestKernel();
  const cells = [
    'await Deno.jupyter.broadcast("stream", { name: "stdout", text: "streamed\\n" });',
    'await Deno.jupyter.broadcast("comm_open", { comm_id: "c", target_name: "my.target", data: { a: 1 } }, { metadata: { version: "2.1.0" } });',
    'await Deno.jupyter.broadcast("comm_msg", { comm_id: "c", data: { a: 2 } }, { buffers: [new Uint8Array([1, 2]), new Uint16Array([3]).buffer] });',
    'await Deno.jupyter.broadcast("custom.type", { any: ["thing"] }, { metadata: { m: 1 }, buffers: [new DataView(new ArrayBuffer(1))] });',
    'await Deno.jupyter.broadcast("display_data", { data: { "text/plain": "x" }, metadata: {}, transient: { display_id: "d" } });',
    'await Deno.jupyter.broadcast("update_display_data", { data: { "text/plain": "y" }, transient: { display_id: "d" } }, { metadata: { m: 2 } });',
    'await Deno.jupyter.broadcast("execute_result", { data: { "text/plain": "z" } });',
    'await Deno.jupyter.broadcast("error", { ename: "E", evalue: "v", traceback: [] });',
  ];
  const sent = [];
  for (const code of cells) {
    const run = await kernel.run(code);
    const [message] = run.messages.filter(({ header, channel }) =>
      channel === "iopub" &&
      !["status", "execute_input"].includes(header.msg_type)
    );
    sent.push({
      type: message!.header.msg_type,
      content: message!.content,
      metadata: message!.metadata,
      buffers: (message!.buffers ?? []).map((bytes) => [...bytes]),
    });
  }
  const plain = { metadata: {}, buffers: [] };
  const display = { metadata: {}, transient: { display_id: "d" } };
  assert.deepEqual(sent, [
    {
      type: "stream",
      content: { name: "stdout", text: "streamed\n" },
      ...plain,
    },
    {
      type: "comm_open",
      content: { comm_id: "c", target_name: "my.target", data: { a: 1 } },
      metadata: { version: "2.1.0" },
      buffers: [],
    },
    {
      type: "comm_msg",
      content: { comm_id: "c", data: { a: 2 } },
      metadata: {},
      buffers: [[1, 2], [3, 0]],
    },
    {
      type: "custom.type",
      content: { any: ["thing"] },
      metadata: { m: 1 },
      buffers: [[0]],
    },
    {
      type: "display_data",
      content: { data: { "text/plain": "x" }, ...display },
      ...plain,
    },
    {
      type: "update_display_data",
      content: { data: { "text/plain": "y" }, ...display },
      metadata: { m: 2 },
      buffers: [],
    },
    {
      type: "execute_result",
      content: {
        data: { "text/plain": "z" },
        metadata: {},
        execution_count: 7,
      },
      ...plain,
    },
    {
      type: "error",
      content: { ename: "E", evalue: "v", traceback: [] },
      ...plain,
    },
  ]);
  const listed = await kernel.request("comm_info_request", {}).ended();
  assert.deepEqual(listed.contents("comm_info_reply")[0]!.comms, {
    c: { target_name: "my.target" },
  });
  for (
    const [args, expected] of [
      ['"status", { execution_state: "idle" }', /only the kernel knows it/],
      ["5, {}", /its type is 5, expected a string/],
      ['"x"', /its content is undefined, expected an object/],
    ] as const
  ) {
    const run = await kernel.run(`await Deno.jupyter.broadcast(${args})`);
    assert.match(run.error, expected);
  }
  const wrong = await kernel.run(
    'await Deno.jupyter.broadcast("error", { ename: 5 }); await Deno.jupyter.broadcast("stream", { name: "x", text: "y" })',
  );
  assert.match(
    wrong.text("stderr"),
    /Cannot broadcast "error": "ename" is wrong/,
  );
  assert.match(
    wrong.text("stderr"),
    /Cannot broadcast "stream": "name" is wrong/,
  );
});

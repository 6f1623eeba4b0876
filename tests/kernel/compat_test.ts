import assert from "node:assert/strict";
import { TestKernel } from "./open_kernel.ts";

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
      ["display_data", { "text/html": "<b>1</b>" }],
      ["display_data", { "image/png": "iVBORw==" }],
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

Deno.test("comms carry messages both ways, with bytes", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(`
    import { comms } from "skein";
    const comm = comms.open("counter", { value: 1 }, [new Uint8Array([7])]);
    comm.onMessage = ({ data, buffers }) =>
      console.log("got", data.value, buffers[0]);
    comm.send({ value: 2 });
    comm.id;
  `);
  await run.ended();
  const [open] = run.messages.filter(({ header }) =>
    header.msg_type === "comm_open"
  );
  assert.ok(open);
  assert.deepEqual(open.buffers, [new Uint8Array([7])]);
  assert.deepEqual(run.contents("comm_msg")[0]?.data, { value: 2 });
  kernel.kernel.handle({
    header: { msg_id: "m", session: "s", msg_type: "comm_msg" },
    content: { comm_id: open.content.comm_id, data: { value: 3 } },
    buffers: [new Uint8Array([1, 2])],
  }, { channel: "shell" });
  await run.printed("got 3 Uint8Array(2) [ 1, 2 ]");
});

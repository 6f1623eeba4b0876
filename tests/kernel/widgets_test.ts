import assert from "node:assert/strict";
import { type Run, TestKernel } from "./open_kernel.ts";

/** Sets a control as a front end does that shows it. */
function setter(kernel: TestKernel, run: Run): (value: number) => Run {
  const opened = run.contents("comm_open").find(({ data }) =>
    (data as { state: { _model_name: string } }).state._model_name ===
      "IntSliderModel"
  )!;
  const { comm_id } = opened;
  return (value) =>
    kernel.request("comm_msg", {
      comm_id,
      data: { method: "update", state: { value }, buffer_paths: [] },
    });
}

/** Texts that an output was replaced by, in the name of a cell. */
function updates(run: Run): unknown[] {
  return run.contents("update_display_data").map(({ data }) =>
    (data as Record<string, string>)["text/plain"]
  );
}

const idle = (run: Run) =>
  run.until(
    () => run.contents("status").at(-1)?.execution_state === "idle",
    "idle",
  );

Deno.test("a control's work runs again under its own cell, one at a time, and beside no cell", async () => {
  await using kernel = new TestKernel();
  const first = await kernel.run(`
    import { comms, slider } from "skein";
    const log: string[] = [];
    let open = () => {};
    comms.register("open", () => open());
    await slider("n", 1, 8).rerun(async (n) => {
      log.push("begin " + n);
      console.log("with", n);
      if (n > 1) await new Promise<void>((resolve) => open = resolve);
      log.push("end " + n);
      return n * 10;
    });
  `);
  assert.equal(first.status, "ok", first.error);
  assert.deepEqual(updates(first), ["n: 1", "10"]);
  const set = setter(kernel, first);
  const letEnd = () =>
    idle(
      kernel.request("comm_open", {
        comm_id: crypto.randomUUID(),
        target_name: "open",
        data: {},
      }),
    );

  const turns = [set(2)];
  await first.printed("with 2");
  // Values that come meanwhile: the last one waits. So does a cell.
  turns.push(set(3), set(4), set(5));
  const cell = kernel.start(`log.push("cell")`);
  const isOver = () => updates(first).at(-1) === "50" && cell.status === "ok";
  while (!isOver()) await letEnd();
  await Promise.all(turns.map(idle));
  assert.deepEqual(updates(first), ["n: 1", "10", "n: 2", "20", "n: 5", "50"]);
  const { result } = await kernel.run(`log.join()`);
  // The cell came between two of them, or after the last.
  assert.match(
    String(result),
    /^"begin 1,end 1,begin 2,end 2,(cell,begin 5,end 5|begin 5,end 5,cell)"$/,
  );
});

Deno.test("an interrupt ends a control's work, and the next one runs", async () => {
  await using kernel = new TestKernel();
  const first = await kernel.run(`
    import { slider } from "skein";
    let kept = 1;
    await slider("n", 1, 8).rerun(async (n) => {
      console.log("with", n);
      if (n === 2) while (true) {}
      if (n === 3) await new Promise(() => {});
      if (n === 4) throw new RangeError("no " + n);
      return "made " + n;
    });
  `);
  const set = setter(kernel, first);
  for (const n of [2, 3]) {
    const turn = set(n);
    await first.printed(`with ${n}`);
    await kernel.interrupt();
    await idle(turn);
    // A cell that waits for such work is not kept by it.
    assert.equal((await kernel.run("kept")).result, "1");
  }
  await idle(set(4));
  await idle(set(5));
  assert.deepEqual(updates(first).slice(2), [
    "n: 2",
    "KeyboardInterrupt: the work was interrupted",
    "n: 3",
    "KeyboardInterrupt: the work was interrupted",
    "n: 4",
    "RangeError: no 4",
    "n: 5",
    "made 5",
  ]);
});

Deno.test("what draws a widget asks for its state again after a reload", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`
    import { widget } from "skein";
    const shown = widget({
      state: { at: 1, bytes: new Uint8Array([5]) },
      render: ({ el }) => el.textContent = "here",
    });
    shown
  `);
  const [{ comm_id }] = run.contents("comm_open") as [{ comm_id: string }];
  await kernel.run("shown.set({ at: 4 })");
  const asked = await idle(
    kernel.request("comm_msg", { comm_id, data: { method: "request_state" } }),
  );
  const [said] = asked.messages.filter(({ header }) =>
    header.msg_type === "comm_msg"
  );
  const { state, buffer_paths } = said!.content.data as {
    state: Record<string, unknown>;
    buffer_paths: unknown;
  };
  assert.deepEqual([state.at, buffer_paths], [4, [["bytes"]]]);
  assert.deepEqual(said!.buffers, [new Uint8Array([5])]);
  const listed = await kernel.request("comm_info_request", {}).ended();
  assert.deepEqual(listed.contents("comm_info_reply")[0]!.comms, {
    [comm_id]: { target_name: "jupyter.widget" },
  });
});

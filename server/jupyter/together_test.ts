/**
 * Several front ends on one notebook and one kernel.
 * @module
 */
import assert from "node:assert/strict";
import { TestClient } from "./test_client.ts";
import { type TestServer, withServer } from "./test_server.ts";

function notebook(...sources: readonly string[]): Record<string, unknown> {
  return {
    cells: sources.map((source, index) => ({
      cell_type: "code",
      id: `c${index}`,
      metadata: {},
      source,
      outputs: [],
      execution_count: null,
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
}

async function openSession({ ask, file }: TestServer, path: string) {
  await Deno.writeTextFile(file(path), JSON.stringify(notebook("1 + 1", "2")));
  const { json } = await ask("POST", "api/sessions", {
    path,
    type: "notebook",
    name: path,
    kernel: { name: "skein" },
  });
  const { kernel } = json as { readonly kernel: { readonly id: string } };
  return kernel.id;
}

Deno.test("what a client runs in a cell is the document's, also if it leaves", () =>
  withServer({}, async (server) => {
    const { ask } = server;
    const id = await openSession(server, "a.ipynb");
    const client = await TestClient.open(server, id);
    client.run("x1", "6 * 7", "c0");
    assert.equal((await client.answered("x1")).status, "ok");
    const cell = async (index: number) => {
      const { json } = await ask("GET", "api/contents/a.ipynb");
      return (json as { content: { cells: Shown[] } }).content.cells[index]!;
    };
    assert.equal((await cell(0)).execution_count, 1);
    assert.match(JSON.stringify((await cell(0)).outputs), /"42"/);
    // It goes away while a cell runs.
    client.run(
      "x2",
      "await new Promise((r) => setTimeout(r, 50)); 'late'",
      "c1",
    );
    await client.until(({ parent_header }) => parent_header.msg_id === "x2");
    await client.close();
    const again = await TestClient.open(server, id);
    assert.equal((await again.answered("x2")).status, "ok");
    assert.match(JSON.stringify((await cell(1)).outputs), /late/);
    // What was meant for it while it was away is there once, and in order.
    const types = again.heard.filter((one) => one.parent_header.msg_id === "x2")
      .map(({ header }) => header.msg_type);
    assert.deepEqual(
      types.filter((type) => type === "execute_result").length,
      1,
    );
    assert.ok(types.indexOf("execute_result") < types.indexOf("execute_reply"));
    await again.close();
  }));

interface Shown {
  readonly outputs: unknown[];
  readonly execution_count: number | null;
  readonly source: string;
}

Deno.test("a save is a merge with what was changed since, and figures stay trusted", () =>
  withServer({}, async (server) => {
    const { ask, file } = server;
    const id = await openSession(server, "a.ipynb");
    const client = await TestClient.open(server, id);
    const get = async () =>
      (await ask("GET", "api/contents/a.ipynb?hash=1")).json as {
        hash: string;
        content: { cells: Cell[] };
      };
    const put = async (content: unknown) =>
      (await ask("PUT", "api/contents/a.ipynb", { type: "notebook", content }))
        .json as { hash: string };
    const check = async () =>
      (await ask("GET", "api/contents/a.ipynb?content=0&hash=1")).json as {
        hash: string;
      };
    const had = await get();
    // Running changes no hash: else a client would be asked after each cell.
    client.run("x", "1 + 1", "c0");
    await client.answered("x");
    assert.equal((await check()).hash, had.hash);
    // Another program changes the file; the client has edited another cell.
    const other = notebook("1 + 1", "changed outside");
    await Deno.writeTextFile(file("a.ipynb"), JSON.stringify(other));
    const deadline = AbortSignal.timeout(20_000);
    while ((await check()).hash === had.hash) {
      assert.ok(!deadline.aborted, "the change outside is seen");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const mine = structuredClone(had.content);
    mine.cells[0]!.source = "edited here";
    mine.cells[0]!.metadata = { trusted: true };
    mine.cells[0]!.outputs = [{
      output_type: "display_data",
      data: { "image/svg+xml": "<svg/>" },
      metadata: {},
    }];
    const saved = await put(mine);
    const now = await get();
    assert.deepEqual(now.content.cells.map(({ source }) => source), [
      "edited here",
      "changed outside",
    ]);
    // The client is told that there is more than it has.
    assert.notEqual(saved.hash, now.hash);
    assert.equal(now.content.cells[0]!.metadata.trusted, true);
    // Now it has all of it: what it saves is what there is.
    assert.equal((await put(now.content)).hash, (await check()).hash);
    const text = await Deno.readTextFile(file("a.ipynb"));
    assert.ok(!text.includes("trusted"));
    await client.close();
  }));

interface Cell {
  source: string;
  metadata: Record<string, unknown>;
  outputs: unknown[];
}

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

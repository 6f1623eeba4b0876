/**
 * The REST side of the Jupyter face: what clients may rely on.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestServer, withServer } from "./test_server.ts";

/** JSON whose fields are looked at without asking whether they are there. */
interface Json {
  readonly [key: string]: Json;
}

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

async function write(
  { file }: TestServer,
  name: string,
  ...sources: readonly string[]
): Promise<void> {
  await Deno.writeTextFile(file(name), JSON.stringify(notebook(...sources)));
}

Deno.test("kernels, sessions and the rest answer as Jupyter Server does", () =>
  withServer({ basePath: "/user/ada/" }, async (server) => {
    const { ask } = server;
    await write(server, "a.ipynb", "1");
    const check = async (
      method: string,
      path: string,
      status: number,
      body?: unknown,
    ) => {
      const answer = await ask(method, path, body);
      assert.equal(answer.status, status, `${method} ${path}`);
      return answer.json as Json;
    };
    const { version } = await check("GET", "api", 200);
    assert.match(String(version), /^\d+\.\d+/);
    const me = await check("GET", "api/me", 200);
    assert.equal(me.identity!.display_name, "Ada");
    const specs = await check("GET", "api/kernelspecs", 200);
    const logo = specs.kernelspecs!.skein!.resources!["logo-32x32"];
    assert.equal(logo, "/user/ada/kernelspecs/skein/logo-32x32.png");
    await check("GET", "kernelspecs/skein/logo-32x32.png", 200);
    await check("GET", "kernelspecs/skein/kernel.json", 404);
    await check("GET", "api/kernelspecs/python3", 404);
    assert.deepEqual(await check("GET", "api/kernels", 200), []);
    const kernel = await check("POST", "api/kernels", 201, { name: "skein" });
    const id = String(kernel.id);
    // What the gateway's client parses.
    assert.match(
      String(kernel.last_activity),
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/,
    );
    await check("GET", `api/kernels/${id}`, 200);
    await check("POST", `api/kernels/${id}/interrupt`, 204);
    await check("POST", `api/kernels/${id}/restart`, 200);
    await check("DELETE", `api/kernels/${id}`, 204);
    await check("DELETE", `api/kernels/${id}`, 404);
    await check("GET", `api/kernels/${id}`, 404);
    await check("GET", `api/kernels/${id}/channels`, 404);
    await check("POST", "api/kernels", 404, { name: "python3" });
    await check("POST", "api/sessions", 400, { path: "a.ipynb" });
    await check("POST", "api/sessions", 400, { type: "notebook" });
    const wrong = await check("POST", "api/sessions", 501, {
      path: "a.ipynb",
      type: "notebook",
      kernel: { name: "python3" },
    });
    assert.equal(wrong.short_message, "No such kernel: python3");
    const wanted = { path: "a.ipynb", type: "notebook", name: "" };
    const session = await check("POST", "api/sessions", 201, wanted);
    const again = await check("POST", "api/sessions", 201, wanted);
    assert.equal(again.id, session.id);
    assert.equal(again.notebook!.path, "a.ipynb");
    const moved = await check("PATCH", `api/sessions/${session.id}`, 200, {
      path: "b.ipynb",
    });
    assert.equal(moved.path, "b.ipynb");
    await check("DELETE", `api/kernels/${session.kernel!.id}`, 204);
    await check("GET", `api/sessions/${session.id}`, 410);
    // Two sessions of one kernel: it ends with the second.
    const shared = await check("POST", "api/kernels", 201, {});
    const of = { type: "console", kernel: { id: shared.id } };
    const one = await check("POST", "api/sessions", 201, { path: "x", ...of });
    const two = await check("POST", "api/sessions", 201, { path: "y", ...of });
    await check("DELETE", `api/sessions/${one.id}`, 204);
    await check("GET", `api/kernels/${shared.id}`, 200);
    await check("DELETE", `api/sessions/${two.id}`, 204);
    await check("GET", `api/kernels/${shared.id}`, 404);
    // A notebook that is removed takes its kernel along, and may come again.
    await write(server, "gone.ipynb", "1");
    const its = { path: "gone.ipynb", type: "notebook" };
    const last = await check("POST", "api/sessions", 201, its);
    await check("DELETE", "api/contents/gone.ipynb", 204);
    await check("GET", `api/kernels/${last.kernel!.id}`, 404);
    await write(server, "gone.ipynb", "2");
    const next = await check("POST", "api/sessions", 201, its);
    assert.notEqual(next.kernel!.id, last.kernel!.id);
    await check("DELETE", `api/sessions/${next.id}`, 204);
    await check("GET", "api/terminals", 404);
    await check("GET", "api/nbconvert", 200);
    const convert = await check("GET", "nbconvert/html/a.ipynb", 501);
    assert.match(String(convert.message), /skein export/);
    assert.deepEqual(await check("GET", "api/config/notebook", 200), {});
    await check("PATCH", "api/config/notebook", 200, { a: 1, b: { c: 2 } });
    assert.deepEqual(
      await check("PATCH", "api/config/notebook", 200, { a: null }),
      { b: { c: 2 } },
    );
    await check("PUT", "api/kernels", 405);
    await check("GET", "api/nothing", 404);
    await check("POST", "api/kernels", 400, "text");
    const status = await check("GET", "api/status", 200);
    assert.equal(status.kernels, 0);
  }));

Deno.test("contents are made, read, saved, moved and removed", () =>
  withServer({}, async (server) => {
    const { ask, file } = server;
    const check = async (
      [method, path, body]: readonly [string, string, unknown?],
      status: number,
    ) => {
      const answer = await ask(method, `api/contents${path}`, body);
      assert.equal(
        answer.status,
        status,
        `${method} ${path}: ${JSON.stringify(answer.json)}`,
      );
      return answer.json as Json;
    };
    const names: string[] = [];
    for (
      const body of [
        { type: "notebook" },
        { type: "notebook" },
        { type: "directory" },
        { type: "directory" },
        { type: "file", ext: ".txt" },
        { ext: "ts" },
      ]
    ) names.push(String((await check(["POST", "", body], 201)).path));
    assert.deepEqual(names, [
      "Untitled.ipynb",
      "Untitled1.ipynb",
      "Untitled Folder",
      "Untitled Folder 1",
      "untitled.txt",
      "untitled.ts",
    ]);
    const copy = await check(
      ["POST", "/Untitled%20Folder", { copy_from: "/Untitled.ipynb" }],
      201,
    );
    assert.equal(copy.path, "Untitled Folder/Untitled-Copy1.ipynb");
    await check(["DELETE", "/Untitled%20Folder"], 400);
    await check(["DELETE", "/Untitled%20Folder%201"], 204);
    const moved = await check(
      ["PATCH", "/untitled.txt", { path: "Untitled Folder/ü ?#%.txt" }],
      200,
    );
    assert.equal(moved.name, "ü ?#%.txt");
    await check(["PATCH", "/untitled.ts", { path: "Untitled.ipynb" }], 409);
    await check(["PATCH", "/untitled.ts", {}], 400);
    await check(["PATCH", "/none", { path: "x" }], 404);
    const url = `/Untitled%20Folder/${encodeURIComponent("ü ?#%.txt")}`;
    const text = { type: "file", format: "text", content: "a\r\nü" };
    await check(["PUT", url, text], 200);
    const read = await check(["GET", `${url}?hash=1`], 200);
    assert.deepEqual(
      [read.content, read.format, read.mimetype, read.size],
      ["a\r\nü", "text", "text/plain", 5],
    );
    assert.match(String(read.hash), /^[0-9a-f]{64}$/);
    const bytes = { type: "file", format: "base64", content: "AP8=" };
    await check(["PUT", "/b.bin", bytes], 201);
    assert.equal((await check(["GET", "/b.bin"], 200)).content, "AP8=");
    await check(["GET", "/b.bin?format=text"], 400);
    await check(["GET", "/b.bin?type=directory"], 400);
    await check(["GET", "/Untitled%20Folder?type=file"], 400);
    await check(["PUT", "/b.bin", { ...bytes, content: "%%" }], 400);
    await check(["PUT", "/none/b.bin", bytes], 404);
    await check(["PUT", "/new", { type: "directory" }], 201);
    await check(["PUT", "/x.ipynb", { type: "notebook", content: {} }], 400);
    await check(["PUT", "/x.txt", { type: "notebook", content: {} }], 400);
    // Large files come in parts.
    for (const [chunk, content] of [[1, "AQ=="], [2, "Ag=="], [-1, "Aw=="]]) {
      await check(
        ["PUT", "/parts", { ...bytes, chunk, content }],
        chunk === 1 ? 201 : 200,
      );
    }
    assert.deepEqual(
      await Deno.readFile(file("parts")),
      new Uint8Array([1, 2, 3]),
    );
    const listed = await check(["GET", ""], 200);
    assert.deepEqual(
      (listed.content as unknown as Json[]).map(({ name, type }) =>
        `${name}:${type}`
      ).sort(),
      [
        "Untitled Folder:directory",
        "Untitled.ipynb:notebook",
        "Untitled1.ipynb:notebook",
        "b.bin:file",
        "new:directory",
        "parts:file",
        "untitled.ts:file",
      ],
    );
    assert.equal((await check(["GET", "?content=0"], 200)).content, null);
    // Raw files, as they are linked.
    const raw = await ask("GET", `files/${url.slice(1)}?download`);
    assert.equal(raw.json, "a\r\nü");
    assert.equal((await ask("GET", "files/new")).status, 404);
    // A checkpoint brings back what was there, of a notebook too.
    await write(server, "n.ipynb", "old");
    assert.deepEqual(await check(["GET", "/n.ipynb/checkpoints"], 200), []);
    await check(["POST", "/n.ipynb/checkpoints"], 201);
    const content = notebook("new");
    await check(["PUT", "/n.ipynb", { type: "notebook", content }], 200);
    await check(["POST", "/n.ipynb/checkpoints/other"], 404);
    await check(["POST", "/n.ipynb/checkpoints/checkpoint"], 204);
    const back = await check(["GET", "/n.ipynb"], 200);
    assert.equal((back.content!.cells as unknown as Json[])[0]!.source, "old");
    await check(["DELETE", "/n.ipynb/checkpoints/checkpoint"], 204);
  }));

Deno.test("saving an unchanged notebook gives the same bytes", () =>
  withServer({}, async ({ ask, file }) => {
    const text = `${JSON.stringify(notebook("a\nb"), null, 4)}\n\n`;
    await Deno.writeTextFile(file("a.ipynb"), text);
    const { json } = await ask("GET", "api/contents/a.ipynb");
    await ask("PUT", "api/contents/a.ipynb", json);
    assert.equal(await Deno.readTextFile(file("a.ipynb")), text);
  }));

Deno.test("no path leads out of the folder, in whatever form it is written", () =>
  withServer({}, async ({ ask, folder, file }) => {
    const outside = await Deno.makeTempDir({ dir: join(folder, "..") });
    try {
      await Deno.writeTextFile(join(outside, "secret"), "s");
      await Deno.writeTextFile(file(".hidden"), "s");
      await Deno.mkdir(file("in"));
      await Deno.symlink(join(outside, "secret"), file("link"));
      await Deno.symlink(outside, file("out"));
      await Deno.symlink(join(outside, "new"), file("dangling"));
      const name = outside.split("/").at(-1)!;
      const paths = [
        `..%2f${name}%2fsecret`,
        `%2e%2e/${name}/secret`,
        `..%2F${name}/secret`,
        `in/..%2f..%2f${name}%2fsecret`,
        `in%2f..%2f..%2f${name}/secret`,
        `..%5c${name}%5csecret`,
        `....//${name}/secret`,
        `%c0%ae%c0%ae/${name}/secret`,
        `%2f${outside.slice(1)}%2fsecret`,
        `/${outside}/secret`,
        `.hidden`,
        `in/.hidden`,
        `link`,
        `out/secret`,
        `out%2fsecret`,
        `dangling`,
        `secret%00.txt`,
        `C%3a/secret`,
        `in/../../${name}/secret`,
      ];
      const base = { type: "file", format: "text", content: "evil" };
      for (const path of paths) {
        for (
          const [method, route, body] of [
            ["GET", `api/contents/${path}`],
            ["GET", `files/${path}`],
            ["PUT", `api/contents/${path}`, base],
            ["POST", `api/contents/${path}`, { type: "file" }],
            ["POST", `api/contents`, { copy_from: decode(path) }],
            ["PATCH", `api/contents/${path}`, { path: "taken" }],
            ["PATCH", `api/contents/in`, { path: decode(path) }],
            ["POST", `api/contents/${path}/checkpoints`],
            ["POST", `api/contents/${path}/checkpoints/checkpoint`],
          ] as const
        ) {
          // Links themselves may be renamed; where they lead may not.
          if (method === "PATCH" && /^(link|dangling)$/.test(path)) continue;
          const answer = await ask(method, route, body);
          assert.ok(
            answer.status >= 400 && answer.status < 500,
            `${method} ${route} ${JSON.stringify(body)} gave ${answer.status}`,
          );
          assert.ok(!JSON.stringify(answer.json).includes('"s"'));
        }
      }
      const names = await Array.fromAsync(Deno.readDir(outside));
      assert.deepEqual(names.map((one) => one.name), ["secret"]);
      assert.equal(await Deno.readTextFile(join(outside, "secret")), "s");
      assert.deepEqual(await Array.fromAsync(Deno.readDir(file("in"))), []);
      const { json } = await ask("GET", "api/contents");
      const shown = (json as { content: { name: string }[] }).content;
      assert.deepEqual(shown.map((one) => one.name), ["in"]);
      // Removing a link removes the link.
      assert.equal((await ask("DELETE", "api/contents/link")).status, 204);
      assert.equal(await Deno.readTextFile(join(outside, "secret")), "s");
      assert.equal((await ask("DELETE", "api/contents/")).status, 404);
      // Decoded once: this is an odd name, and no way out.
      const odd = `%252e%252e%252f${name}%252fsecret`;
      assert.equal((await ask("PUT", `api/contents/${odd}`, base)).status, 201);
      const inside = `%2e%2e%2f${name}%2fsecret`;
      assert.equal(await Deno.readTextFile(file(inside)), "evil");
    } finally {
      await Deno.remove(outside, { recursive: true });
    }
  }));

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

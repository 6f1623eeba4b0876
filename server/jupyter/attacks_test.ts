/**
 * Who has no business here: without the token, from elsewhere, too large, too
 * many, or silent.
 * @module
 */
import assert from "node:assert/strict";
import { TestClient } from "./test_client.ts";
import { type TestServer, withServer } from "./test_server.ts";

/** Every route that there is, as `METHOD path`. */
const ROUTES = [
  "GET api/status",
  "GET api/me",
  "GET api/kernels",
  "POST api/kernels",
  "GET api/kernels/x",
  "DELETE api/kernels/x",
  "POST api/kernels/x/interrupt",
  "POST api/kernels/x/restart",
  "GET api/kernels/x/channels",
  "GET api/kernelspecs",
  "GET api/kernelspecs/skein",
  "GET kernelspecs/skein/logo-32x32.png",
  "GET api/sessions",
  "POST api/sessions",
  "GET api/sessions/x",
  "PATCH api/sessions/x",
  "DELETE api/sessions/x",
  "GET api/contents",
  "GET api/contents/a.txt",
  "PUT api/contents/b.txt",
  "POST api/contents",
  "PATCH api/contents/a.txt",
  "DELETE api/contents/a.txt",
  "GET api/contents/a.txt/checkpoints",
  "POST api/contents/a.txt/checkpoints",
  "POST api/contents/a.txt/checkpoints/checkpoint",
  "DELETE api/contents/a.txt/checkpoints/checkpoint",
  "GET files/a.txt",
  "GET api/events/subscribe",
  "GET api/config/x",
  "PUT api/config/x",
  "PATCH api/config/x",
  "GET api/nbconvert",
  "GET nbconvert/html/a.ipynb",
  "GET api/terminals",
  "POST api/terminals",
  "POST api/shutdown",
  "GET api/nothing",
  "GET lab",
  "GET files",
  "POST new",
  "GET terminals/websocket/1",
];

Deno.test("no route answers without the token, nor for a foreign page or host", () =>
  withServer({}, async ({ url, port, token, file }) => {
    await Deno.writeTextFile(file("a.txt"), "secret");
    const check = async (
      headers: Readonly<Record<string, string>>,
      expected: number,
    ) => {
      for (const route of ROUTES) {
        const [method, path] = route.split(" ") as [string, string];
        const answer = await fetch(url + path, {
          method,
          headers,
          redirect: "manual",
        });
        const text = await answer.text();
        assert.equal(
          answer.status,
          expected,
          `${route} ${JSON.stringify(headers)}`,
        );
        assert.ok(!text.includes("secret"), route);
      }
    };
    await check({}, 403);
    await check({ authorization: `token ${token.slice(1)}` }, 403);
    await check({ authorization: "token " }, 403);
    await check({ cookie: `skein-${port}=${token}; _xsrf=1` }, 403);
    await check(
      { authorization: `token ${token}`, origin: "http://evil.example" },
      403,
    );
    await check({ authorization: `token ${token}`, origin: "null" }, 403);
    assert.equal(await Deno.readTextFile(file("a.txt")), "secret");
    // The token in the path, for those who can say it nowhere else.
    for (const [said, status] of [[token, 200], [token.slice(1), 403]]) {
      const answer = await fetch(`${url}t/${said}/api/status`);
      await answer.body?.cancel();
      assert.equal(answer.status, status);
    }
    // A WebSocket is a request as well.
    for (const query of ["", "?token=x", `?token=${token.toUpperCase()}`]) {
      const socket = new WebSocket(
        `ws://127.0.0.1:${port}/api/kernels/x/channels${query}`,
      );
      await new Promise((resolve) => socket.onerror = resolve);
    }
  }));

Deno.test("a cookie changes nothing without what the page says besides", () =>
  withServer({ basePath: "/b/" }, async ({ url, port, token }) => {
    const login = async (password: string, xsrf?: string) => {
      const page = await fetch(`${url}login`);
      const text = await page.text();
      const found = /name="_xsrf" value="(\w+)"/.exec(text)![1]!;
      const answer = await fetch(`${url}login?next=//evil.example/`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ _xsrf: xsrf ?? found, password }),
      });
      await answer.body?.cancel();
      return { answer, xsrf: found };
    };
    assert.equal((await login("wrong")).answer.status, 401);
    assert.equal((await login(token, "forged")).answer.status, 403);
    const { answer, xsrf } = await login(token);
    assert.equal(answer.status, 302);
    // Never elsewhere, whatever the address says.
    assert.equal(answer.headers.get("location"), "/b/");
    const [session = "", second = ""] = answer.headers.getSetCookie();
    assert.match(
      session,
      new RegExp(
        `^skein-${port}=\\w{64}; Path=/b/; SameSite=Strict; HttpOnly$`,
      ),
    );
    assert.match(second, /^_xsrf=\w{64}; Path=\/b\/; SameSite=Strict$/);
    const cookie = session.split(";")[0]!;
    const status = async (
      method: string,
      headers: Readonly<Record<string, string>>,
    ) => {
      const answer = await fetch(`${url}api/kernels`, {
        method,
        headers: { cookie, ...headers },
      });
      await answer.body?.cancel();
      return answer.status;
    };
    assert.equal(await status("GET", {}), 200);
    assert.equal(await status("POST", {}), 403);
    assert.equal(await status("POST", { "x-xsrftoken": "forged" }), 403);
    assert.equal(await status("POST", { "x-xsrftoken": xsrf }), 201);
    // Another port of this host is another site's page.
    assert.equal(await status("GET", { "sec-fetch-site": "same-site" }), 403);
    assert.equal(
      await status("GET", {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "no-cors",
      }),
      403,
    );
    // Our own page is entered with the token in the fragment, not by the cookie.
    const page = await fetch(`${url}notebook/a.ipynb`, {
      headers: { cookie, accept: "text/html" },
      redirect: "manual",
    });
    await page.body?.cancel();
    assert.equal(
      page.headers.get("location"),
      `/b/notebook/a.ipynb?entered#token=${token}`,
    );
    const stranger = await fetch(`${url}lab`, {
      headers: { accept: "text/html" },
      redirect: "manual",
    });
    await stranger.body?.cancel();
    assert.equal(stranger.headers.get("location"), "/b/login?next=%2Fb%2Flab");
  }));

Deno.test("what VS Code asks of an existing server is answered as it expects", () =>
  withServer({}, async (server) => {
    const { url, token, ask, port } = server;
    const get = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(url + path, init);
      await response.body?.cancel();
      return response;
    };
    // Does it need a password? Not where there is a token in the address.
    const first = await get(`?token=${token}`);
    assert.equal(first.status, 200);
    assert.ok(!first.url.includes("/login?"));
    assert.equal((await get(`tree?token=${token}`)).status, 404);
    assert.notEqual((await get("hub/api")).status, 200);
    // Without one it is asked for, and logs in.
    const tree = await get("tree", {
      redirect: "manual",
      headers: { accept: "text/html" },
    });
    assert.equal(tree.status, 302);
    const authorization = `token ${token}`;
    const headers = { authorization };
    assert.equal((await get("api/kernels", { headers })).status, 200);
    assert.equal((await get("api/kernelspecs", { headers })).status, 200);
    const { json } = await ask("POST", "api/sessions", {
      kernel: { name: "skein" },
      name: "a.ipynb",
      path: "a-jvsc-1234.ipynb",
      type: "notebook",
    });
    const { kernel } = json as { readonly kernel: { readonly id: string } };
    const client = await TestClient.open({ port, token }, kernel.id);
    client.run("v", "1 + 1");
    assert.equal((await client.answered("v")).status, "ok");
    await client.until(({ header, parent_header, content }) =>
      header.msg_type === "status" && parent_header.msg_id === "v" &&
      content.execution_state === "idle"
    );
    await client.close();
  }));

/** Sends bytes as they are; gives the first line that comes back, if any. */
async function send(
  { port }: Pick<TestServer, "port">,
  text: string,
  more?: (connection: Deno.TcpConn) => Promise<void>,
): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(text));
  await more?.(connection).catch(() => {
    // It was closed before all was sent, as it should be.
  });
  const buffer = new Uint8Array(1024);
  const length = await connection.read(buffer).catch(() => null) ?? 0;
  return new TextDecoder().decode(buffer.subarray(0, length)).split("\r\n")[0]!;
}

Deno.test("a body that is too large is refused before it is in memory", () =>
  withServer({}, async (server) => {
    const { port, token, ask } = server;
    const head = (path: string, length: string) =>
      [
        `PUT ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        `Authorization: token ${token}`,
        length,
        "",
        "",
      ].join("\r\n");
    const before = Deno.memoryUsage().rss;
    for (
      const path of ["/api/contents/a.txt", "/api/config/x", "/api/sessions"]
    ) {
      const method = path.endsWith("sessions") ? "POST" : "PUT";
      const text = head(path, "Content-Length: 1073741824").replace(
        "PUT",
        method,
      );
      assert.match(await send(server, text), / 413 /, path);
    }
    // One that does not say its size is counted.
    const chunk = new TextEncoder().encode(
      `${(65536).toString(16)}\r\n${" ".repeat(65536)}\r\n`,
    );
    const answer = await send(
      server,
      head("/api/config/x", "Transfer-Encoding: chunked"),
      async (connection) => {
        for (let sent = 0; sent < 2 ** 30; sent += 65536) {
          await connection.write(chunk);
        }
      },
    );
    assert.ok(answer === "" || / 413 /.test(answer), answer);
    const grown = Deno.memoryUsage().rss - before;
    assert.ok(grown < 200 * 2 ** 20, `${grown} bytes more`);
    assert.equal((await ask("GET", "api/status")).status, 200);
  }));

Deno.test("who dribbles, floods or does not read keeps nobody else away", () =>
  withServer({}, async (server) => {
    const { port, ask } = server;
    const open = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const connection = await Deno.connect({ hostname: "127.0.0.1", port });
        await connection.write(new TextEncoder().encode("GET /api HTT"));
        return connection;
      }),
    );
    const { json } = await ask("POST", "api/kernels", {});
    const { id } = json as { readonly id: string };
    const client = await TestClient.open(server, id);
    // What is no message ends that message.
    for (const garbage of ["", "{}", "\0", "[1]", '{"header":{}}', "null"]) {
      client.sendRaw(garbage);
    }
    client.sendRaw(new Uint8Array(100).fill(255));
    client.run("g", "'alive'");
    assert.equal((await client.answered("g")).status, "ok");
    // One who does not read, and much to be read.
    const silent = await Deno.connect({ hostname: "127.0.0.1", port });
    await silent.write(new TextEncoder().encode([
      `GET /api/kernels/${id}/channels?token=${server.token} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
      "",
      "",
    ].join("\r\n")));
    await silent.read(new Uint8Array(10));
    const before = Deno.memoryUsage().rss;
    client.run(
      "p",
      'for (let i = 0; i < 3000; i++) console.log("x".repeat(1000));',
    );
    assert.equal((await client.answered("p")).status, "ok");
    assert.ok(Deno.memoryUsage().rss - before < 200 * 2 ** 20);
    await client.close();
    silent.close();
    open.forEach((connection) => connection.close());
  }));

Deno.test("an idle kernel is ended when the user wants that, a busy one is not", () =>
  withServer({ idleMs: 3000 }, async (server) => {
    const { ask } = server;
    const start = async () =>
      ((await ask("POST", "api/kernels", {})).json as { id: string }).id;
    const busy = await start();
    const client = await TestClient.open(server, busy);
    client.run("b", "await new Promise(() => {})");
    await client.until(({ header }) => header.msg_type === "execute_input");
    const idle = await start();
    const gone = await TestClient.open(server, idle, "other");
    assert.equal(await gone.ended(), 1000);
    assert.equal((await ask("GET", `api/kernels/${idle}`)).status, 404);
    assert.equal((await ask("GET", `api/kernels/${busy}`)).status, 200);
    await ask("DELETE", `api/kernels/${busy}`);
    assert.equal(await client.ended(), 1000);
  }));

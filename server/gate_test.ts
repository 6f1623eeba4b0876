import assert from "node:assert/strict";
import { openGate } from "./gate.ts";

const TOKEN = "t".repeat(64);

/** A gate whose answers say what got through. */
function open() {
  return openGate({
    token: TOKEN,
    basePath: "/base/",
    log: () => {},
    answerPublic: ({ path }) =>
      path === "/public" ? new Response("public") : null,
    answer: ({ path }) => new Response(`in:${path}`),
  });
}

/** Sends bytes as they are: `fetch` would not lie about its host. */
async function ask(port: number, lines: readonly string[]): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const text = [...lines, "Connection: close", "", ""].join("\r\n");
  await connection.write(new TextEncoder().encode(text));
  const chunks: string[] = [];
  const decoder = new TextDecoder();
  for await (const chunk of connection.readable) {
    chunks.push(decoder.decode(chunk, { stream: true }));
  }
  return chunks.join("");
}

Deno.test("a gate lets in who has the token, is at its host and comes from its origin", async () => {
  await using gate = open();
  const { port } = gate;
  const host = `Host: 127.0.0.1:${port}`;
  const token = `Authorization: token ${TOKEN}`;
  const check = async (lines: readonly string[], expected: RegExp) => {
    assert.match(await ask(port, lines), expected, lines.join(" | "));
  };
  const get = (path: string) => `GET ${path} HTTP/1.1`;
  const inside = /^HTTP\/1.1 200 [\s\S]*in:\/files/;
  const refused = /^HTTP\/1.1 403 /;
  await check([get("/base/files"), host, token], inside);
  await check(
    [get("/base/files"), host, `Authorization: Bearer ${TOKEN}`],
    inside,
  );
  await check([get(`/base/files?token=${TOKEN}`), host], inside);
  await check([get("/base/files"), `Host: localhost:${port}`, token], inside);
  await check(
    [get("/base/files"), host, token, `Origin: http://127.0.0.1:${port}`],
    inside,
  );
  await check([get("/base/public"), host], /200 [\s\S]*public/);
  // No token, half of one, one that is longer.
  await check([get("/base/files"), host], refused);
  await check([get("/base/files?token="), host], refused);
  await check([get(`/base/files?token=${TOKEN.slice(1)}`), host], refused);
  await check([get(`/base/files?token=${TOKEN}t`), host], refused);
  // Hosts and origins of others, also for what is public.
  await check([get("/base/files"), "Host: evil.example", token], refused);
  await check([get("/base/public"), `Host: evil.example:${port}`], refused);
  await check([get("/base/public"), "Host: 127.0.0.1:1"], refused);
  await check(
    [get(`http://127.0.0.1:${port}/base/public`), "Host: evil.example"],
    refused,
  );
  for (
    const origin of [
      "null",
      "http://evil.example",
      `http://127.0.0.1:${port}.evil.example`,
      `http://127.0.0.1`,
      "https://localhost:1",
    ]
  ) {
    await check([get("/base/public"), host, `Origin: ${origin}`], refused);
    await check(
      [get("/base/files"), host, token, `Origin: ${origin}`],
      refused,
    );
  }
  // Outside of its base, and paths that are decoded a second time.
  await check([get("/files"), host, token], /^HTTP\/1.1 404 /);
  await check([get("/base/%00"), host, token], /^HTTP\/1.1 404 /);
  await check([get("/base/a%5Cb"), host, token], /^HTTP\/1.1 404 /);
  await check([get("/base/%E0%A4%A"), host, token], /^HTTP\/1.1 404 /);
  await check([get("/base/%252e%252e/x"), host, token], /in:\/%2e%2e\/x/);
});

Deno.test("a gate takes no form of another page for a request", async () => {
  await using gate = open();
  const send = (type: string) =>
    fetch(`${gate.url}new`, {
      method: "POST",
      headers: { authorization: `token ${TOKEN}`, "content-type": type },
      body: "{}",
    });
  const statuses: number[] = [];
  for (
    const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json",
    ]
  ) {
    const response = await send(type);
    await response.body?.cancel();
    statuses.push(response.status);
  }
  assert.deepEqual(statuses, [415, 415, 200]);
});

Deno.test("answers say that nobody may sniff, frame or keep them", async () => {
  await using gate = open();
  const response = await fetch(`${gate.url}public`);
  await response.body?.cancel();
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  assert.equal(response.headers.get("referrer-policy"), "no-referrer");
  assert.equal(response.headers.get("cache-control"), "no-store");
});

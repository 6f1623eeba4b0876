/**
 * Peers that libzmq can not play: malformed, old, silent, greedy.
 * @module
 */
import assert from "node:assert/strict";
import { encodeCommand } from "../../jupyter/wire/command.ts";
import { encodeGreeting } from "../../jupyter/wire/greeting.ts";
import { EchoRep } from "../../jupyter/sockets/rep.ts";
import { Router } from "../../jupyter/sockets/router.ts";
import { Xpub } from "../../jupyter/sockets/xpub.ts";
import { ANYWHERE, openEchoDoor } from "./echo_door.ts";
import { RawPeer } from "./raw_peer.ts";

const text = (value: string) => new TextEncoder().encode(value);

Deno.test("door drops garbage with one line, and others do not notice", async () => {
  await using echo = await openEchoDoor({ handshakeTimeoutMs: 300 });
  const { connection } = echo.door;
  using good = await RawPeer.connect(connection, "hb_port");
  await good.greet("REQ");
  const beat = async () => {
    await good.send("", "ping");
    const answer = await good.next();
    assert.deepEqual(answer, {
      type: "message",
      frames: [text(""), text("ping")],
    });
  };
  const check = async (bytes: readonly Uint8Array[], expected: string) => {
    const before = echo.lines.length;
    using peer = await RawPeer.connect(connection, "hb_port");
    // It may be refused before all is written.
    await peer.write(...bytes).catch(() => {});
    await beat();
    await untilClosed(peer);
    assert.deepEqual(
      echo.lines.slice(before).map((line) => line.replace(/:\d+/, "")),
      [`refused 127.0.0.1 on heartbeat: ${expected}`],
    );
  };
  const greeting = encodeGreeting();
  const noise = new Uint8Array(65_536);
  crypto.getRandomValues(noise);
  noise[0] = 1;
  await check(
    [noise],
    "Cannot read greeting: first byte is 0x01, expected 0xff (ZMTP 3)",
  );
  await check(
    [text("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
    "Cannot read greeting: first byte is 0x47, expected 0xff (ZMTP 3)",
  );
  await check(
    [greeting.subarray(0, 10), new Uint8Array([1, 3, 0, 0])],
    "Cannot read greeting: peer speaks ZMTP 2, expected 3.0 or newer",
  );
  await check([greeting.subarray(0, 30)], "its handshake took too long");
  await check([greeting], "its handshake took too long");
  await check([], "its handshake took too long");
  await check(
    [greeting, new Uint8Array([0x80])],
    "Cannot read frame: flags are 0x80, expected 0 to 4 or 6",
  );
  await check(
    [greeting, ready("SUB")],
    "Cannot talk to peer: it is a SUB socket, expected REQ or DEALER",
  );
  await check(
    [greeting, encodeCommand({ type: "error", reason: "No" })],
    "Peer reports an error: No",
  );
  await check(
    [greeting, ready("REQ"), Uint8Array.fromHex("027fffffffffffffff")],
    "Cannot read message: it is at least 9223372036854776000 bytes, limit is 65536",
  );
  await beat();
});

Deno.test("door says nothing of peers that just leave", async () => {
  await using echo = await openEchoDoor();
  for (const bytes of [[], [encodeGreeting()], [text("\xff")]]) {
    using peer = await RawPeer.connect(echo.door.connection, "shell_port");
    await peer.write(...bytes);
    await peer.connection.closeWrite();
    await untilClosed(peer);
  }
  assert.deepEqual(
    echo.lines.filter((line) => !line.includes("first byte")),
    [],
  );
});

Deno.test("door serves peers of ZMTP 3.0", async () => {
  await using echo = await openEchoDoor({
    connection: { ...ANYWHERE, key: "" },
  });
  const { connection } = echo.door;
  using subscriber = await RawPeer.connect(connection, "iopub_port");
  await subscriber.greet("SUB", { minor: 0 });
  await subscriber.send("\x01kernel");
  const welcome = await subscriber.next();
  assert.equal(welcome?.type, "message");
  assert.deepEqual(welcome.frames[0], text("kernel"));
  using asker = await RawPeer.connect(connection, "shell_port");
  await asker.greet("DEALER", { minor: 0 });
  const header = '{"msg_id":"1","msg_type":"echo","session":"s"}';
  await asker.send("<IDS|MSG>", "", header, "{}", "{}", "{}");
  const answer = await asker.next();
  assert.equal(answer?.type, "message");
  assert.equal(answer.frames.length, 6);
  const published = await subscriber.next();
  assert.equal(published?.type, "message");
  assert.deepEqual(published.frames[0], text("kernel.k.echo"));
});

Deno.test("door tells the first who listens to statuses that the kernel starts", async () => {
  await using echo = await openEchoDoor({ tellsStart: true });
  const subscribe = async (topic: string) => {
    const peer = await RawPeer.connect(echo.door.connection, "iopub_port");
    await peer.greet("SUB");
    await peer.write(encodeCommand({ type: "subscribe", topic: text(topic) }));
    return peer;
  };
  const next = async (peer: RawPeer) => {
    const message = await peer.next();
    assert.equal(message?.type, "message");
    const [topic, , , header, , , content] = message.frames
      .map((frame) => new TextDecoder().decode(frame));
    return [topic, JSON.parse(header!).msg_type, JSON.parse(content!)];
  };
  using other = await subscribe("kernel.k.stream");
  assert.equal((await next(other))[1], "iopub_welcome");
  using first = await subscribe("");
  assert.equal((await next(first))[1], "iopub_welcome");
  assert.deepEqual(await next(first), [
    "kernel.k.status",
    "status",
    { execution_state: "starting" },
  ]);
  using second = await subscribe("kernel");
  assert.equal((await next(second))[1], "iopub_welcome");
  await first.write(encodeCommand({ type: "subscribe", topic: text("more") }));
  assert.equal((await next(first))[1], "iopub_welcome");
});

Deno.test("peer answers PING with its context, and nothing unasked", async () => {
  await using echo = await openEchoDoor();
  using peer = await RawPeer.connect(echo.door.connection, "shell_port");
  await peer.greet("DEALER");
  for (const context of ["", "0123456789abcdef"]) {
    await peer.write(
      encodeCommand({ type: "ping", ttlMs: 0, context: text(context) }),
    );
    assert.deepEqual(await peer.next(), {
      type: "command",
      command: { type: "pong", context: text(context) },
    });
  }
});

Deno.test("peer is dropped when silent longer than its PING allows", async () => {
  await using echo = await openEchoDoor();
  using peer = await RawPeer.connect(echo.door.connection, "shell_port");
  await peer.greet("DEALER");
  await peer.write(
    encodeCommand({ type: "ping", ttlMs: 100, context: text("") }),
  );
  await untilClosed(peer);
  assert.match(echo.lines[0]!, /silent after its PING/);
});

Deno.test("Xpub drops a subscriber that lets too much pile up, and only it", async () => {
  const refused: string[] = [];
  await using xpub = new Xpub({
    endpoint: { transport: "tcp", hostname: "127.0.0.1", port: 0 },
    onRefused: (_peer, reason) => refused.push(reason),
    onSubscribe: () => [[text("welcome")]],
    outboxLimitBytes: 16 * 2 ** 20,
  });
  const connection = {
    ...ANYWHERE,
    iopub_port: (xpub.endpoint as { readonly port: number }).port,
  };
  const subscribe = async () => {
    const peer = await RawPeer.connect(connection, "iopub_port");
    await peer.greet("SUB");
    await peer.write(encodeCommand({ type: "subscribe", topic: text("") }));
    await peer.next();
    return peer;
  };
  using greedy = await subscribe();
  using good = await subscribe();
  const chunk = new Uint8Array(2 ** 20);
  let count = 0;
  // What the operating system takes for a peer that does not read varies.
  while (refused.length === 0) {
    assert.ok(count++ < 1000, "the outbox has a bound");
    xpub.publish([text("topic"), chunk]);
    const got = await good.next();
    assert.equal(got?.type === "message" && got.frames[1]?.length, 2 ** 20);
  }
  assert.match(refused[0]!, /it does not read, and \d+ bytes wait for it/);
  assert.equal(refused.length, 1);
  xpub.publish([text("topic"), chunk]);
  assert.equal((await good.next())?.type, "message");
  await untilClosed(greedy);
});

Deno.test("Router makes identities for peers that have none or claim ours", async () => {
  const identities: string[] = [];
  await using router = new Router({
    endpoint: { transport: "tcp", hostname: "127.0.0.1", port: 0 },
    onRefused: (_peer, reason) => assert.fail(reason),
    onMessage: (frames) => {
      identities.push(frames[0]!.toHex());
      router.send(frames);
    },
  });
  const shell_port = (router.endpoint as { readonly port: number }).port;
  const ask = async (identity: Uint8Array) => {
    const peer = await RawPeer.connect(
      { ...ANYWHERE, shell_port },
      "shell_port",
    );
    const socketType = "DEALER";
    const ready = encodeCommand({ type: "ready", socketType, identity });
    await peer.write(encodeGreeting(), ready);
    await peer.send("hello");
    assert.equal((await peer.next())?.type, "message");
    return peer;
  };
  using _first = await ask(new Uint8Array(0));
  using _second = await ask(new Uint8Array(0));
  using _third = await ask(Uint8Array.fromHex(identities[0]!));
  using _fourth = await ask(text("own"));
  assert.equal(identities.pop(), text("own").toHex());
  assert.equal(new Set(identities).size, 3);
  for (const identity of identities) assert.match(identity, /^00.{8}$/);
  assert.equal(router.send([text("gone"), text("hello")]), false);
});

Deno.test("EchoRep keeps the envelope and discards what has none", async () => {
  await using rep = new EchoRep({
    endpoint: { transport: "tcp", hostname: "127.0.0.1", port: 0 },
    onRefused: (_peer, reason) => assert.fail(reason),
  });
  const port = (rep.endpoint as { readonly port: number }).port;
  using peer = await RawPeer.connect({ ...ANYWHERE, hb_port: port }, "hb_port");
  await peer.greet("DEALER");
  await peer.send("no envelope");
  await peer.send("hop", "", "body", "more");
  assert.deepEqual(await peer.next(), {
    type: "message",
    frames: ["hop", "", "body", "more"].map(text),
  });
});

Deno.test("Door.close() sends what waits, then ends every connection", async () => {
  const { door } = await openEchoDoor({
    connection: { ...ANYWHERE, key: "" },
  });
  using peer = await RawPeer.connect(door.connection, "iopub_port");
  await peer.greet("SUB");
  await peer.write(encodeCommand({ type: "subscribe", topic: text("") }));
  await peer.next();
  const message = {
    channel: "iopub" as const,
    header: { msg_type: "last" } as never,
    parent_header: {},
    metadata: {},
    content: {},
    buffers: [new Uint8Array(20 * 2 ** 20)],
  };
  assert.equal(door.send(message), true);
  const closed = door.close();
  const last = await peer.next();
  assert.equal(
    last?.type === "message" && last.frames.at(-1)?.length,
    20 * 2 ** 20,
  );
  assert.equal(await peer.next(), null);
  await closed;
  assert.equal(door.send(message), false);
});

Deno.test("openDoor() says which address is taken, and leaves none open", async () => {
  await using echo = await openEchoDoor();
  const { shell_port, hb_port } = echo.door.connection;
  await assert.rejects(
    openEchoDoor({ connection: { ...ANYWHERE, hb_port } }),
    {
      message:
        `Cannot open heartbeat at 127.0.0.1:${hb_port}: Address already in use (os error 98)`,
    },
  );
  assert.notEqual(shell_port, 0);
});

function ready(socketType: string): Uint8Array {
  const identity = new Uint8Array(0);
  return encodeCommand({ type: "ready", socketType, identity });
}

async function untilClosed(peer: RawPeer): Promise<void> {
  const rest = new Uint8Array(65_536);
  const read = () => peer.connection.read(rest).catch(() => null);
  while (await read() !== null);
}

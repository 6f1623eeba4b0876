/**
 * Peers of a ZeroMQ socket that have no key: they may come in thousands, send
 * without end and call themselves as they like, and harm nobody else.
 * @module
 */
import assert from "node:assert/strict";
import { EchoRep } from "../../jupyter/sockets/rep.ts";
import { Router } from "../../jupyter/sockets/router.ts";
import { UnprovenMemory } from "../../jupyter/sockets/unproven_memory.ts";
import { encodeCommand } from "../../jupyter/wire/command.ts";
import { encodeGreeting } from "../../jupyter/wire/greeting.ts";
import { RawPeer } from "../jupyter_wire/raw_peer.ts";
import { DEADLINE_MS, within } from "../session/within.ts";

const ENDPOINT = { transport: "tcp", hostname: "127.0.0.1", port: 0 } as const;
const decoder = new TextDecoder();

/** A router that takes "signed" for a signature. */
function openRouter(
  options: { readonly limitBytes?: number } = {},
): Router & { readonly refused: string[] } {
  const refused: string[] = [];
  const router: Router = new Router({
    endpoint: ENDPOINT,
    onRefused: (_peer, reason) => refused.push(reason),
    unproven: new UnprovenMemory(options.limitBytes),
    onMessage: (frames, onProven) => {
      if (decoder.decode(frames[1]) !== "signed") return;
      onProven();
      router.send(frames);
    },
  });
  return Object.assign(router, { refused });
}

async function connect(
  socket: { readonly endpoint: unknown },
  identity = "",
): Promise<RawPeer> {
  const { port } = socket.endpoint as { readonly port: number };
  const peer = await RawPeer.connect({
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: port,
  } as never, "shell_port");
  await peer.write(
    encodeGreeting(),
    encodeCommand({
      type: "ready",
      socketType: "DEALER",
      identity: new TextEncoder().encode(identity),
    }),
  );
  return peer;
}

/** Sends a signed message, and waits for the answer. */
async function ask(peer: RawPeer): Promise<void> {
  await peer.send("signed");
  const answer = await within(peer.next(), DEADLINE_MS, "an answer");
  assert.equal(answer?.type, "message");
}

Deno.test("Router answers who was there first when a stranger claims its identity", async () => {
  await using router = openRouter();
  using client = await connect(router, "client");
  await ask(client);
  using stranger = await connect(router, "client");
  await stranger.send("forged");
  for (let i = 0; i < 20; i++) await ask(client);
});

Deno.test("Router answers a client that comes back while its old connection is there", async () => {
  await using router = openRouter();
  using before = await connect(router, "client");
  await ask(before);
  using stranger = await connect(router, "client");
  await stranger.send("forged");
  using again = await connect(router, "client");
  await ask(again);
  assert.equal(await within(before.next(), DEADLINE_MS, "the end"), null);
});

Deno.test("Router lets a front end in when idle strangers fill all places", async () => {
  await using router = openRouter();
  using early = await connect(router, "early");
  await ask(early);
  const idle: RawPeer[] = [];
  try {
    for (let i = 0; i < 1030; i++) idle.push(await connect(router));
    using client = await connect(router, "client");
    await ask(client);
    await ask(early);
    assert.match(router.refused[0]!, /another one needs its place/);
  } finally {
    for (const peer of idle) peer[Symbol.dispose]();
  }
});

Deno.test("EchoRep answers a front end when idle strangers fill all places", async () => {
  const refused: string[] = [];
  await using rep = new EchoRep({
    endpoint: ENDPOINT,
    onRefused: (_peer, reason) => refused.push(reason),
  });
  const idle: RawPeer[] = [];
  try {
    for (let i = 0; i < 1030; i++) idle.push(await connect(rep));
    using client = await connect(rep);
    await client.send("", "ping");
    const answer = await within(client.next(), DEADLINE_MS, "an answer");
    assert.equal(answer?.type, "message");
  } finally {
    for (const peer of idle) peer[Symbol.dispose]();
  }
});

Deno.test("Router drops who sends without end, and answers the others", async () => {
  await using router = openRouter({ limitBytes: 4 * 1024 * 1024 });
  using client = await connect(router, "client");
  await ask(client);
  const strangers: RawPeer[] = [];
  try {
    for (let i = 0; i < 8; i++) {
      const stranger = await connect(router);
      strangers.push(stranger);
      // A frame of a gibibyte begins, of which a mebibyte comes.
      const head = Uint8Array.of(2, 0, 0, 0, 0, 0x3f, 0, 0, 0);
      await stranger.write(head, new Uint8Array(1024 * 1024)).catch(() => {});
    }
    await ask(client);
    assert.match(
      router.refused.join("\n"),
      /it has sent \d+ bytes and no message that is signed/,
    );
  } finally {
    for (const stranger of strangers) stranger[Symbol.dispose]();
  }
});

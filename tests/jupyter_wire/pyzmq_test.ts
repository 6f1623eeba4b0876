/**
 * Real peers: libzmq, through pyzmq, against a door that echoes.
 *
 * Skipped only where there is no python3.
 * @module
 */
import assert from "node:assert/strict";
import { openDoor } from "../../jupyter/mod.ts";
import { ANYWHERE, openEchoDoor } from "./echo_door.ts";
import { hasPython, runClient, startClient } from "./pyzmq.ts";

for (const transport of ["tcp", "ipc"] as const) {
  const check = async (
    args: readonly string[],
    expected: (result: Record<string, unknown>) => void,
  ) => {
    const folder = await Deno.makeTempDir();
    const connection = transport === "tcp" ? ANYWHERE : {
      ...ANYWHERE,
      transport,
      ip: `${folder}/kernel`,
      ...{ shell_port: 1, control_port: 2, stdin_port: 3 },
      ...{ iopub_port: 4, hb_port: 5 },
    };
    {
      await using echo = await openEchoDoor({ connection });
      expected(await runClient(echo.door.connection, args));
      assert.deepEqual(echo.lines, []);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    await Deno.remove(folder);
  };
  const test = (name: string, run: () => Promise<void>) =>
    Deno.test({
      name: `door ${name} over ${transport}`,
      ignore: !hasPython,
      fn: run,
    });

  test("carries all channels and binary data", () =>
    check(["echo"], (result) =>
      assert.deepEqual(result, {
        heartbeat: "ping",
        welcome: [[""], "iopub_welcome", {}, { subscription: "" }],
        early: { value: "early" },
        shell: ["echo", { text: "ü" }, ["00ff".repeat(10), ""]],
        iopub: [["kernel.k.echo"], "echo", ["00ff".repeat(10), ""]],
        control: { text: "control" },
        prompt: ["ask", {}],
        typed: [{ text: "control" }, { value: "typed" }],
      })));

  test("publishes 20,000 messages in order", () =>
    check(
      ["flood", "20000"],
      ({ in_order }) => assert.equal(in_order, true),
    ));

  test("carries a message of 50 MiB", () =>
    check(["big", "50"], ({ bytes }) => assert.equal(bytes, 50 * 1024 ** 2)));

  test("hands an identity to who connects last", () =>
    check(["reconnect", "20"], ({ good }) => assert.equal(good, 20)));

  test("serves 20 clients at once", () =>
    check(
      ["many", "20"],
      (result) =>
        assert.deepEqual(result, { good: 200, all_saw_all: true, saw: 200 }),
    ));

  test("answers PING", () =>
    check(
      ["ping", "1500"],
      (result) =>
        assert.deepEqual(result, { broken: 0, after: { after: true } }),
    ));

  test("matches topics by prefix until they are cancelled", () =>
    check(["topics"], (result) =>
      assert.deepEqual(result, {
        welcome: [["kernel.k.echo"], { subscription: "kernel.k.echo" }],
        second: { number: 1 },
        third: { subscription: "other" },
        more: 0,
      })));
}

Deno.test({
  name: "door refuses what is forged, malformed, replayed or does not fit",
  ignore: !hasPython,
  fn: async () => {
    await using echo = await openEchoDoor();
    const result = await runClient(echo.door.connection, ["wrong"]);
    assert.deepEqual(result, {
      answers: [{ number: 1 }, { number: 2 }],
      more: 0,
    });
    const reasons = [
      "Cannot read message: its signature does not hold",
      'Cannot read message: "<IDS|MSG>" is missing',
      "Cannot read message: it has 2 parts, expected 4",
      "the handler threw",
      "it was seen before",
    ].map((reason) => `refused a message on shell: ${reason}`);
    const lines = echo.lines.map((line) => line.replace(/127.*?(?= on)/, "X"));
    assert.deepEqual(lines.filter((line) => line.includes("shell")), reasons);
    assert.ok(lines.includes(
      "refused X on iopub: Cannot talk to peer: it is a DEALER socket, expected SUB or XSUB",
    ));
  },
});

Deno.test({
  name: "door harms nobody when a subscriber is stopped",
  ignore: !hasPython,
  fn: async () => {
    await using echo = await openEchoDoor();
    const { connection } = echo.door;
    await using stopped = await startClient(connection, ["stop"]);
    await stopped.next();
    const result = await runClient(connection, ["flood", "20000"]);
    assert.equal(result.in_order, true);
    assert.deepEqual(echo.lines, []);
  },
});

Deno.test({
  name: "openDoor() registers its ports with a launcher",
  ignore: !hasPython,
  fn: async () => {
    await using launcher = await startClient({ key: "secret" }, ["launch"]);
    const { port } = await launcher.next();
    await using door = await openDoor({
      connection: {
        type: "registration",
        transport: "tcp",
        registration_ip: "127.0.0.1",
        registration_port: port as number,
        kernel_id: "id",
        signature_scheme: "hmac-sha256",
        key: "secret",
      },
      signal: new AbortController().signal,
      log: (line) => assert.fail(line),
      onRequest: () => {},
    });
    const { ip, shell_port, control_port, stdin_port, iopub_port, hb_port } =
      door.connection;
    assert.equal(ip, "127.0.0.1");
    assert.deepEqual(await launcher.next(), {
      content: {
        kernel_id: "id",
        shell_port: `${shell_port}`,
        control_port: `${control_port}`,
        stdin_port: `${stdin_port}`,
        iopub_port: `${iopub_port}`,
        hb_port: `${hb_port}`,
      },
      heartbeat: "alive",
    });
  },
});

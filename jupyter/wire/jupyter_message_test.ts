import assert from "node:assert/strict";
import {
  encodeJupyterMessage,
  openEnvelope,
  readMessage,
} from "./jupyter_message.ts";
import { createSigner } from "./signature.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const signer = createSigner({ scheme: "hmac-sha256", key: "key" });
const unsigned = createSigner({ scheme: "hmac-sha256", key: "" });

const MESSAGE = {
  header: { msg_id: "1", msg_type: "echo" },
  parent_header: {},
  metadata: { a: null },
  content: { text: "ü\u{1f600}\ud800", number: -0.5 },
  buffers: [new Uint8Array([0, 255]), new Uint8Array(0)],
};

Deno.test("readMessage() reads what encodeJupyterMessage() writes", () => {
  for (const each of [signer, unsigned]) {
    const identities = [bytes("a"), new Uint8Array([0, 1])];
    const frames = encodeJupyterMessage(MESSAGE, { identities, signer: each });
    const envelope = openEnvelope(frames as Uint8Array<ArrayBuffer>[], {
      signer: each,
      partCount: 4,
    });
    assert.deepEqual(envelope.identities, identities);
    assert.deepEqual(readMessage(envelope), MESSAGE);
  }
});

Deno.test("encodeJupyterMessage() writes the frames of the specification", () => {
  const frames = encodeJupyterMessage({
    header: { msg_id: "1" },
    parent_header: {},
    metadata: {},
    content: {},
  }, { identities: [bytes("id")], signer: unsigned });
  assert.deepEqual(
    frames.map((frame) => new TextDecoder().decode(frame)),
    ["id", "<IDS|MSG>", "", '{"msg_id":"1"}', "{}", "{}", "{}"],
  );
});

Deno.test("openEnvelope() refuses what is missing or forged", () => {
  const good = ["<IDS|MSG>", signer.sign(["{}", "{}", "{}", "{}"].map(bytes))]
    .concat(["{}", "{}", "{}", "{}"]);
  const check = (frames: readonly string[], expected: string) =>
    assert.throws(
      () => openEnvelope(frames.map(bytes), { signer, partCount: 4 }),
      { name: "SyntaxError", message: `Cannot read message: ${expected}` },
    );
  check([], '"<IDS|MSG>" is missing');
  check(["a", "b"], '"<IDS|MSG>" is missing');
  check(["<IDS|MSG>"], "it has 0 parts, expected 4");
  check(good.slice(0, 5), "it has 3 parts, expected 4");
  check(good.with(1, ""), "its signature does not hold");
  check(good.with(5, '{"a":1}'), "its signature does not hold");
  check(good.with(5, "{} "), "its signature does not hold");
  // Not even a part that is no JSON is looked at before the signature holds.
  check(good.with(2, "{"), "its signature does not hold");
});

Deno.test("readMessage() refuses what is no JSON object", () => {
  const check = (part: Uint8Array, expected: string) => {
    const frames = ["<IDS|MSG>", "", "{}", "{}", "{}", "{}"].map(bytes);
    const open = { signer: unsigned, partCount: 4 };
    assert.throws(
      () => readMessage(openEnvelope(frames.with(5, part as never), open)),
      {
        name: "SyntaxError",
        message: `Cannot read message: its content is no ${expected}`,
      },
    );
  };
  check(bytes(""), "JSON");
  check(bytes("{"), "JSON");
  check(new Uint8Array([0x22, 0xff, 0x22]), "JSON");
  check(bytes("[]"), "object");
  check(bytes("null"), "object");
  check(bytes('"text"'), "object");
});

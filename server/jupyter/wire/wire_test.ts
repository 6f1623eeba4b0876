import assert from "node:assert/strict";
import type { OutgoingMessage } from "../../../protocol/mod.ts";
import { LEGACY } from "./legacy.ts";
import type { Data, Framing } from "./message.ts";
import { V1 } from "./v1.ts";

const header = {
  msg_id: "1",
  msg_type: "execute_request",
  session: "s",
  username: "",
  date: "2026-01-01T00:00:00Z",
  version: "5.5",
};

/** What a client would send: requests have the form of what kernels send. */
function message(
  buffers: readonly Uint8Array[] = [],
  content: Record<string, unknown> = { code: "1 + 1 // ü€😀" },
): OutgoingMessage {
  return {
    channel: "control",
    header,
    parent_header: {},
    metadata: { cellId: "a" },
    content,
    buffers,
  };
}

const BUFFERS = [[], [new Uint8Array([1, 2, 3])], [
  new Uint8Array(),
  new Uint8Array(70_000).fill(255),
]];

Deno.test("both framings give back what they were given", () => {
  for (const framing of [V1, LEGACY]) {
    for (const buffers of BUFFERS) {
      const { channel, message: read } = framing.decode(
        framing.encode(message(buffers)),
      );
      assert.equal(channel, "control");
      assert.deepEqual(read.header, header);
      assert.deepEqual(read.content, { code: "1 + 1 // ü€😀" });
      assert.deepEqual(read.metadata, { cellId: "a" });
      assert.deepEqual(read.buffers, buffers);
    }
  }
});

Deno.test("framings are those of the protocol, to the byte", () => {
  const small = {
    channel: "iopub",
    header: {},
    parent_header: {},
    metadata: {},
    content: {},
    buffers: [new Uint8Array([7])],
  } as unknown as OutgoingMessage;
  const v1 = V1.encode(small) as Uint8Array;
  const view = new DataView(v1.buffer);
  const words = Array.from(
    { length: 8 },
    (_, index) => Number(view.getBigUint64(8 * index, true)),
  );
  assert.deepEqual(words, [7, 64, 69, 71, 73, 75, 77, 78]);
  assert.equal(new TextDecoder().decode(v1.slice(64, 77)), "iopub{}{}{}{}");
  const legacy = LEGACY.encode(small) as Uint8Array;
  const parts = new DataView(legacy.buffer);
  assert.equal(parts.getUint32(0), 2);
  assert.equal(parts.getUint32(4), 12);
  assert.equal(parts.getUint32(8), legacy.length - 1);
  assert.equal(typeof LEGACY.encode(message()), "string");
});

Deno.test("clients may leave the channel out, and send dates as numbers", () => {
  const { channel, message: read } = LEGACY.decode(
    JSON.stringify({ header: { ...header, date: 17.5 }, content: {} }),
  );
  assert.equal(channel, "shell");
  assert.equal(read.header.date, "17.5");
  assert.deepEqual(read.parent_header, {});
  const binary = LEGACY.encode(message([new Uint8Array([200, 201])]));
  const asText = new TextDecoder().decode(binary as Uint8Array);
  const through = LEGACY.decode(asText);
  assert.deepEqual(through.message.content, message().content);
  assert.deepEqual(through.message.buffers, []);
});

Deno.test("what is cut short, changed or garbage is refused with a reason", () => {
  const check = (framing: Framing, data: Data) => {
    try {
      framing.decode(data);
    } catch (error) {
      assert.ok(error instanceof SyntaxError, String(error));
    }
  };
  for (const framing of [V1, LEGACY]) {
    const whole = framing.encode(message([new Uint8Array([1])])) as Uint8Array<
      ArrayBuffer
    >;
    for (let length = 0; length < whole.length - 1; length += 3) {
      check(framing, whole.slice(0, length));
      const changed = whole.slice();
      changed[length] = 255;
      check(framing, changed);
    }
    for (const text of ["", "null", "[]", "1", "{", "\0", "\0\0\0\0\0\0\0\0"]) {
      assert.throws(() => framing.decode(text), SyntaxError);
    }
    // A count that would need all memory.
    assert.throws(
      () => framing.decode(new Uint8Array(64).fill(255)),
      SyntaxError,
    );
  }
});

import assert from "node:assert/strict";
import { encodeMessage, MessageSplitter, type RpcMessage } from "./wire.ts";

Deno.test("MessageSplitter gives back what was encoded, however it is cut", () => {
  const messages: RpcMessage[] = [
    { id: 1, method: "a", params: { text: "é€😀" } },
    { method: "b" },
    { id: 1, result: "x".repeat(5000) },
  ];
  const bytes = Uint8Array.from(messages.flatMap((one) => [
    ...encodeMessage(one),
  ]));
  for (const size of [1, 7, 100, bytes.length]) {
    const splitter = new MessageSplitter();
    const found: RpcMessage[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      found.push(...splitter.push(bytes.subarray(at, at + size)));
    }
    assert.deepEqual(
      found,
      messages.map((one) => ({ jsonrpc: "2.0", ...one })),
    );
  }
});

Deno.test("MessageSplitter refuses a header without a length", () => {
  const bytes = new TextEncoder().encode("Content-Type: x\r\n\r\n{}");
  assert.throws(() => new MessageSplitter().push(bytes), SyntaxError);
});

Deno.test("encodeMessage() writes half characters as JSON has them", () => {
  const bytes = encodeMessage({
    method: "a",
    params: { text: "\ud800😀\udc00" },
  });
  const [message] = new MessageSplitter().push(bytes);
  assert.deepEqual(message!.params, { text: "\ufffd😀\ufffd" });
  assert.doesNotMatch(new TextDecoder().decode(bytes), /\\u/);
});

import assert from "node:assert/strict";
import { createSigner, loadNative, needsNative } from "./signature.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const PARTS = ["{}", "{}", "{}", "{}"].map(bytes);

Deno.test("createSigner() signs as other tools do, before Node's module is there and after", async () => {
  const check = (scheme: string, key: string, expected: string) =>
    assert.equal(createSigner({ scheme, key }).sign(PARTS), expected);
  const checkUsual = () => {
    // printf '{}{}{}{}' | openssl dgst -sha256 -hmac key
    check(
      "hmac-sha256",
      "key",
      "ca767b02c5bc061ed184a9a029e7f93a7f2f7ed4e8fe74120fc1212f0b008fa3",
    );
    // The same with -hmac $(printf 'k%.0s' $(seq 100)): longer than a block.
    check(
      "hmac-sha256",
      "k".repeat(100),
      "acb7c36a4eb0cee0357b9e8606ddc1b965fbec53e360c336b4ec13e544e1a1ed",
    );
  };
  checkUsual();
  assert.deepEqual(
    ["hmac-sha256", "hmac-md5", "sha256"].map(needsNative),
    [false, true, true],
  );
  await loadNative();
  checkUsual();
  check("hmac-md5", "key", "88ed3bf3975f2203f34885b90c6a283c");
  check("hmac-sha256", "", "");
  check("nonsense", "", "");
});

Deno.test("verify() takes the true signature only", () => {
  const signer = createSigner({ scheme: "hmac-sha256", key: "key" });
  const good = signer.sign(PARTS);
  assert.ok(signer.verify(PARTS, bytes(good)));
  for (let at = 0; at < good.length; at++) {
    const other = good[at] === "0" ? "1" : "0";
    const forged = good.slice(0, at) + other + good.slice(at + 1);
    assert.ok(!signer.verify(PARTS, bytes(forged)));
    assert.ok(!signer.verify(PARTS, bytes(good.slice(0, at))));
  }
  assert.ok(!signer.verify(PARTS, bytes(good + "0")));
  assert.ok(!signer.verify(PARTS, bytes(good.toUpperCase())));
  assert.ok(!signer.verify(PARTS.slice(1), bytes(good)));
});

Deno.test("verify() takes everything without a key", () => {
  const signer = createSigner({ scheme: "hmac-sha256", key: "" });
  assert.ok(signer.verify(PARTS, bytes("")));
  assert.ok(signer.verify(PARTS, bytes("anything")));
});

Deno.test("createSigner() refuses schemes that are not known", () => {
  for (const scheme of ["sha256", "hmac-", "hmac-none", ""]) {
    assert.throws(() => createSigner({ scheme, key: "key" }), {
      name: "RangeError",
      message:
        `Cannot sign messages: signature scheme is "${scheme}", expected "hmac-sha256" or another HMAC that node knows`,
    });
  }
});

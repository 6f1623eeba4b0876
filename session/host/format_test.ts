import assert from "node:assert/strict";
import { DISPLAY, formatValue, inspectValue } from "./format.ts";
import { imageType } from "./image_type.ts";

async function check(value: unknown, expected: unknown): Promise<void> {
  assert.deepEqual((await formatValue(value)).bundle, expected);
}

Deno.test("formatValue() shows plain values as text", async () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const table: readonly (readonly [unknown, string])[] = [
    [1, "1"],
    [null, "null"],
    [-0, "-0"],
    [10n, "10n"],
    ["a", '"a"'],
    [circle, "<ref *1> { self: [Circular *1] }"],
    [() => {}, "[Function (anonymous)]"],
    [{ then() {} }, "{ then: [Function: then] }"],
    [
      revoked.proxy,
      "[value cannot be shown: TypeError: Cannot inspect a proxy that has been revoked]",
    ],
  ];
  for (const [value, text] of table) await check(value, { "text/plain": text });
});

Deno.test("formatValue() asks the value first", async () => {
  const bundle = { "text/html": "<b>" };
  await check({ [DISPLAY]: () => bundle, outerHTML: "<i>" }, bundle);
  await check({ [DISPLAY]: () => Promise.resolve(bundle) }, bundle);
  await check({ [DISPLAY]: "no function" }, {
    "text/plain": '{ Symbol(Jupyter.display): "no function" }',
  });
});

Deno.test("formatValue() refuses what is no bundle", async () => {
  for (const [wrong, text] of [[[1], "[ 1 ]"], ["a", '"a"'], [null, "null"]]) {
    await assert.rejects(formatValue({ [DISPLAY]: () => wrong }), {
      name: "TypeError",
      message:
        `Cannot display value: its Jupyter.display method gave ${text}, expected an object with MIME types as keys`,
    });
  }
  const boom = new Error("boom");
  const failing = {
    [DISPLAY]() {
      throw boom;
    },
  };
  await assert.rejects(formatValue(failing), boom);
});

Deno.test("formatValue() knows the shapes that libraries share", async () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1);
  await check({ toDataURL: () => "data:image/png;base64,AA==" }, {
    "image/png": "AA==",
  });
  const lite = { $schema: "https://vega.github.io/schema/vega-lite/v5.json" };
  await check({ toSpec: () => lite }, {
    "application/vnd.vegalite.v5+json": lite,
  });
  const vega = { $schema: "https://vega.github.io/schema/vega/v6.json" };
  await check({ toSpec: () => vega }, { "application/vnd.vega.v6+json": vega });
  await check(png, { "image/png": png.toBase64() });
  await check({ outerHTML: "<p>" }, { "text/html": "<p>" });
  await check({ outerHTML: " <svg>" }, { "image/svg+xml": " <svg>" });
});

Deno.test("formatValue() makes a table of a data frame", async () => {
  const rows = [{ a: 1, b: "<x>" }];
  const type = { toJSON: () => ({ DataType: "Int64" }) };
  const frame = {
    schema: { a: type, b: 2 },
    head: () => ({ toRecords: () => rows }),
    toRecords: () => rows,
  };
  const { bundle } = await formatValue(frame);
  assert.deepEqual(JSON.parse(JSON.stringify(bundle)), {
    "application/vnd.dataresource+json": {
      data: rows,
      schema: {
        fields: [{ name: "a", type: "integer" }, { name: "b", type: "string" }],
      },
    },
    "text/html":
      "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>&#60;x&#62;</td></tr></tbody></table>",
    "text/plain": inspectValue(rows),
  });
});

Deno.test("formatValue() falls back to text when a known shape fails", async () => {
  const { bundle } = await formatValue({
    toDataURL() {
      throw new Error("no canvas");
    },
  });
  assert.deepEqual(bundle, {
    "text/plain": "{ toDataURL: [Function: toDataURL] }",
  });
  const noSpec = await formatValue({ toSpec: () => null });
  assert.deepEqual(Object.keys(noSpec.bundle), ["text/plain"]);
});

Deno.test("imageType() tells formats by their first bytes", () => {
  const table: readonly (readonly [readonly number[], string | null])[] = [
    [[0x89, 0x50, 0x4e, 0x47], "image/png"],
    [[0xff, 0xd8, 0xff, 0xe0], "image/jpeg"],
    [[0x47, 0x49, 0x46, 0x38], "image/gif"],
    [[0x25, 0x50, 0x44, 0x46], "application/pdf"],
    [[0x89, 0x50], null],
    [[], null],
  ];
  for (const [bytes, mime] of table) {
    assert.equal(imageType(Uint8Array.from(bytes)), mime);
  }
});

Deno.test("inspectValue() says why a value cannot be shown", () => {
  const value = {
    [Symbol.for("Deno.customInspect")]() {
      throw new Error("boo");
    },
  };
  assert.equal(inspectValue(value), "[value cannot be shown: Error: boo]");
});

/**
 * Questions of editors about texts that are long: answered soon, and `control`
 * is answered meanwhile.
 * @module
 */
import assert from "node:assert/strict";
import { TestKernel } from "../kernel/open_kernel.ts";

const HEX = "0123456789abcdef";

/** Texts before the cursor, and what has to be among the completions. */
const TEXTS: Readonly<Record<string, readonly [text: string, match?: string]>> =
  {
    "behind hexadecimal digits": [
      `const data = "${HEX.repeat(6250)}";\nMath.`,
      "floor",
    ],
    "at the end of a hundred thousand letters": ["f".repeat(100_000)],
    "at the end of a million letters": ["f".repeat(1_000_000)],
    "at the end of a million letters in quotes": [`"${"f".repeat(1e6)}`],
    "behind a million spaces": [`Math${" ".repeat(1e6)}.`],
    "behind a million brackets": [`${"(".repeat(1e6)}Math.`, "floor"],
    "behind a long path": [`globalThis${".globalThis".repeat(1e5)}.`],
    "behind a long list": [`[${"1,".repeat(5e5)}].`],
    "behind many lines": ["let a = 1;\n".repeat(1e5) + "Math.", "floor"],
    "in an import behind spaces": [`import${" ".repeat(1e5)}"`],
    "behind pairs": [`${"😀".repeat(1e5)}\nMath.`, "floor"],
  };

Deno.test("kernel answers editors soon, however long the text is", async () => {
  // Types come later; what the running program has is there at once.
  await using kernel = new TestKernel({ languageServer: false });
  await kernel.run("globalThis.big = Array.from({ length: 1e6 }, () => 1)");
  for (const [name, [code, match]] of Object.entries(TEXTS)) {
    const content = { code, cursor_pos: [...code].length };
    const completion = kernel.request("complete_request", content);
    const inspection = kernel.request("inspect_request", content);
    const info = kernel.request("kernel_info_request", {}, "control");
    assert.equal((await info.ended()).status, "ok", name);
    const [reply] = (await completion.ended()).contents("complete_reply");
    assert.equal(reply?.status, "ok", name);
    if (match !== undefined) {
      assert.ok((reply?.matches as string[]).includes(match), name);
    }
    assert.equal((await inspection.ended()).status, "ok", name);
  }
});

Deno.test("kernel completes what a list of millions has", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  await kernel.run(
    "const bytes = new Uint8Array(1e8), list = Array(1e6).fill(0)",
  );
  for (const code of ["bytes.", "list.", "bytes.sub", "list.len"]) {
    const content = { code, cursor_pos: code.length };
    const run = await kernel.request("complete_request", content).ended();
    const matches = run.contents("complete_reply")[0]?.matches as string[];
    const wanted = code.startsWith("bytes") ? "subarray" : "length";
    assert.ok(matches.includes(wanted), code);
  }
});

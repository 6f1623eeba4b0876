import assert from "node:assert/strict";
import { STANDARD_NAMES } from "./standard_names.ts";

Deno.test("STANDARD_NAMES all exist on a fresh main thread and in a fresh Worker", async () => {
  const probe = `JSON.stringify(${JSON.stringify([...STANDARD_NAMES])}` +
    `.filter((name) => !(name in globalThis)))`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      "--no-lock",
      "--no-prompt",
      asUrl(`console.log(${probe})`),
    ],
    signal: AbortSignal.timeout(20_000),
  }).output();
  assert.equal(new TextDecoder().decode(stdout).trim(), "[]");

  const worker = new Worker(asUrl(`onmessage = () => postMessage(${probe})`), {
    type: "module",
  });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const deadline = setTimeout(
      () => reject(new Error("The Worker did not answer")),
      10_000,
    );
    worker.onmessage = (event) => resolve(event.data);
    // Asked for: posted while the Worker loaded, it never came in 4 of 13 parallel runs.
    worker.postMessage(null);
    assert.equal(await promise, "[]");
    clearTimeout(deadline);
  } finally {
    worker.terminate();
  }
});

Deno.test("STANDARD_NAMES leave out what authors use for variables of their own", () => {
  for (
    const name of [
      "name",
      "location",
      "close",
      "constructor",
      "limit",
      "toString",
    ]
  ) {
    assert.ok(!STANDARD_NAMES.has(name), name);
  }
});

function asUrl(program: string): string {
  return `data:text/javascript,${encodeURIComponent(program)}`;
}

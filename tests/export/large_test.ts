/**
 * A large notebook is exported within three times its size in memory.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** Says how much memory the process had at most, when it ends. */
const PEAK = `globalThis.addEventListener("unload", () => {
  const [, kib] = /VmHWM:\\s+(\\d+)/.exec(Deno.readTextFileSync("/proc/self/status"));
  console.error("peak " + kib * 1024);
});`;

Deno.test({
  name:
    "a notebook of 100 MB is exported within three times its size (Linux only, which says how much memory a process had)",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "skein large " });
    try {
      const path = join(folder, "large.ipynb");
      await writeLarge(path);
      await Deno.writeTextFile(join(folder, "peak.js"), PEAK);
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "--allow-all", "--preload", join(folder, "peak.js"), MAIN],
          ...["export", path],
        ],
        cwd: folder,
        signal: AbortSignal.timeout(240_000),
      }).output();
      const text = new TextDecoder().decode(stderr);
      assert.equal(code, 0, text);
      const { size } = await Deno.stat(path);
      const peak = Number(/^peak (\d+)$/m.exec(text)?.[1]);
      assert.ok(size > 100_000_000);
      assert.ok(peak > 0 && peak < 3 * size, `${peak} bytes for ${size}`);
      const page = await Deno.stat(join(folder, "large.html"));
      assert.ok(page.size > size * 0.9);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

/** Pictures and streams, a MiB each, written as they are made. */
async function writeLarge(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  const write = (text: string) =>
    file.writeSync(new TextEncoder().encode(text));
  const picture = "iVBORw0KGgo" + "A".repeat(1024 * 1024 - 11);
  const stream = `${"line ".repeat(20)}\\n`.repeat(10_000);
  write('{"cells":[');
  for (let n = 0; n < 100; n++) {
    const output = n % 4 === 0
      ? `{"output_type":"stream","name":"stdout","text":"${stream}"}`
      : `{"output_type":"display_data","metadata":{},"data":{"image/png":"${picture}"}}`;
    write(
      `${
        n === 0 ? "" : ","
      }{"cell_type":"markdown","metadata":{},"source":"## Part ${n}"},` +
        `{"cell_type":"code","metadata":{},"source":"draw(${n})","execution_count":1,"outputs":[${output}]}`,
    );
  }
  write('],"metadata":{},"nbformat":4,"nbformat_minor":5}');
}

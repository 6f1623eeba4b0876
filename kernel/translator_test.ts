import assert from "node:assert/strict";
import type { SpawnedTranslator } from "../language/mod.ts";
import { answerQuestion } from "../language/translation.ts";
import { Translator } from "./translator.ts";

const OPTIONS = { name: "cell_1.ts", folderUrl: "file:///", emit: {} };

/** A process that does what a script of the shell says. */
function spawn(script: string, ...args: readonly string[]): SpawnedTranslator {
  const process = new Deno.Command("/bin/sh", {
    args: ["-c", script, "sh", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return { process, mark: `SKEIN_TEST_${crypto.randomUUID()}` };
}

Deno.test({
  name: "Translator translates plain expressions while its process is loading",
  ignore: Deno.build.os === "windows",
  async fn() {
    // It never says that it is ready, and ends when its input does.
    await using translator = new Translator(spawn("exec cat > /dev/null"));
    const sources = ["1 + 1", "f(x)"];
    assert.deepEqual(
      await translator.translate(sources, OPTIONS),
      answerQuestion({ type: "translate", sources, options: OPTIONS }),
    );
    // The configuration is not read for them: it stays unknown.
    const options = { ...OPTIONS, emit: '{ "compilerOptions": {} }' };
    const { emit } = await translator.translate(sources, options);
    assert.equal(emit, null);
  },
});

Deno.test({
  name: "Translator.warmUp() asks once, and only if cells ran without it",
  ignore: Deno.build.os === "windows",
  async fn() {
    const path = await Deno.makeTempFile();
    try {
      // It is ready at once, answers with the question, and writes it down.
      const script = `printf '\\000\\000\\000\\004null'; exec tee "$1"`;
      await using translator = new Translator(spawn(script, path));
      translator.warmUp();
      await translator.translate(["1 + 1"], OPTIONS);
      translator.warmUp();
      translator.warmUp();
      await translator.judge("a");
      await translator.translate(["2 + 1"], OPTIONS);
      translator.warmUp();
      await translator.judge("b");
      const asked = (await Deno.readTextFile(path)).matchAll(
        /"source":("\w*")/g,
      );
      assert.deepEqual([...asked].map(([, source]) => source), [
        '""',
        '"a"',
        '"b"',
      ]);
    } finally {
      await Deno.remove(path);
    }
  },
});

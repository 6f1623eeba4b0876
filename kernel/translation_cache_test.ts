import assert from "node:assert/strict";
import type { Translation } from "../language/mod.ts";
import { answerQuestion } from "../language/translation.ts";
import { TranslationCache } from "./translation_cache.ts";

function translate(source: string, name: string): Translation {
  const options = { name, folderUrl: "file:///", emit: {} };
  const question = { type: "translate", sources: [source], options } as const;
  return answerQuestion(question) as Translation;
}

function options(name: string) {
  return { name, folderUrl: "file:///", emit: {} };
}

Deno.test("TranslationCache gives what a translation under the new name would give", () => {
  const sources = ["1 + 1", "function f() {} f()", "let = 5", ""];
  const cache = new TranslationCache();
  for (const source of sources) {
    assert.equal(cache.find([source], options("cell_1.ts")), undefined);
    const translation = translate(source, "cell_1.ts");
    cache.keep([source], options("cell_1.ts"), translation);
    for (const name of ["cell_20.ts", "cell_silent_3.ts", "cell_1.ts"]) {
      assert.deepEqual(
        cache.find([source], options(name)),
        translate(source, name),
      );
    }
  }
  // Another folder means other modules, other settings other code.
  assert.equal(
    cache.find(["1 + 1"], { ...options("a"), folderUrl: "file:///b/" }),
    undefined,
  );
  assert.equal(
    cache.find(["1 + 1"], { ...options("a"), emit: { jsx: "react-jsx" } }),
    undefined,
  );
});

Deno.test("TranslationCache forgets what was not used for longest, and long cells", () => {
  const cache = new TranslationCache();
  const translation = translate("1", "a");
  for (let i = 0; i < 150; i++) {
    cache.keep([String(i)], options("a"), translation);
    cache.find(["0"], options("a"));
  }
  assert.ok(cache.find(["0"], options("a")));
  assert.equal(cache.find(["1"], options("a")), undefined);
  const long = "1".repeat(20_000);
  cache.keep([long], options("a"), translation);
  assert.equal(cache.find([long], options("a")), undefined);
});

import assert from "node:assert/strict";
import { type CellTags, readTags } from "./cell_tags.ts";

Deno.test("readTags() reads tags of the first comments, and of nothing else", () => {
  const check = (source: string, expected: Partial<CellTags>) =>
    assert.deepEqual(
      readTags(source),
      { module: null, isBrowser: false, isJsx: false, ...expected },
      source,
    );
  check("/** @module mylib */ export const a = 1", { module: "mylib" });
  check("/**\n * Words.\n * @module a1\n */\nexport {}", { module: "a1" });
  check("// line\n/* plain */\n/** @module m */", { module: "m" });
  check("/** @module m @jsx */ export {}", { module: "m", isJsx: true });
  check("/** @jsx\n * @module m */", { module: "m", isJsx: true });
  check("/** @browser @module m */", { module: "m", isBrowser: true });
  check("/** @browser */ document.title", { isBrowser: true });
  check("/** @node @browser */ 1", {});
  // What is no name, no leading comment, or no tag.
  check("/** @module my-lib */ 1", {});
  check("/** @module */ 1", {});
  check("/* @module m */ 1", {});
  check("// @module m", {});
  check("1; /** @module m */", {});
  check('"@module m"', {});
  check("/** about the@module m */ 1", {});
  check("/** see {@link x} of @module m */ 1", {});
});

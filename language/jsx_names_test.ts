import assert from "node:assert/strict";
import type { EmitSettings } from "./emit_settings.ts";
import { addJsxNames } from "./jsx_names.ts";
import { outlineCell } from "./outline.ts";

Deno.test("addJsxNames() adds what the JSX of a cell calls", () => {
  const check = (
    source: string,
    settings: EmitSettings,
    words: readonly string[],
  ) =>
    assert.deepEqual(addJsxNames(outlineCell(source), settings).words, words);
  check("<b/>", {}, ["b", "React"]);
  check("<h/>", { jsxFactory: "h", jsxFragmentFactory: "Fragment" }, [
    "h",
    "Fragment",
  ]);
  check("<></>", { jsxFactory: "P.h", jsxFragmentFactory: "P.F" }, ["P"]);
  check("a < b", { jsxFactory: "h" }, ["a", "b"]);
});

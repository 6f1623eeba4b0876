import assert from "node:assert/strict";
import { completeModules } from "./module_names.ts";

Deno.test("completeModules() offers names only where a module is named", () => {
  const names = ["skein", "tslab"];
  const table: readonly (readonly [string, readonly string[] | null])[] = [
    ['import a from "¦"', ["skein", "tslab"]],
    ['import a from "s¦kein"', ["skein"]],
    ["import a from 'ts¦", ["tslab"]],
    ['import "sk¦"', ["skein"]],
    ['export * from "sk¦"', ["skein"]],
    ['import {\n  a,\n} from "sk¦"', ["skein"]],
    ['await import("sk¦")', ["skein"]],
    ['import a from "npm:s¦"', []],
    ['const a = "sk¦"', null],
    ["import sk¦", null],
    ['import a from "b"; sk¦', null],
  ];
  for (const [marked, expected] of table) {
    const offset = marked.indexOf("¦");
    const found = completeModules(marked.replace("¦", ""), offset, names);
    const texts = found?.items.map(({ text }) => text) ?? null;
    assert.deepEqual(texts, expected, marked);
  }
});

Deno.test("completeModules() replaces the whole name", () => {
  const found = completeModules('import a from "ske"; b', 17, ["skein"]);
  assert.deepEqual([found?.start, found?.end], [15, 18]);
});

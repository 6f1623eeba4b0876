import assert from "node:assert/strict";
import { checkLanguage } from "./language.ts";

Deno.test("checkLanguage() refuses notebooks of another language, by name", () => {
  const check = (metadata: Record<string, unknown>, found: string | null) => {
    const act = () =>
      checkLanguage({ nbformat: 4, nbformat_minor: 5, metadata, cells: [] });
    if (found === null) return act();
    assert.throws(act, {
      name: "RangeError",
      message:
        `it is a notebook for ${found}, expected TypeScript or JavaScript`,
    });
  };
  const python = { name: "python3", language: "python" };
  check({ kernelspec: python }, "python3 (python)");
  check({ language_info: { name: "python" } }, "python");
  check({ kernelspec: { name: "python3" } }, "python3 (python)");
  check({ kernelspec: { name: "julia-1.10" } }, "julia-1.10 (julia)");
  check({ kernelspec: { name: "ir", language: "R" } }, "ir (R)");
  check({ kernelspec: { name: "x", language: "C#" } }, "x (C#)");
  // Whoever ran it last is not whom it is for.
  check(
    { kernelspec: python, language_info: { name: "typescript" } },
    "python3 (python)",
  );

  check({}, null);
  check({ kernelspec: null, language_info: { name: "" } }, null);
  check({ kernelspec: { name: "my-own" } }, null);
  check({ kernelspec: { name: "deno", language: "typescript" } }, null);
  check({ kernelspec: { name: "jslab", language: "javascript" } }, null);
  check({ language_info: { name: "TypeScript" } }, null);
});

import assert from "node:assert/strict";
import { hideDirectives, listReferences } from "./references.ts";

Deno.test("listReferences() finds imports of every form, and comments that name files", () => {
  const found = listReferences(`/// <reference path="a.d.ts" />
/// <reference types="./b.d.ts" />
/// <reference types="npm:@types/c" />
/** @jsxImportSource npm:d */
import e from "./e.ts";
import type { f } from "f";
import "./g.ts";
export * from "../h.ts";
import i = require("./i.ts");
// @deno-types="./j.d.ts"
import k from "./k.js";
type L = typeof import("./l.ts");
const m = await import("./m.json", { with: { type: "json" } });
const n = "no import"; const o = './not.ts';
import e2 from "./e.ts";`);
  assert.deepEqual(found.toSorted(), [
    "../h.ts",
    "./a.d.ts",
    "./b.d.ts",
    "./e.ts",
    "./g.ts",
    "./i.ts",
    "./j.d.ts",
    "./k.js",
    "./l.ts",
    "./m.json",
    "f",
    "npm:@types/c",
    "npm:d",
  ]);
});

Deno.test("hideDirectives() hides what names files, and keeps all offsets", () => {
  const text = `/// <reference path="a.d.ts" />
  /// <reference types='/b.d.ts'/>
/// <reference types="npm:@types/c" />
/// <reference lib="dom" />
const a = 1;`;
  assert.equal(
    hideDirectives(text),
    `//  <reference path="a.d.ts" />
  //  <reference types='/b.d.ts'/>
/// <reference types="npm:@types/c" />
/// <reference lib="dom" />
const a = 1;`,
  );
  assert.equal(hideDirectives(text, () => true), text);
  const crlf = text.replaceAll("\n", "\r\n");
  assert.equal(hideDirectives(crlf).length, crlf.length);
});

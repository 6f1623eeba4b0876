/**
 * tslab: completion, inspection, and whether a cell is whole.
 * @module
 */
import { asks, type Group } from "../case.ts";

/** What is offered at the cursor. */
export const COMPLETION: Group = {
  title: "Completion",
  isChecked: true,
  cases: [
    asks("names of earlier cells", ["const apples = 1, apricots = 2"], {
      complete: "ap|",
      offers: ["apples", "apricots"],
      replaces: "ap",
    }),
    asks("names of the same cell", [], {
      complete: "const berries = 1;\nber|",
      offers: ["berries"],
      replaces: "ber",
    }),
    asks("members of an object", ["const box = { width: 1, height: 2 }"], {
      complete: "box.|",
      offers: ["width", "height"],
      replaces: "",
    }),
    asks("members that begin so", [], {
      complete: "box.wi|",
      offers: ["width"],
      lacks: ["height"],
      replaces: "wi",
    }),
    asks("members in another case", [], {
      complete: "box.WI|",
      offers: ["width"],
      replaces: "WI",
    }),
    asks("members of a string", [], {
      complete: '"text".toUp|',
      offers: ["toUpperCase"],
    }),
    asks("members of a list", ["const list5 = [1, 2]"], {
      complete: "list5.ma|",
      offers: ["map"],
    }),
    asks("members of what a call gives", [
      "function make6() { return { left: 1, right: 2 } }",
    ], { complete: "make6().ri|", offers: ["right"] }),
    asks("members of a class", ["class Car { wheels = 4; drive() {} }"], {
      complete: "new Car().|",
      offers: ["wheels", "drive"],
    }),
    asks("static members", ["class Shop { static open() {} }"], {
      complete: "Shop.op|",
      offers: ["open"],
    }),
    asks("members of an enum", ["enum Fruit { Apple, Pear }"], {
      complete: "Fruit.|",
      offers: ["Apple", "Pear"],
    }),
    asks("members of a module", ['import * as path11 from "path"'], {
      complete: "path11.base|",
      offers: ["basename"],
    }),
    asks("members of a built-in", [], {
      complete: "Math.flo|",
      offers: ["floor"],
      replaces: "flo",
    }),
    asks("globals", [], { complete: "parseI|", offers: ["parseInt"] }),
    asks("typed parameters", [], {
      complete: "function f14(text: string) { return text.sli| }",
      offers: ["slice"],
    }),
    asks("fields in an object", [
      "interface Size { wide: number; tall: number }",
    ], { complete: "const s: Size = { w| }", offers: ["wide"] }),
    asks("types", [], { complete: "let t: Siz|", offers: ["Size"] }),
    asks("the rest of a word is replaced", [], {
      complete: "box.wi|dth",
      offers: ["width"],
      replaces: "width",
    }),
    asks("within a broken cell", [], {
      complete: "if (box.he|",
      offers: ["height"],
    }),
    asks(
      "after an await",
      ["async function get19() { return { value19: 1 } }"],
      { complete: "(await get19()).val|", offers: ["value19"] },
    ),
    asks("the page, in a cell for it", ["/** @browser */ document.title"], {
      complete: "/** @browser */ document.querySel|",
      offers: ["querySelector"],
    }),
    asks("names of a module cell", [
      "/** @module offer */\nexport const offered = { inside: 1 }",
    ], {
      complete: 'import { offered } from "./offer"; offered.in|',
      offers: ["inside"],
    }),
    asks("the newest type counts", ["let kind22 = 1", 'let kind22 = "text"'], {
      complete: "kind22.|",
      offers: ["toUpperCase"],
      lacks: ["toFixed"],
    }),
    asks("quoted members", ["const odd = { plain: 1, 'two words': 2 }"], {
      complete: "odd.|",
      offers: ["plain"],
    }),
  ],
};

/** What is said of a name. */
export const INSPECTION: Group = {
  title: "Inspection",
  isChecked: true,
  cases: [
    asks("a constant", ["const keep = 42"], {
      inspect: "ke|ep",
      tells: "const keep: 42",
    }),
    asks("a variable", ["let total = 1"], {
      inspect: "tot|al",
      tells: "let total: number",
    }),
    asks(
      "a function",
      ["function area(w: number, h: number) { return w * h }"],
      {
        inspect: "ar|ea",
        tells: "function area(w: number, h: number): number",
      },
    ),
    asks("what its comment says", [
      "/** Adds one. */\nfunction inc(x: number) { return x + 1 }",
    ], { inspect: "in|c(1)", tells: "Adds one." }),
    asks("a parameter's comment", [
      "/**\n * @param x The input.\n */\nfunction dbl(x: number) { return 2 * x }",
    ], { inspect: "db|l", tells: "The input." }),
    asks("a class", ["class Lamp { on = false }"], {
      inspect: "new La|mp()",
      tells: "Lamp",
    }),
    asks("a field", [], {
      inspect: "new Lamp().o|n",
      tells: "(property) Lamp.on: boolean",
    }),
    asks("a type", ["interface Plan { steps: string[] }"], {
      inspect: "let p: Pl|an",
      tells: "interface Plan",
    }),
    asks("a built-in", [], {
      inspect: "Math.fl|oor",
      tells: "(method) Math.floor(x: number): number",
    }),
    asks("a name of the same cell", [], {
      inspect: "const here = 1;\nhe|re",
      tells: "const here: 1",
    }),
    asks("the page, in a cell for it", ["/** @browser */ document.title"], {
      inspect: "/** @browser */ document.bo|dy",
      tells: "HTMLElement",
    }),
    asks("nothing", [], { inspect: "1 +| 1", tells: "" }),
  ],
};

/** Whether what was typed is whole. */
export const COMPLETENESS: Group = {
  title: "Whole cells",
  cases: [
    asks("a statement", [], { typed: "let x = 1", judges: "complete" }),
    asks("an open brace", [], {
      typed: "function f() {",
      judges: "incomplete",
    }),
    asks("an open bracket", [], {
      typed: "const a = [1,",
      judges: "incomplete",
    }),
    asks("an open template", [], {
      typed: "const t = `abc",
      judges: "incomplete",
    }),
    asks("a closed function", [], {
      typed: "function f() { return 1 }",
      judges: "complete",
    }),
    asks("an operator without its right side", [], {
      typed: "1 +",
      judges: "incomplete",
    }),
    asks("a comment that is open", [], {
      typed: "/* abc",
      judges: "incomplete",
    }),
    asks("nothing", [], { typed: "", judges: "complete" }),
    asks("what can not become right", [], {
      typed: "const = 5)",
      judges: "invalid",
    }, "never says so"),
  ],
};

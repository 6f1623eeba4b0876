/**
 * tslab: types that do not fit.
 * @module
 */
import { cells, type Group } from "../case.ts";

/** What keeps a cell from running. */
export const DIAGNOSTICS: Group = {
  title: "Types that do not fit",
  isChecked: true,
  cases: [
    cells("a wrong value", 'let a: number = "x"', {
      problem: "1:5 - Type 'string' is not assignable to type 'number'.",
    }),
    cells(
      "nothing of such a cell runs",
      'console.log("ran"); let b: number = "x"',
      {
        problem: "1:25 - Type 'string' is not assignable to type 'number'.",
        prints: "",
      },
    ),
    cells("its place", "const ok = 1;\n  ok.nothing", {
      problem: "2:6 - Property 'nothing' does not exist on type '1'.",
    }, "says the type in other words"),
    cells("an unknown name", "unknownName", {
      problem: "1:1 - Cannot find name 'unknownName'.",
    }),
    cells("a name like another one", ["let counter = 1", "countr"], {
      fails: "Cannot find name 'countr'",
    }),
    cells("too many arguments", [
      "function one(x: number) { return x }",
      "one(1, 2)",
    ], { problem: "1:8 - Expected 1 arguments, but got 2." }),
    cells("a missing field", [
      "interface P { a: number; b: string }",
      "const p: P = { a: 1 }",
    ], {
      problem:
        "1:7 - Property 'b' is missing in type '{ a: number; }' but required in type 'P'.",
    }),
    cells("a constant of an earlier cell", ["const fixed = 1", "fixed = 2"], {
      problem: "1:1 - Cannot assign to 'fixed' because it is a constant.",
    }),
    cells("a constant of its own", "const own = 1; own = 2", {
      problem: "1:16 - Cannot assign to 'own' because it is a constant.",
    }),
    cells("a name twice in one cell", "let twice = 1; let twice = 2", {
      fails: "redeclare",
    }),
    cells("return outside of a function", "return 5", {
      problem:
        "1:1 - A 'return' statement can only be used within a function body.",
    }),
    cells("a cell that is no TypeScript", "let = = 1", { fails: "" }),
    cells("an open string", 'const s12 = "abc', {
      problem: "1:17 - Unterminated string literal.",
    }),
    cells("a type of an earlier cell", [
      "type Level = 'low' | 'high'",
      'let level: Level = "mid"',
    ], { problem: "1:5 - Type '\"mid\"' is not assignable to type 'Level'." }),
    cells("the newest type counts", [
      "let changing = 1",
      'let changing = "text"',
      "changing.toFixed()",
    ], { fails: "Property 'toFixed' does not exist on type 'string'" }),
    cells("an import that is not there", 'import { nothing } from "path"', {
      fails: "no exported member",
    }),
    cells("a module that is not there", 'import nothing from "./not-there"', {
      fails: "not-there",
    }),
    cells("a file with a problem", 'import { wrong } from "./wrong"; wrong', {
      fails: "Type 'string' is not assignable to type 'number'.",
    }),
    cells("a module cell's types", [
      "/** @module typed */\nexport const n: number = 1",
      'import { n } from "./typed"; n.toUpperCase()',
    ], {
      problem: "1:32 - Property 'toUpperCase' does not exist on type 'number'.",
    }),
    cells("null fits everything", "const maybe: string = null; 1", "1"),
    cells(
      "a parameter without a type",
      "function loose(x) { return x }\nloose(5)",
      "5",
    ),
    cells("any fits everything", "const free: any = { a: 1 }; free.a", "1"),
    cells(
      "@ts-ignore",
      '// @ts-ignore\nlet ignored: number = "x"; ignored',
      "x",
    ),
    cells("an enum's member", ["enum Color { Red, Green }", "Color.Blue"], {
      problem: "1:7 - Property 'Blue' does not exist on type 'typeof Color'.",
    }),
    cells("a private field", [
      "class Safe { private code = 1 }",
      "new Safe().code",
    ], {
      problem:
        "1:12 - Property 'code' is private and only accessible within class 'Safe'.",
    }),
    cells("an argument of a wrong type", [
      "function size(x: string) { return x.length }",
      "size(5)",
    ], {
      problem:
        "1:6 - Argument of type 'number' is not assignable to parameter of type 'string'.",
    }),
    cells("the page is not known", "document", {
      fails: "Cannot find name 'document'",
    }),
    cells(
      "types of a built-in",
      'import { basename } from "path"; basename(5)',
      {
        problem:
          "1:43 - Argument of type 'number' is not assignable to parameter of type 'string'.",
      },
    ),
    cells(
      "types of a package in node_modules",
      'import { add } from "typed-pack"; add("x", 1)',
      {
        problem:
          "1:39 - Argument of type 'string' is not assignable to parameter of type 'number'.",
      },
    ),
    {
      name: "a cell with a problem declares nothing",
      steps: [{ run: 'let nowhere: number = "x"', fails: "not assignable" }, {
        run: "nowhere",
        fails: "Cannot find name 'nowhere'",
      }],
    },
  ],
};

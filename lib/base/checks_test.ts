import assert from "node:assert/strict";
import {
  checkChoice,
  checkChoices,
  checkFlag,
  checkFunction,
  checkList,
  checkMs,
  checkName,
  checkNumber,
  checkObject,
  checkOptions,
  checkSignal,
  checkSome,
  checkText,
  checkTexts,
  checkWhole,
  outside,
  type Place,
  refuse,
} from "./checks.ts";

const AT: Place = ["do it", "it"];

/** Values that pass, and the rest of the message for values that do not. */
interface Cases {
  readonly passing: readonly unknown[];
  readonly type: readonly (readonly [value: unknown, message: string])[];
  readonly range?: readonly (readonly [value: unknown, message: string])[];
}

function check(run: (value: unknown) => void, cases: Cases): void {
  for (const value of cases.passing) run(value);
  for (const [value, message] of cases.type) {
    assert.throws(() => run(value), { name: "TypeError", message });
  }
  for (const [value, message] of cases.range ?? []) {
    assert.throws(() => run(value), { name: "RangeError", message });
  }
}

Deno.test("checkOptions() takes plain objects with known options only", () => {
  const names = ["size", "name"];
  check((value) => checkOptions("do it", value, names), {
    passing: [{}, { size: 1 }, { size: 1, name: "a" }, Object.create(null)],
    type: [
      [undefined, "Cannot do it: options is undefined, expected an object"],
      [null, "Cannot do it: options is null, expected an object"],
      ["a", 'Cannot do it: options is "a", expected an object'],
      [[1], "Cannot do it: options is an array of 1, expected an object"],
      [
        new AbortController().signal,
        "Cannot do it: options is an object (AbortSignal), expected an object",
      ],
      [
        { sise: 1 },
        'Cannot do it: option "sise" is unknown, expected size or name',
      ],
    ],
  });
  checkOptions("do it", { anything: 1 });
});

Deno.test("checkObject() says of what an object should be", () => {
  check((value) => checkObject(AT, value, "strings"), {
    passing: [{}, { a: 1 }],
    type: [[
      new Map(),
      "Cannot do it: it is an object (Map), expected an object of strings",
    ]],
  });
});

Deno.test("checkTexts() names the text that is none", () => {
  check((value) => checkTexts(AT, value), {
    passing: [{}, { A: "1", B: "" }],
    type: [
      [3, "Cannot do it: it is 3, expected an object of strings"],
      [{ A: "1", B: 2 }, "Cannot do it: it.B is 2, expected a string"],
    ],
  });
});

Deno.test("checkSignal() takes signals and nothing", () => {
  check((value) => checkSignal("do it", value), {
    passing: [undefined, AbortSignal.abort(), new AbortController().signal],
    type: [
      [
        new AbortController(),
        "Cannot do it: signal is an object (AbortController), expected an AbortSignal",
      ],
      [null, "Cannot do it: signal is null, expected an AbortSignal"],
    ],
  });
});

Deno.test("checkMs() takes times, infinity and nothing", () => {
  const expected = "expected milliseconds, 0 or more";
  check((value) => checkMs(AT, value), {
    passing: [undefined, 0, 0.5, 1e12, Infinity],
    type: [["1", `Cannot do it: it is "1", ${expected}`]],
    range: [
      [-1, `Cannot do it: it is -1, ${expected}`],
      [NaN, `Cannot do it: it is NaN, ${expected}`],
    ],
  });
});

Deno.test("checkNumber() keeps to its range", () => {
  const finite = "expected a finite number above 0";
  check((value) => checkNumber(AT, value, { above: 0 }), {
    passing: [1e-300, 1, Number.MAX_VALUE],
    type: [
      [undefined, `Cannot do it: it is undefined, ${finite}`],
      [3n, `Cannot do it: it is 3n, ${finite}`],
    ],
    range: [
      [0, `Cannot do it: it is 0, ${finite}`],
      [NaN, `Cannot do it: it is NaN, ${finite}`],
      [Infinity, `Cannot do it: it is Infinity, ${finite}`],
    ],
  });
  check((value) => checkNumber(AT, value, { least: 1, most: 2 }), {
    passing: [1, 1.5, 2],
    type: [],
    range: [[2.5, "Cannot do it: it is 2.5, expected a number from 1 to 2"]],
  });
  check((value) => checkNumber(AT, value, { above: 1, most: 2 }), {
    passing: [1.5, 2],
    type: [],
    range: [[
      1,
      "Cannot do it: it is 1, expected a number above 1, at most 2",
    ]],
  });
  check((value) => checkNumber(AT, value, { least: 1, most: Infinity }), {
    passing: [1, Infinity],
    type: [],
    range: [[0, "Cannot do it: it is 0, expected a number, 1 or more"]],
  });
  check((value) => checkNumber(AT, value, {}), {
    passing: [-1e9, 0],
    type: [],
    range: [
      [-Infinity, "Cannot do it: it is -Infinity, expected a finite number"],
    ],
  });
});

Deno.test("checkWhole() takes integers, and infinity where it may be", () => {
  check((value) => checkWhole(AT, value, { least: 1, most: 8 }), {
    passing: [1, 8],
    type: [
      ["2", 'Cannot do it: it is "2", expected an integer from 1 to 8'],
    ],
    range: [
      [0, "Cannot do it: it is 0, expected an integer from 1 to 8"],
      [1.5, "Cannot do it: it is 1.5, expected an integer from 1 to 8"],
      [9, "Cannot do it: it is 9, expected an integer from 1 to 8"],
    ],
  });
  const orMore = "expected an integer, 1 or more";
  check((value) => checkWhole(AT, value, { least: 1 }), {
    passing: [1, 2 ** 60],
    type: [],
    range: [[Infinity, `Cannot do it: it is Infinity, ${orMore}`]],
  });
  checkWhole(AT, Infinity, { least: 1, most: Infinity });
});

Deno.test("checkText(), checkName(), checkFlag() and checkFunction() tell kinds apart", () => {
  check((value) => checkText(AT, value), {
    passing: ["", "a"],
    type: [[7, "Cannot do it: it is 7, expected a string"]],
  });
  const name = "expected a non-empty string";
  check((value) => checkName(AT, value), {
    passing: ["a"],
    type: [[7, `Cannot do it: it is 7, ${name}`]],
    range: [["", `Cannot do it: it is "", ${name}`]],
  });
  check((value) => checkFlag(AT, value), {
    passing: [true, false],
    type: [["no", 'Cannot do it: it is "no", expected true or false']],
  });
  check((value) => checkFunction(AT, value), {
    passing: [() => 1, check],
    type: [[{}, "Cannot do it: it is an object (Object), expected a function"]],
  });
});

Deno.test("checkList() and checkSome() take arrays", () => {
  check((value) => checkList(AT, value, "sizes"), {
    passing: [[], [1]],
    type: [["1", 'Cannot do it: it is "1", expected an array of sizes']],
  });
  check((value) => checkSome(AT, value, "sizes"), {
    passing: [[1]],
    type: [[1, "Cannot do it: it is 1, expected an array of sizes"]],
    range: [[
      [],
      "Cannot do it: it is an array of 0, expected one or more of sizes",
    ]],
  });
});

Deno.test("checkChoice() and checkChoices() say which words there are", () => {
  const words = ["red", "green", "blue"];
  const expected = 'expected "red", "green" or "blue"';
  check((value) => checkChoice(AT, value, words), {
    passing: words,
    type: [[1, `Cannot do it: it is 1, ${expected}`]],
    range: [["pink", `Cannot do it: it is "pink", ${expected}`]],
  });
  check((value) => checkChoices(AT, value, words), {
    passing: [["red"], words],
    type: [
      [
        "red",
        'Cannot do it: it is "red", expected an array of "red", "green", "blue"',
      ],
      [["red", 1], `Cannot do it: it[1] is 1, ${expected}`],
    ],
    range: [
      [["pink"], `Cannot do it: it[0] is "pink", ${expected}`],
      [
        [],
        'Cannot do it: it is an array of 0, expected one or more of "red", "green", "blue"',
      ],
    ],
  });
});

Deno.test("refuse() shows any value, shortly, and calls nothing of it", () => {
  const loud = {
    toString: () => assert.fail("called"),
    valueOf: () => assert.fail("called"),
  };
  const cases: [unknown, string][] = [
    [undefined, "undefined"],
    [null, "null"],
    [-0, "0"],
    [12n, "12n"],
    [Symbol("s"), "Symbol(s)"],
    ["a".repeat(50), `"${"a".repeat(40)}…"`],
    ['"\n', '"\\"\\n"'],
    [[1, 2], "an array of 2"],
    [loud, "an object (Object)"],
    [new Date(0), "an object (Date)"],
    [class {}, "a function"],
  ];
  for (const [value, shown] of cases) {
    assert.equal(
      refuse(AT, value, "less"),
      `Cannot do it: it is ${shown}, expected less`,
    );
  }
});

Deno.test("outside() is a RangeError for numbers and a TypeError for the rest", () => {
  assert.ok(outside(AT, NaN, "less") instanceof RangeError);
  assert.ok(outside(AT, "1", "less") instanceof TypeError);
});

import assert from "node:assert/strict";
import type { ErrorReport } from "../protocol/mod.ts";
import { describeError, type FrameTools } from "./traceback.ts";

const TOOLS: FrameTools = {
  codeFrame: (_source, line, column) => [`<frame ${line}:${column}>`],
  originalColumn: (_shifts, _line, column) => column - 10,
};
const SCRIPTS = new Map([
  ["cell_1.ts", { label: "Cell [1]", source: "", shifts: {} }],
  ["cell_2.ts", { label: "Cell [2]", source: "", shifts: {} }],
]);

function report(rest: Partial<ErrorReport>): ErrorReport {
  return { name: "Error", message: "m", stack: "", ...rest };
}

/** Compares the traceback without its colours. */
function check(given: Partial<ErrorReport>, expected: readonly string[]): void {
  const { traceback } = describeError(report(given), {
    scripts: SCRIPTS,
    tools: TOOLS,
  });
  assert.deepEqual(
    // deno-lint-ignore no-control-regex -- Colours are control characters.
    traceback.map((line) => line.replace(/\x1b\[[\d;]*m/g, "")),
    expected,
  );
}

Deno.test("describeError() tells name and message", () => {
  const { ename, evalue } = describeError(report({ name: "E" }), {
    scripts: SCRIPTS,
    tools: TOOLS,
  });
  assert.deepEqual([ename, evalue], ["E", "m"]);
  check({}, ["Error: m"]);
  check({ message: "" }, ["Error"]);
  check({ message: "two\nlines" }, ["Error: two", "lines"]);
  check({ properties: '{ code: "X" }' }, ["Error: m", '{ code: "X" }']);
});

Deno.test("describeError() shows cells by number, the innermost with its code", () => {
  const stack = [
    "    at inner (cell_2.ts:3:15)",
    "    at async outer (cell_1.ts:1:20)",
    "    at cell_1.ts:5:11",
  ].join("\n");
  check({ stack }, [
    "Error: m",
    "Cell [2], line 3, column 5 in inner",
    "<frame 3:5>",
    "  at Cell [1], line 1, column 10 in async outer",
    "  at Cell [1], line 5, column 1",
  ]);
});

Deno.test("describeError() leaves the runtime and the host out", () => {
  const stack = [
    "    at Deno.readFile (ext:deno_fs/30_fs.js:1:1)",
    "    at node:internal/x:1:1",
    "    at Array.map (<anonymous>)",
    "    at file:///a/b/session/host/evaluate.ts:3:4",
    "    at eval (file:///notebook/mod.ts:7:8)",
    "    at new Thing (https://x.y/z.ts:9:1)",
  ].join("\n");
  check({ stack }, [
    "Error: m",
    "  at file:///notebook/mod.ts:7:8",
    "  at https://x.y/z.ts:9:1 in new Thing",
  ]);
});

Deno.test("describeError() shows at most 20 frames", () => {
  const stack = "    at f (cell_1.ts:1:11)\n".repeat(50);
  const { traceback } = describeError(report({ stack }), {
    scripts: SCRIPTS,
    tools: TOOLS,
  });
  assert.equal(traceback.length, 1 + 1 + 20);
});

Deno.test("describeError() shows causes and the errors of an aggregate", () => {
  check({ cause: report({ message: "why" }) }, [
    "Error: m",
    "",
    "caused by:",
    "Error: why",
  ]);
  check({ errors: [report({ message: "a" }), report({ message: "b" })] }, [
    "Error: m",
    "",
    "error 1 of 2:",
    "Error: a",
    "",
    "error 2 of 2:",
    "Error: b",
  ]);
});

Deno.test("describeError() says how to allow what was refused", () => {
  const table: readonly (readonly [string, string])[] = [
    ['run access to "git"', "--allow-run=git, or"],
    ['read access to "/etc/passwd"', "--allow-read=/etc/passwd, or"],
    ['net access to "deno.com:443"', "--allow-net=deno.com:443, or"],
    ['env access to "HOME"', "--allow-env=HOME, or"],
    ["read access to <CWD>", "--allow-read, or"],
    ['read access to "/a,b"', "--allow-read, or"],
    ['sys access to "hostname"', "--allow-sys=hostname, or"],
    ['sys access to "inspector"', "--allow-sys, or"],
  ];
  for (const [what, hint] of table) {
    const message = `Requires ${what}, run again with the --allow-x flag`;
    const { traceback } = describeError(
      report({ name: "NotCapable", message }),
      {
        scripts: SCRIPTS,
        tools: TOOLS,
      },
    );
    assert.ok(traceback.at(-1)!.includes(hint), traceback.at(-1));
  }
  check({ name: "NotCapable", message: "something else" }, [
    "NotCapable: something else",
    "",
    "This notebook may not do that: run it with --allow-all if you trust it.",
  ]);
  check(
    {
      name: "NotCapable",
      message: 'Requires ffi access to "/x.so", run again with it',
    },
    [
      'NotCapable: Requires ffi access to "/x.so", run again with it',
      "",
      "This notebook may not do that: run it with --allow-all if you trust it.",
    ],
  );
  check({ message: 'Requires run access to "git"' }, [
    'Error: Requires run access to "git"',
  ]);
});

Deno.test("describeError() bounds what nested errors make of each other", () => {
  const nest = (depth: number): ErrorReport =>
    report(
      depth === 0 ? {} : {
        message: "x".repeat(300_000),
        errors: Array.from({ length: 10 }, () => nest(depth - 1)),
        cause: nest(0),
      },
    );
  const { traceback, evalue } = describeError(nest(3), {
    scripts: SCRIPTS,
    tools: TOOLS,
  });
  const text = traceback.join("\n");
  assert.ok(text.length < 2_000_000, `${text.length} characters`);
  assert.match(text, /^… and \d+ more of 10$/m);
  assert.match(evalue, /\[… 37,856 more characters not shown …\]$/);
});

Deno.test("describeError() outlives a chain of causes as deep as it likes", () => {
  let chain = report({});
  for (let i = 0; i < 100_000; i++) chain = report({ cause: chain });
  const { traceback } = describeError(chain, {
    scripts: SCRIPTS,
    tools: TOOLS,
  });
  assert.equal(traceback.at(-1), "caused by an error that is not shown");
});

Deno.test("describeError() takes a long stack apart without looking at all of it twice", () => {
  const stack = `    at ${" (".repeat(1_000_000)}\n`.repeat(20);
  check({ stack }, ["Error: m"]);
});

Deno.test("describeError() shows no line of a cell that is very long", () => {
  const label = "Cell [3]";
  const source = "x".repeat(2_000_000);
  const { traceback } = describeError(
    report({ stack: "    at cell_3.ts:1:11" }),
    {
      scripts: new Map([["cell_3.ts", { label, source, shifts: {} }]]),
      tools: TOOLS,
    },
  );
  assert.deepEqual(traceback.slice(1), ["Cell [3], line 1, column 1"]);
});

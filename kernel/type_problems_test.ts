import assert from "node:assert/strict";
import {
  type CellProblem,
  codeFrame,
  originalColumn,
} from "../language/mod.ts";
import { parseRequest } from "../protocol/mod.ts";
import { withExecution } from "./show.ts";
import {
  type ExecuteRequest,
  type Execution,
  type FailureContent,
  INITIAL_STATE,
} from "./state.ts";
import { FULL_BUDGET } from "./text_budget.ts";
import { NOTHING_SHOWN } from "./value_budget.ts";
import { typeFailure, warnOfTypes } from "./type_problems.ts";

const TOOLS = { codeFrame, originalColumn };
const SOURCE = 'const n: number = "s";\nn.nope;';
const WRONG: CellProblem = {
  code: "TS2322",
  message: "Type 'string' is not assignable to type 'number'.",
  line: 1,
  column: 7,
  endColumn: 8,
};

Deno.test("warnOfTypes() shows each problem with its place and the line", () => {
  assert.equal(
    warning([WRONG, { code: "TS2339", message: "no", line: 2, column: 3 }]),
    [
      "TS2322 Cell [4], line 1, column 7: Type 'string' is not assignable to type 'number'.",
      '> 1 | const n: number = "s";',
      "    |       ^",
      "TS2339 Cell [4], line 2, column 3: no",
      "> 2 | n.nope;",
      "    |   ^",
      "",
    ].join("\n"),
  );
});

Deno.test("warnOfTypes() counts what it leaves out of many", () => {
  const text = warning(Array(12).fill(WRONG));
  assert.equal(text.match(/TS2322/g)?.length, 10);
  assert.match(text, /\n… and 2 more errors of type\n$/);
  assert.match(warning(Array(11).fill(WRONG)), /… and 1 more error of type\n$/);
});

Deno.test("warnOfTypes() does not repeat what the running program has said", () => {
  const unknown = {
    ...WRONG,
    message: "Cannot find name 'foo'. Did you mean?",
  };
  const failure: FailureContent = {
    ename: "ReferenceError",
    evalue: "foo is not defined",
    traceback: [],
  };
  assert.equal(warning([unknown], failure), "");
  assert.match(warning([unknown, WRONG], failure), /^TS2322[^]*'number'/);
  assert.match(warning([unknown]), /Cannot find name 'foo'/);
  assert.match(
    warning([unknown], { ...failure, evalue: "fo is not defined" }),
    /Cannot find name 'foo'/,
  );
});

Deno.test("warnOfTypes() says nothing of a silent cell", () => {
  assert.equal(warning([WRONG], null, { silent: true }), "");
});

Deno.test("typeFailure() names the first problem and shows all", () => {
  const cell = { label: "Cell [4]", source: SOURCE };
  const one = typeFailure([WRONG], cell, TOOLS);
  assert.equal(one.ename, "TypeCheckError");
  assert.equal(one.evalue, `TS2322 ${WRONG.message}`);
  assert.equal(one.traceback.length, 4);
  const two = typeFailure(
    [{ ...WRONG, message: "first\n  and why" }, WRONG],
    cell,
    TOOLS,
  );
  assert.equal(two.evalue, "TS2322 first (and 1 more)");
  assert.match(two.traceback.join("\n"), /first\n {2}and why\n> 1/);
});

function warning(
  problems: readonly CellProblem[],
  failure: FailureContent | null = null,
  content: Readonly<Record<string, unknown>> = {},
): string {
  const header = { msg_id: "a", session: "s", msg_type: "execute_request" };
  const execution: Execution = {
    executionId: "1",
    request: parseRequest(
      { header, content: { code: SOURCE, ...content } },
      { channel: "shell", route: undefined },
    ) as ExecuteRequest,
    executionCount: 4,
    isSent: true,
    budget: FULL_BUDGET,
    values: NOTHING_SHOWN,
    failure,
    payload: [],
    expressions: {},
  };
  const state = withExecution(INITIAL_STATE, execution);
  const { actions } = warnOfTypes(state, execution, problems, TOOLS);
  return actions.map((action) =>
    action.type === "publish" && action.content.name === "stderr"
      ? String(action.content.text)
      : ""
    // deno-lint-ignore no-control-regex -- Colours are control characters.
  ).join("").replace(/\x1b\[[\d;]*m/g, "");
}

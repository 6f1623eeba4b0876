/**
 * Types of a notebook with more cells than its server has documents.
 * @module
 */
import assert from "node:assert/strict";
import { LanguageService } from "../../language/service.ts";
import { findProblems, OPTIONS } from "./cases.ts";

const CELLS = 160;

Deno.test("LanguageService knows early and late cells of a long notebook", async () => {
  await using service = new LanguageService({ ...OPTIONS, detailMs: 20_000 });
  for (let i = 0; i < CELLS; i++) {
    service.ran(`const value${i}: { field${i}: number } = { field${i}: ${i} };
/** Gives ${i}. */
function give${i}() { return value${i}; }`);
  }
  service.ran("let last = give0();\ndeclare global { var shared: string }");
  const wrong = (i: number) => `const wrong: string = give${i}().field${i}`;
  // Each rests on other cells, so that they are told, closed and told again.
  for (const i of [0, 159, 80, 1, 40, 120, 0]) {
    assert.deepEqual(await codes(service, wrong(i)), ["TS2322"]);
    assert.deepEqual(
      await codes(
        service,
        `value${i}.field${i}.toFixed(); shared.at(0)`,
      ),
      [],
    );
  }
  const all = Array.from({ length: CELLS }, (_, i) => `give${i}().field${i}`);
  const sum = `const sum: number = ${all.join(" + ")};`;
  assert.deepEqual(await codes(service, sum), []);
  assert.deepEqual(await codes(service, wrong(77)), ["TS2322"]);
  const { items } = await service.complete("give16", 6);
  const shown = items.map(({ text, signature, documentation }) =>
    `${text}: ${signature} ${documentation}`.replaceAll(/\s+/g, " ")
  );
  assert.deepEqual(shown, [
    "give16: function give16(): { field16: number; } Gives 16.",
  ]);
  const member = await service.complete("give3().fi", 10);
  assert.deepEqual(member.items.map(({ text }) => text), ["field3"]);
  const description = await service.inspect("last", 4);
  assert.match(description?.plain ?? "", /let last: \{\s+field0: number;\s+\}/);
});

async function codes(service: LanguageService, source: string) {
  const problems = await findProblems(service, source);
  return problems?.map(({ code }) => code);
}

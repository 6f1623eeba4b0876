import assert from "node:assert/strict";
import { linkTexts } from "./links.ts";

Deno.test("linkTexts() names what is closed, and why", () => {
  const link = (path: string, target: string | null) => ({
    path,
    target,
    leadsDown: false,
  });
  const check = (
    closed: readonly ReturnType<typeof link>[],
    fixed: readonly string[],
    expected: readonly string[],
  ) =>
    assert.deepEqual(
      linkTexts({
        closed: new Map(closed.map((one) => [one.path.split("/")[0]!, one])),
        fixed,
      }),
      expected,
    );
  check([], [], []);
  check([], ["a", "b\x1b"], [
    'Because of links in the folder, cells can not write "a", "b\\u{1b}".',
  ]);
  check([link("d/l", "/out"), link("e", null)], ["a", "b", "c", "d"], [
    'Because of links in the folder, cells can neither read nor write "d", "e" (the link "d/l" leads to "/out", the link "e" leads to a place that is not known), and not write "a", "b", "c" and 1 more.',
  ]);
});

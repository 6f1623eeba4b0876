import assert from "node:assert/strict";
import {
  otherCpuShare,
  parseQuotaV1,
  parseQuotaV2,
  sumOwnTicks,
  sumSystemTicks,
} from "./proc.ts";

Deno.test("sumSystemTicks() counts stolen time but not guests twice", () => {
  assert.deepEqual(
    sumSystemTicks("cpu  8606 0 4076 314620 633 0 84 35 900 7\ncpu0 1 2\n"),
    {
      allTicks: 8606 + 4076 + 314620 + 633 + 84 + 35,
      idleTicks: 314620 + 633,
    },
  );
});

Deno.test("sumSystemTicks() refuses other text", () => {
  for (
    const text of ["", "cpu\n", "cpu0 1 2 3 4 5 6 7 8\n", "intr 1 2 3 4 5\n"]
  ) {
    assert.throws(() => sumSystemTicks(text), SyntaxError, text);
  }
});

Deno.test("sumOwnTicks() refuses text cut short", () => {
  assert.throws(
    () => sumOwnTicks("7 (deno) R 1 7 7 0 -1 0 0 0 0 0 20"),
    SyntaxError,
  );
});

Deno.test("otherCpuShare() stays within 0 and 1", () => {
  const start = { allTicks: 1000, idleTicks: 500 };
  const end = { allTicks: 1200, idleTicks: 600 };
  const check = (ownTicks: number, expected: number) =>
    assert.equal(otherCpuShare(start, end, ownTicks), expected);
  check(0, 0.5);
  check(50, 0.25);
  check(100, 0);
  check(103, 0);
  assert.equal(otherCpuShare(start, start, 0), 0);
});

Deno.test("parseQuota reads limits of both versions", () => {
  assert.equal(parseQuotaV2("max 100000\n"), null);
  assert.equal(parseQuotaV2("150000 100000\n"), 1.5);
  assert.equal(parseQuotaV2(""), null);
  assert.equal(parseQuotaV1("200000\n", "100000\n"), 2);
  assert.equal(parseQuotaV1("", ""), null);
});

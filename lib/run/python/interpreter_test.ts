import assert from "node:assert/strict";
import {
  describePython,
  isSupported,
  listCommands,
  parseProbe,
} from "./interpreter.ts";

Deno.test("listCommands() names the usual ones first, and Windows' launcher", () => {
  assert.deepEqual(listCommands("windows").slice(0, 3), [
    ["python3"],
    ["python"],
    ["py", "-3"],
  ]);
  assert.deepEqual(listCommands("linux").slice(0, 2), [["python3"], [
    "python",
  ]]);
});

Deno.test("parseProbe() takes nothing else for an interpreter", () => {
  assert.equal(parseProbe(["python3"], "no JSON"), null);
  assert.equal(parseProbe(["python3"], "{}"), null);
  assert.equal(parseProbe(["py"], '{"version":"3.9.0"}')?.version, "3.9.0");
});

Deno.test("isSupported() knows versions", () => {
  const versions = ["3.8.18", "3.9.0", "3.14.0rc1", "2.7.18", "4.0"];
  assert.deepEqual(versions.map(isSupported), [false, true, true, false, true]);
});

Deno.test("describePython() tells of the lock", () => {
  const python = { version: "3.14.0", implementation: "CPython" };
  const check = (gil: boolean, freeThreaded: boolean, said: string) =>
    assert.equal(
      describePython({ ...python, gil, freeThreaded }),
      `CPython 3.14.0, ${said}`,
    );
  check(true, false, "with a GIL");
  check(false, true, "free-threaded, no GIL");
  check(true, true, "free-threaded, but its GIL is on");
});

import assert from "node:assert/strict";
import { findPython, pythons } from "./interpreter.ts";
import {
  describePython,
  isSupported,
  listCommands,
  parseProbe,
} from "./interpreter.ts";
import { ANY, testPython } from "./test_python.ts";

Deno.test("pythons() lists each interpreter once", async () => {
  const found = await pythons();
  const keys = found.map(({ executable, version }) =>
    `${executable} ${version}`
  );
  assert.equal(new Set(keys).size, keys.length);
  for (const { version, command } of found) {
    assert.match(version, /^\d+\.\d+/);
    assert.ok(command.length > 0);
  }
});

testPython("findPython() asks an interpreter once", ANY, async (path) => {
  const [one, other] = [await findPython(path), await findPython(path)];
  assert.equal(one.type, "found");
  assert.ok(one.type === "found" && other.type === "found");
  assert.equal(one.python, other.python);
  assert.equal(one.python.gil || one.python.freeThreaded, true);
});

Deno.test("findPython() says what is no Python", async () => {
  const found = await findPython(Deno.execPath());
  assert.equal(found.type, "missing");
  assert.match(
    found.type === "missing" ? found.reason : "",
    /^Cannot find Python: .*: it tells no version, and ends with code \d+; expected CPython 3\.9 or newer$/,
  );
});

Deno.test("listCommands() begins with what most machines have", () => {
  assert.deepEqual(listCommands("linux").slice(0, 3), [["python3"], [
    "python",
  ], ["python3.14t"]]);
  assert.ok(listCommands("windows").some((command) => command[0] === "py"));
});

Deno.test("isSupported() compares numbers, not text", () => {
  assert.deepEqual(
    ["3.9.1", "3.10.0", "3.8.20", "4.0.0", "2.7"].map(isSupported),
    [true, true, false, true, false],
  );
});

Deno.test("parseProbe() takes only what tells a version", () => {
  assert.equal(parseProbe(["p"], ""), null);
  assert.equal(parseProbe(["p"], "{}"), null);
  assert.equal(parseProbe(["p"], '{"version":"3.9.0"}')?.version, "3.9.0");
});

Deno.test("describePython() tells builds apart", () => {
  const python = { version: "3.14.0", implementation: "CPython" };
  const check = (gil: boolean, freeThreaded: boolean, expected: string) =>
    assert.equal(describePython({ ...python, gil, freeThreaded }), expected);
  check(true, false, "CPython 3.14.0, with a GIL");
  check(false, true, "CPython 3.14.0, free-threaded, no GIL");
  check(true, true, "CPython 3.14.0, free-threaded, but its GIL is on");
});

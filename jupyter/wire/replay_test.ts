import assert from "node:assert/strict";
import { ReplayGuard } from "./replay.ts";

Deno.test("admit() takes each signature once", () => {
  const guard = new ReplayGuard();
  assert.ok(guard.admit("a"));
  assert.ok(guard.admit("b"));
  assert.ok(!guard.admit("a"));
  assert.ok(guard.admit(""));
  assert.ok(guard.admit(""));
});

Deno.test("admit() forgets the oldest beyond its limit", () => {
  const guard = new ReplayGuard({ limit: 2 });
  for (const signature of ["a", "b", "c"]) assert.ok(guard.admit(signature));
  assert.ok(!guard.admit("b"));
  assert.ok(!guard.admit("c"));
  assert.ok(guard.admit("a"));
});

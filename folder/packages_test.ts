import assert from "node:assert/strict";
import { pickPackages } from "./packages.ts";

Deno.test("pickPackages() gives what a registry has", () => {
  const check = (value: unknown, expected: Record<string, string>) =>
    assert.deepEqual(pickPackages(value), expected);
  check({ dependencies: { lodash: "4.17.21", "@a/b.c": "^1 || >=2.0.0-x" } }, {
    lodash: "npm:lodash@4.17.21",
    "@a/b.c": "npm:@a/b.c@^1 || >=2.0.0-x",
  });
  check({ dependencies: { a: "", b: "*", c: "latest", d: "1.x" } }, {
    a: "npm:a@*",
    b: "npm:b@*",
    c: "npm:c@latest",
    d: "npm:d@1.x",
  });
  check({ dependencies: { a: "npm:b@1", c: "jsr:@d/e@^2" } }, {
    a: "npm:b@1",
    c: "jsr:@d/e@^2",
  });
  check({
    dependencies: { a: "1" },
    devDependencies: { a: "2", b: "2" },
    peerDependencies: { b: "3", c: "3" },
  }, { a: "npm:a@1", b: "npm:b@2", c: "npm:c@3" });
});

Deno.test("pickPackages() leaves out what is no package of a registry", () => {
  const odd = {
    a: "file:../a",
    b: "git+https://example.org/b.git",
    c: "workspace:*",
    d: "https://example.org/d.tgz",
    e: "user/repo",
    f: 1,
    g: "npm:../../x",
    "../h": "1",
    "file:///i": "1",
    "__proto__/": "1",
  };
  for (
    const value of [{ dependencies: odd }, { dependencies: 1 }, {}, null, []]
  ) assert.deepEqual(pickPackages(value), {});
});

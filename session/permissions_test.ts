import assert from "node:assert/strict";
import {
  defaultPermissions,
  permissionFlags,
  type Permissions,
} from "./permissions.ts";

const NOTHING = {
  type: "listed",
  read: [],
  write: [],
  net: [],
  run: [],
  env: [],
  sys: [],
} as const;
/** No host may be imported from. */
const NO_IMPORT = "--allow-import=none.invalid";
const ALWAYS = {
  read: ["/host"],
  net: ["127.0.0.1:9"],
  closed: { read: [], write: [] },
};

function check(
  permissions: Permissions,
  expected: readonly string[],
  always = {},
): void {
  assert.deepEqual(
    permissionFlags(permissions, { ...ALWAYS, ...always }),
    expected,
  );
}

Deno.test("permissionFlags() spells what is allowed and never asks", () => {
  const least = ["--no-prompt", "--allow-read=/host"];
  const net = "--allow-net=127.0.0.1:9";
  check({ type: "all" }, ["--allow-all"]);
  check(NOTHING, [...least, net, NO_IMPORT]);
  check({ ...NOTHING, read: ["*"] }, [
    "--no-prompt",
    "--allow-read",
    net,
    NO_IMPORT,
  ]);
  check({ ...NOTHING, net: ["*"] }, [...least, "--allow-net", NO_IMPORT]);
  check({ ...NOTHING, write: ["/a", "/b"] }, [
    ...least,
    "--allow-write=/a,/b",
    net,
    NO_IMPORT,
  ]);
  check({ ...NOTHING, run: ["git", "git"] }, [
    ...least,
    net,
    "--allow-run=git",
    NO_IMPORT,
  ]);
  check({ ...NOTHING, env: ["HOME"], sys: ["*"] }, [
    ...least,
    net,
    "--allow-env=HOME",
    "--allow-sys",
    NO_IMPORT,
  ]);
  check({ ...NOTHING, read: ["/host", "/a b"] }, [
    "--no-prompt",
    "--allow-read=/host,/a b",
    net,
    NO_IMPORT,
  ]);
  check({ ...NOTHING, import: ["esm.sh", "jsr.io"] }, [
    "--no-prompt",
    "--allow-read=/host",
    "--deny-read=/l",
    "--deny-write=/l",
    "--deny-write=/m",
    net,
    "--allow-import=esm.sh,jsr.io",
  ], { closed: { read: ["/l"], write: ["/l", "/m"] } });
  check({ ...NOTHING, import: ["*"] }, [...least, net, "--allow-import"]);
});

Deno.test("permissionFlags() refuses a comma, which would allow more", () => {
  for (const kind of ["read", "write", "net", "run", "env", "sys"] as const) {
    const permissions = { ...NOTHING, [kind]: ["fine", "/a,/etc"] };
    assert.throws(() => permissionFlags(permissions, ALWAYS), {
      name: "RangeError",
      message:
        `Cannot allow ${kind} of "/a,/etc": it holds a comma, which Deno takes as the end of the entry`,
    });
  }
});

Deno.test("defaultPermissions() allow the folder and the loopback network", () => {
  assert.deepEqual(defaultPermissions("/n", ["git"]), {
    ...NOTHING,
    read: ["/n"],
    write: ["/n"],
    net: ["127.0.0.1", "localhost", "[::1]"],
    run: ["git"],
    import: [],
    folder: "/n",
  });
});

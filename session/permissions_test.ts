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
const ALWAYS = { read: ["/host"], net: ["127.0.0.1:9"] };

function check(permissions: Permissions, expected: readonly string[]): void {
  assert.deepEqual(permissionFlags(permissions, ALWAYS), expected);
}

Deno.test("permissionFlags() spells what is allowed and never asks", () => {
  const least = ["--no-prompt", "--allow-read=/host"];
  const net = "--allow-net=127.0.0.1:9";
  check({ type: "all" }, ["--allow-all"]);
  check(NOTHING, [...least, net]);
  check({ ...NOTHING, read: ["*"] }, ["--no-prompt", "--allow-read", net]);
  check({ ...NOTHING, net: ["*"] }, [...least, "--allow-net"]);
  check({ ...NOTHING, write: ["/a", "/b"] }, [
    ...least,
    "--allow-write=/a,/b",
    net,
  ]);
  check({ ...NOTHING, run: ["git", "git"] }, [
    ...least,
    net,
    "--allow-run=git",
  ]);
  check({ ...NOTHING, env: ["HOME"], sys: ["*"] }, [
    ...least,
    net,
    "--allow-env=HOME",
    "--allow-sys",
  ]);
  check({ ...NOTHING, read: ["/host", "/a b"] }, [
    "--no-prompt",
    "--allow-read=/host,/a b",
    net,
  ]);
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
  });
});

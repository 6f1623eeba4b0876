import assert from "node:assert/strict";
import { defaultPermissions } from "../session/mod.ts";
import { decidePermissions, PERMISSION_OPTIONS } from "./permissions.ts";
import { NO_RIGHTS } from "./rights.ts";
import { UsageError } from "./usage.ts";

const DEFAULTS = {
  type: "listed",
  read: ["/n b"],
  write: ["/n b"],
  net: ["127.0.0.1", "localhost", "[::1]"],
  run: [],
  env: [],
  sys: [],
  import: [],
  folder: "/n b",
};
const NOTEBOOK = {
  folder: "/n",
  asked: NO_RIGHTS,
  granted: NO_RIGHTS,
  denoPath: "/bin/deno",
};

Deno.test("decidePermissions() adds what was typed to the default", () => {
  const check = (
    { flags = [], programs = [], ...lists }: Record<string, string[]>,
    expected: unknown,
  ) => {
    const found = decidePermissions({ flags: new Set(flags), lists }, {
      ...NOTEBOOK,
      folder: "/n b",
      granted: { ...NO_RIGHTS, run: programs },
    });
    assert.deepEqual(found, expected);
  };
  assert.deepEqual(defaultPermissions("/n b"), DEFAULTS);
  check({}, DEFAULTS);
  check({ flags: ["allow-errors"] }, DEFAULTS);
  check({ flags: ["allow-all"], "allow-net": ["a"] }, { type: "all" });
  check({ "allow-read": ["/a,/b", "/c"] }, {
    ...DEFAULTS,
    read: ["/n b", "/a", "/b", "/c"],
  });
  check({ "allow-write": ["*"] }, { ...DEFAULTS, write: ["/n b", "*"] });
  check({ "allow-net": ["a:1"] }, {
    ...DEFAULTS,
    net: [...DEFAULTS.net, "a:1"],
  });
  check({ "allow-import": ["esm.sh", "jsr.io"] }, {
    ...DEFAULTS,
    import: ["esm.sh", "jsr.io"],
  });
  check({ "allow-env": ["A,B"], "allow-sys": ["*"] }, {
    ...DEFAULTS,
    env: ["A", "B"],
    sys: ["*"],
  });
  check({ programs: ["git"], "allow-run": ["ls"] }, {
    ...DEFAULTS,
    run: ["git", "ls"],
  });
});

Deno.test("decidePermissions() withholds a folder that was not granted", () => {
  const check = (
    folder: string | null,
    lists: Record<string, string[]>,
    expected: unknown,
  ) => {
    const found = decidePermissions({ flags: new Set(), lists }, {
      ...NOTEBOOK,
      folder: "/",
      asked: { run: [], folder: "/" },
      granted: { run: [], folder },
    });
    assert.deepEqual(found, expected);
  };
  const { folder: _, ...broad } = DEFAULTS;
  check(null, {}, { ...broad, read: [], write: [] });
  check(null, { "allow-read": ["/a"] }, { ...broad, read: ["/a"], write: [] });
  check("/", {}, { ...broad, read: ["/"], write: ["/"] });
});

Deno.test("decidePermissions() takes deno for this Deno, whoever names it", () => {
  const check = (
    programs: readonly string[],
    typed: readonly string[],
    expected: readonly string[],
  ) => {
    const found = decidePermissions(
      { flags: new Set(), lists: { "allow-run": typed } },
      { ...NOTEBOOK, granted: { ...NO_RIGHTS, run: programs } },
    );
    assert.deepEqual(found.type === "listed" && found.run, expected);
  };
  check(["deno"], [], ["deno", "/bin/deno"]);
  check([], ["ls,deno"], ["ls", "deno", "/bin/deno"]);
  check(["denoise"], ["ls"], ["denoise", "ls"]);
});

Deno.test("decidePermissions() refuses what Deno could not be told", () => {
  const check = (folder: string, list: string, message: RegExp) => {
    const lists = { "allow-read": [list] };
    assert.throws(
      () =>
        decidePermissions({ flags: new Set(), lists }, {
          ...NOTEBOOK,
          folder,
        }),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  };
  check("/n", "", /^Cannot run: --allow-read is "", expected entries/);
  check("/n", "/a,,/b", /^Cannot run: --allow-read is "\/a,,\/b"/);
  check("/a,b", "/c", /folder "\/a,b".* comma .*--allow-all/);
});

Deno.test("PERMISSION_OPTIONS has an option for each permission", () => {
  const { type: _, folder: __, ...names } = DEFAULTS;
  assert.deepEqual(
    Object.keys(PERMISSION_OPTIONS).sort(),
    ["all", ...Object.keys(names)].map((name) => `allow-${name}`).sort(),
  );
});

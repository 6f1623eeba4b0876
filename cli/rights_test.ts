import assert from "node:assert/strict";
import {
  areSameRights,
  isBroad,
  missingRights,
  namedPrograms,
  NO_RIGHTS,
  refusalText,
  type Rights,
  rightsQuestion,
} from "./rights.ts";

Deno.test("namedPrograms() reads the programs that metadata asks for", () => {
  const check = (metadata: Record<string, unknown>, expected: string[]) =>
    assert.deepEqual(namedPrograms(notebook(metadata)), expected);
  check({}, []);
  check({ kernelspec: { name: "deno" } }, []);
  check({ skein: {} }, []);
  check({ skein: { permissions: {} } }, []);
  check({ skein: { permissions: { run: [] } } }, []);
  check({ skein: { permissions: { run: ["deno", "a b", "deno"] }, x: 1 } }, [
    "deno",
    "a b",
  ]);
  check({ skein: { permissions: { run: ["größe", "./tool"] } } }, [
    "größe",
    "./tool",
  ]);
});

Deno.test("namedPrograms() refuses what can not be one program, or not be shown", () => {
  const check = (skein: unknown, place: string) => {
    assert.throws(
      () => namedPrograms(notebook({ skein })),
      new TypeError(
        `Cannot read permissions: metadata.${place}, expected {"skein": {"permissions": {"run": ["name", …]}}} with the name of one program each`,
      ),
    );
  };
  const checkName = (name: string, shown: string) =>
    check(
      { permissions: { run: ["a", name] } },
      `skein.permissions.run.1 is ${shown}`,
    );
  check(null, "skein is null");
  check("all", 'skein is "all"');
  check({ permissions: true }, "skein.permissions is true");
  check({ permissions: { run: "deno" } }, 'skein.permissions.run is "deno"');
  check({ permissions: { run: {} } }, "skein.permissions.run is an object");
  check(
    { permissions: { run: ["a", ["b"]] } },
    "skein.permissions.run.1 is a list",
  );
  checkName("", '""');
  checkName("a,b", '"a,b"');
  checkName("*", '"*"');
  checkName(" * ", '" * "');
  checkName("\r\x1b[2K\x1b[1A", '"\\u{d}\\u{1b}[2K\\u{1b}[1A"');
  checkName("\x9b2K", '"\\u{9b}2K"');
  checkName("a\u202eb", '"a\\u{202e}b"');
  checkName("a\u2066b", '"a\\u{2066}b"');
  checkName("a\u200bb", '"a\\u{200b}b"');
  checkName("a\u2028b", '"a\\u{2028}b"');
  checkName("a\0b", '"a\\u{0}b"');
});

Deno.test("isBroad() knows folders that hold more than a notebook's files", () => {
  const places = ["/home/ann", "/tmp", "C:\\Users\\ann"];
  const check = (folder: string, expected: boolean) =>
    assert.equal(isBroad(folder, places), expected, folder);
  check("/", true);
  check("/home", true);
  check("/home/ann", true);
  check("/home/ann/", true);
  check("/home/ann/course", false);
  check("/home/ann2", false);
  check("/home/bob", false);
  check("/tmp", true);
  check("/tmp/course", false);
  check("C:\\Users", true);
  check("C:\\Users\\ann\\course", false);
});

Deno.test("missingRights() leaves what was not typed", () => {
  const asked: Rights = { run: ["sh", "ls"], folder: "/home/ann" };
  const check = (lists: Record<string, string[]>, expected: Rights) =>
    assert.deepEqual(missingRights(asked, lists), expected);
  check({}, asked);
  check({ "allow-run": ["sh"] }, { ...asked, run: ["ls"] });
  check({ "allow-run": ["ls,sh"] }, { ...asked, run: [] });
  check({ "allow-run": ["*"] }, { ...asked, run: [] });
  check({ "allow-run": ["shy"] }, asked);
  check({ "allow-read": ["/home/ann"] }, asked);
  check({ "allow-read": ["/home/ann"], "allow-write": ["*"] }, {
    ...asked,
    folder: null,
  });
});

Deno.test("areSameRights() compares what is granted, not its order", () => {
  const check = (a: Rights, b: Rights, expected: boolean) =>
    assert.equal(areSameRights(a, b), expected);
  check(NO_RIGHTS, { run: [], folder: null }, true);
  check(
    { run: ["a", "b"], folder: null },
    { run: ["b", "a"], folder: null },
    true,
  );
  check({ run: ["a", "b"], folder: null }, { run: ["a"], folder: null }, false);
  check(
    { run: ["a b"], folder: null },
    { run: ["a", "b"], folder: null },
    false,
  );
  check(NO_RIGHTS, { run: [], folder: "/" }, false);
});

Deno.test("rightsQuestion() and refusalText() say what it is about", () => {
  const rights: Rights = { run: ["sh", "a b"], folder: "/home/ann" };
  assert.equal(
    rightsQuestion(rights),
    'The notebook asks to start the programs "sh", "a b" and read and write all of "/home/ann", the folder it is in.\n' +
      "A program can do whatever you can do: read and change your files, use the network.\n" +
      "Allow it? y: this time, a: always for this notebook, else no: ",
  );
  assert.equal(
    refusalText(rights),
    `Not allowed: to start the programs "sh", "a b" and read and write all of "/home/ann", the folder it is in. The notebook asks for it; allow it with --allow-run='sh,a b' --allow-read=/home/ann --allow-write=/home/ann, or for good with skein trust.`,
  );
});

function notebook(metadata: Record<string, unknown>) {
  return { nbformat: 4, nbformat_minor: 5, metadata, cells: [] } as const;
}

import assert from "node:assert/strict";
import { posix, win32 } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  dirname,
  fromFileUrl,
  isAbsolute,
  join,
  resolve,
  toFileUrl,
} from "./paths.ts";

const POSIX = [
  "/",
  "/a",
  "/a/",
  "/a/b.ts",
  "/a b/ü/%41#?.ts",
  "/a\\b/c\nd\te",
  "a/b",
  "a",
  "/a/b/c//",
  '/"q"/\'<>{}|^`/日本~[]!$&()*+,;=:@',
];
const WINDOWS = [
  "C:\\",
  "C:\\a",
  "C:\\a\\b.ts",
  "C:/a/b/",
  "c:\\a b\\ü\\%41#.ts",
  "\\\\server\\share\\a\\b",
  "\\a\\b",
  "a\\b",
  "a",
];

Deno.test("dirname() and isAbsolute() do what Node's do", () => {
  for (const path of POSIX) {
    assert.equal(dirname(path, "posix"), posix.dirname(path), path);
    assert.equal(isAbsolute(path, "posix"), posix.isAbsolute(path), path);
  }
  for (const path of WINDOWS) {
    assert.equal(dirname(path, "windows"), win32.dirname(path), path);
    assert.equal(isAbsolute(path, "windows"), win32.isAbsolute(path), path);
  }
});

Deno.test("join() does what Node's does", () => {
  const { join: expected } = Deno.build.os === "windows" ? win32 : posix;
  for (const folder of ["/", "/a", "/a/", "", "a"]) {
    for (const names of [["b"], ["b", "c.ts"], [""], ["", "b"]]) {
      if (folder + names.join("") === "") continue;
      const found = join(folder, ...names);
      const wanted = expected(folder, ...names);
      assert.equal(
        found.replace(/(?<=.)[\\/]$/, ""),
        wanted.replace(/(?<=.)[\\/]$/, ""),
      );
    }
  }
});

Deno.test("resolve() does what Node's does", () => {
  const { resolve: expected } = Deno.build.os === "windows" ? win32 : posix;
  for (const folder of [Deno.cwd(), "a b", "."]) {
    for (const path of ["b", "./b%41", "../b/./c", "../../x/../y", "", "."]) {
      const found = resolve(folder, path).replace(/(?<=.)[\\/]$/, "");
      assert.equal(found, expected(folder, path), `${folder} ${path}`);
    }
    assert.equal(resolve(folder, expected("/a")), expected("/a"));
  }
});

Deno.test("toFileUrl() does what Node's pathToFileURL() does, and fromFileUrl() undoes it", () => {
  for (const path of POSIX) {
    const url = toFileUrl(path, "posix");
    const expected = pathToFileURL(path, { windows: false }).href;
    assert.equal(url, expected.replaceAll(/(?<=\w)\/{2,}$/g, "/"), path);
    const back = fileURLToPath(url, { windows: false });
    assert.equal(fromFileUrl(url, "posix"), back, path);
  }
  for (const path of WINDOWS.filter((one) => /^(\w:|\\\\).*\w$/.test(one))) {
    const url = toFileUrl(path, "windows");
    assert.equal(url, pathToFileURL(path, { windows: true }).href, path);
    assert.equal(fromFileUrl(url, "windows"), path.replaceAll("/", "\\"));
  }
});

Deno.test("fromFileUrl() refuses what is no path of a file", () => {
  for (
    const [url, system] of [
      ["https://a/b", "posix"],
      ["file://host/a", "posix"],
      ["file:///a%2Fb", "posix"],
      ["file:///C:/a%5Cb", "windows"],
      ["file:///a/b", "windows"],
    ] as const
  ) assert.throws(() => fromFileUrl(url, system), TypeError, url);
});

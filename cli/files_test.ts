import assert from "node:assert/strict";
import { findConfig, readNotebook } from "./files.ts";
import { fails, openFolder } from "./test_folder.ts";

const EMPTY =
  `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}`;

Deno.test("readNotebook() reads a notebook at an odd path", async () => {
  await using folder = await openFolder({ "a b/ü ✓.ipynb": EMPTY });
  const { nbformat, cells } = await readNotebook(folder.at("a b/ü ✓.ipynb"));
  assert.deepEqual({ nbformat, cells }, { nbformat: 4, cells: [] });
});

Deno.test("readNotebook() says in one line why it can not", async () => {
  await using folder = await openFolder({
    "page.html": "<!doctype html>",
    "cut.ipynb": EMPTY.slice(0, -3),
    "list.ipynb": "[]",
    "old.ipynb": `{"nbformat": 2}`,
    "no_sheets.ipynb": `{"nbformat": 3}`,
    "there.ipynb": EMPTY,
    "sub/x": "",
  });
  const check = async (name: string, expected: RegExp) => {
    const error = await fails(readNotebook(folder.at(name)));
    const path = folder.at(name).replaceAll("\\", "\\\\");
    assert.ok(error.startsWith(`Cannot read notebook "${path}"`), error);
    assert.match(error, expected);
    assert.ok(!error.includes("\n"), error);
  };
  await check("none.ipynb", /: there is no such file$/);
  await check(
    "there",
    /: there is no such file, but there is ".*there.ipynb"$/,
  );
  await check("sub", /: it is a folder$/);
  await check("page.html", / at 1:1: found "<", expected JSON$/);
  await check("cut.ipynb", / at 1:\d+: /);
  await check("list.ipynb", /: it is a list, expected /);
  await check("old.ipynb", /: nbformat is 2, expected 3 or 4 /);
  await check(
    "no_sheets.ipynb",
    /: worksheets is missing, expected a list of worksheets$/,
  );
});

Deno.test("findConfig() finds the nearest deno.json", async () => {
  await using folder = await openFolder({
    "deno.jsonc": "",
    "a/deno.json": "",
    "a/deno.jsonc": "",
    "a/b/c/x": "",
    "d/deno.json/x": "",
  });
  const check = async (name: string, expected: string) =>
    assert.equal(await findConfig(folder.at(name)), folder.at(expected));
  await check("a/b/c", "a/deno.json");
  await check("a", "a/deno.json");
  // A folder of that name does not count.
  await check("d", "deno.jsonc");
});

Deno.test({
  name: "readNotebook() ends where a device never does",
  ignore: Deno.build.os === "windows",
  async fn() {
    assert.match(
      await fails(readNotebook("/dev/zero")),
      /^Cannot read notebook "\/dev\/zero": it has no end within \d+ MiB, expected a file$/,
    );
    assert.match(
      await fails(readNotebook("/dev/null")),
      /^Cannot read notebook "\/dev\/null": it is empty, expected JSON$/,
    );
  },
});

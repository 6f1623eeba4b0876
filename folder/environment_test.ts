import assert from "node:assert/strict";
import { denoFolder, pickEnvironment } from "./environment.ts";

Deno.test("pickEnvironment() passes what is needed, and what was granted", () => {
  const all = {
    PATH: "/bin",
    HOME: "/h",
    LC_TIME: "C",
    http_proxy: "http://p",
    SECRET: "s",
    AWS_KEY: "k",
    AWS_ID: "i",
    PATHS: "no",
  };
  const { PATH, HOME, LC_TIME, http_proxy, SECRET } = all;
  const least = { PATH, HOME, LC_TIME, http_proxy };
  assert.deepEqual(pickEnvironment(all), least);
  assert.deepEqual(pickEnvironment(all, ["SECRET", "NONE"]), {
    ...least,
    SECRET,
  });
  assert.deepEqual(pickEnvironment(all, ["AWS_*"]), {
    ...least,
    AWS_KEY: "k",
    AWS_ID: "i",
  });
  assert.deepEqual(pickEnvironment(all, ["*"]), all);
});

Deno.test("denoFolder() is where Deno keeps what it has loaded", () => {
  const HOME = "/h";
  assert.equal(denoFolder({ DENO_DIR: "/d", HOME }, "linux"), "/d");
  assert.equal(denoFolder({ HOME }, "linux"), "/h/.cache/deno");
  assert.equal(denoFolder({ HOME, XDG_CACHE_HOME: "/c" }, "linux"), "/c/deno");
  assert.equal(denoFolder({ HOME }, "darwin"), "/h/Library/Caches/deno");
  assert.equal(
    denoFolder({ LOCALAPPDATA: "C:\\l" }, "windows"),
    "C:\\l\\deno",
  );
  assert.equal(denoFolder({}, "linux"), null);
});

import assert from "node:assert/strict";
import { type FoundLink, judgeLinks } from "./links.ts";

/** Links by path: where they lead; `v` before it for those that lead down only. */
function check(
  links: Readonly<Record<string, string | null>>,
  expected: { readonly closed?: string; readonly fixed?: string },
  readable: readonly string[] = [],
): void {
  const found = Object.entries(links).map(([path, to]): FoundLink => ({
    path,
    target: to?.replace(/^v/, "") ?? null,
    leadsDown: to?.startsWith("v") ?? false,
  }));
  for (const order of [found, found.toReversed()]) {
    const { closed, fixed } = judgeLinks(order, { root: "/n", readable });
    assert.deepEqual({
      closed: [...closed.keys()].sort().join(" "),
      fixed: [...fixed].sort().join(" "),
    }, { closed: "", fixed: "", ...expected });
  }
}

Deno.test("judgeLinks() closes nothing where all links lead down", () => {
  check({}, {});
  check({ "a": "v/n/b", "c/d": "v/n/c/e", "self": "v/n" }, {});
});

Deno.test("judgeLinks() lets what holds links be read only, so that none moves", () => {
  check({ "a/b/c": "/n/x" }, { fixed: "a" });
  check({ "a": "/n/b", "d/e": "v/n/d/f" }, { fixed: "a d" });
});

Deno.test("judgeLinks() closes what leads out, and what leads there", () => {
  check({ "a": "/out" }, { closed: "a" });
  check({ "a/b/c": "/n2" }, { closed: "a" });
  check({ "a": null }, { closed: "a" });
  check({ "a": "/out", "b": "/n/a/x", "c": "v/n/b", "d": "/n/e" }, {
    // Links to links are followed to their end: "b" leads out as "a" does.
    closed: "a b c",
    fixed: "d",
  });
  check({ "a/l": "/out", "b": "v/n/a", "c/d": "/n/b" }, { closed: "a b c" });
  // What leads to all of the folder leads to what is closed of it.
  check({ "a/l": "/out", "self": "v/n", "c": "/n" }, { closed: "a c self" });
  check({ "a": "/" }, { closed: "a" });
});

Deno.test("judgeLinks() lets what the user granted be read through links", () => {
  check({ "a": "/out/x", "b": "/out2" }, { closed: "b", fixed: "a" }, ["/out"]);
  check({ "a": "/out" }, { fixed: "a" }, ["*"]);
  // A granted folder around this one leads to all of it.
  check({ "a": "/", "b": "/n/c" }, { fixed: "a b" }, ["/"]);
  check({ "a": "/", "b": null }, { closed: "a b" }, ["/"]);
});

import assert from "node:assert/strict";
import { openCensus, parsePs, parseStat } from "./census.ts";
import { isSame } from "./kin.ts";

const STAT_END =
  "S 41 40 39 0 -1 4194304 98 0 0 0 0 0 0 0 20 0 7 0 52275 3133440 393 18446744073709551615";

Deno.test("parseStat() reads a line, whatever the process is called", () => {
  for (const name of ["sh", "a b", "x) S 1 1 (y", "))"]) {
    assert.deepEqual(parseStat(`42 (${name}) ${STAT_END}\n`), {
      pid: 42,
      parent: 41,
      group: 40,
      session: 39,
      stamp: "52275",
      isEnded: false,
      threads: 7,
    });
  }
  const ended = parseStat(`42 (sh) ${STAT_END.replace("S", "Z")}`);
  assert.equal(ended?.isEnded, true);
  for (const line of ["", "42", "42 (sh) S 1", "(sh) S 1 2"]) {
    assert.equal(parseStat(line), null, line);
  }
});

Deno.test("parsePs() reads a line as ps prints it", () => {
  const line = "   42    41    40 S+   Sun Nov  9 16:01:58 2026";
  assert.deepEqual(parsePs(line), {
    pid: 42,
    parent: 41,
    group: 40,
    session: 40,
    stamp: "Sun_Nov_9_16:01:58_2026",
    isEnded: false,
    threads: 1,
  });
  assert.equal(parsePs(""), null);
  assert.equal(parsePs("  PID  PPID"), null);
});

Deno.test({
  name: "openCensus() finds this process and a child, by /proc as by ps",
  ignore: Deno.build.os === "windows",
  async fn() {
    const child = new Deno.Command("sleep", {
      args: ["60"],
      env: { SOME_MARK: "hello-4711" },
      detached: true,
    }).spawn();
    try {
      for (const os of ["linux", "darwin"] as const) {
        if (os === "linux" && Deno.build.os !== "linux") continue;
        const census = openCensus(os);
        const own = census.find(Deno.pid);
        const found = census.find(child.pid);
        assert.ok(own !== null && found !== null);
        assert.equal(found.parent, Deno.pid);
        assert.equal(found.group, child.pid);
        assert.ok(!isSame(own, found));
        const listed = census.list().find(({ pid }) => pid === child.pid);
        assert.ok(listed !== undefined && isSame(listed, found));
        const mark = { text: "hello-4711", first: found };
        assert.equal(census.hasMark(found, mark), os === "linux");
        assert.equal(census.hasMark(own, mark), false);
      }
    } finally {
      child.kill("SIGKILL");
      await child.status;
    }
    assert.equal(openCensus().find(child.pid), null);
  },
});

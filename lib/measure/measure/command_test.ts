import assert from "node:assert/strict";
import {
  CROWDS,
  PAIR,
  SINGLE,
} from "../../plot/gallery/distribution_gallery_data.ts";
import { nameCommand, subtractShell, toArguments } from "./command.ts";
import { describeMeasurement, findMeasurement } from "./findings.ts";
import { measure } from "./measure.ts";
import { compareWithEarlier, readMeasurement } from "./saved.ts";

const DENO = Deno.execPath();

Deno.test("measure() times a program without a shell", async () => {
  const measured = await measure([DENO, "--version"], { samples: 3 });
  const [result] = measured.results;
  assert.deepEqual(result!.command, [DENO, "--version"]);
  assert.equal(measured.shellMs, undefined);
  assert.equal(measured.summary.count, 3);
  assert.ok(measured.findings.some((words) => / a run takes /.test(words)));
});

Deno.test("measure() subtracts the shell's own start, and compares commands with a function", async () => {
  const { results, shellMs } = await measure({
    line: "exit 0",
    nap: () => new Promise((resolve) => setTimeout(resolve, 20)),
  }, { samples: 4 });
  assert.ok(shellMs! > 0);
  // The shell itself is no result.
  assert.deepEqual(results.map(({ name }) => name), ["line", "nap"]);
  assert.deepEqual(results[0]!.command, toArguments("exit 0"));
  assert.equal(results[1]!.command, undefined);
  assert.equal(results[1]!.speedup!.ratio < 1, true);
});

Deno.test("measure() says which command failed, and what it may not run", async () => {
  await assert.rejects(measure("exit 3", { samples: 3 }), {
    message: 'Cannot measure "exit 3": it ended with code 3, expected 0',
  });
  await assert.rejects(measure([]), /work is an array of 0, .*; example: /);
  await assert.rejects(measure({ a: "" }), /"a" is "", expected/);
  await assert.rejects(measure({ shell: "exit" }), /expected another name/);
});

Deno.test({
  name: "measure() names the option that allows a command",
  permissions: { run: false },
  async fn() {
    await assert.rejects(
      measure(["no-such-program"]),
      /allow it with `skein run --allow-run=no-such-program`/,
    );
  },
});

Deno.test("measure() keeps a measurement, and compares a later one with it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const save = `${folder}/first.json`;
    const work = { count: () => Array.from({ length: 1e4 }, (_, n) => n) };
    const first = await measure(work, { samples: 5, save });
    const kept = await readMeasurement(save);
    assert.deepEqual(
      kept.results[0]!.samplesMs,
      first.results[0]!.samplesMs,
    );
    const again = await measure(work, { samples: 5, against: save });
    assert.deepEqual(again.earlier!.map(({ name }) => name), ["count"]);
    assert.equal(again.earlier![0]!.isSameMachine, true);
    assert.ok(
      again.findings.some((words) => /earlier measurement/.test(words)),
    );

    for (
      const text of ["{", "{}", `{"type":"measurement","results":[{"name":1}]}`]
    ) {
      await Deno.writeTextFile(save, text);
      await assert.rejects(
        measure(work, { samples: 5, against: save }),
        /Cannot read measurement ".*first.json": .*, expected what the option "save"/,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("compareWithEarlier() knows other machines, and only equal names", () => {
  const { results, stamp } = PAIR;
  const earlier = (deno: string) =>
    compareWithEarlier(
      results,
      { ...stamp, deno },
      { results: results.slice(0, 1), stamp },
      1,
    );
  const [same] = earlier(stamp.deno);
  assert.deepEqual(
    [same!.name, same!.speedup.ratio, same!.isSameMachine],
    [results[0]!.name, 1, true],
  );
  assert.equal(earlier("0.1.0")[0]!.isSameMachine, false);
  assert.equal(earlier("0.1.0").length, 1);
});

Deno.test("subtractShell() takes the shell's median off lines only", () => {
  const make = (name: string, ms: number) => ({
    ...{ name, isAsync: true, callsPerSample: [1, 1], warmUpSettled: true },
    samplesMs: [ms, ms],
    warmUpMs: [ms],
  });
  const { raw, shellMs } = subtractShell(
    [make("line", 12), make("program", 9), make("shell", 4)],
    new Set(["line"]),
  );
  assert.equal(shellMs, 4);
  assert.deepEqual(raw.map(({ name, samplesMs }) => [name, samplesMs[0]]), [
    ["line", 8],
    ["program", 9],
  ]);
});

Deno.test("nameCommand() writes a command as it is typed, cut short", () => {
  assert.equal(nameCommand("sort a | uniq"), "sort a | uniq");
  assert.equal(nameCommand(["sort", "a"]), "sort a");
  assert.equal(nameCommand("x".repeat(90)).length, 40);
});

Deno.test("findMeasurement() finds medians, differences, crowds, and what is doubtful", () => {
  const rules = (measured: Parameters<typeof findMeasurement>[0]) =>
    new Set(Array.from(findMeasurement(measured)).map(({ rule }) => rule));
  assert.ok(rules(SINGLE).has("median"));
  assert.ok(rules(PAIR).has("differs") || rules(PAIR).has("alike"));
  assert.ok(rules(CROWDS).has("modes"));
  const [result] = SINGLE.results;
  const short = { ...result!, isLine: true, warmUpSettled: false };
  const found = rules({
    ...SINGLE,
    results: [{ ...short, warmUpMs: [1], isDependent: true }],
    shellMs: 1e6,
    earlier: [{
      name: result!.name,
      speedup: { ratio: 1, low: 0.9, high: 1.1, shown: false },
      isSameMachine: false,
    }],
  });
  for (
    const rule of [
      "shell",
      "shorterThanShell",
      "shortWarmUp",
      "dependent",
      "earlier",
    ] as const
  ) assert.ok(found.has(rule), rule);
});

Deno.test("describeMeasurement() puts rules into words", () => {
  const words = describeMeasurement({
    ...SINGLE,
    shellMs: 1.5,
    earlier: [{
      name: "fib(25)",
      speedup: { ratio: 0.5, low: 0.4, high: 0.6, shown: true },
      isSameMachine: true,
    }],
  }).join("\n");
  assert.match(
    words,
    /fib\(25\): a call takes .* \(95 % interval .*\), at best/,
  );
  assert.match(words, /The shell's own start, 1.50 ms, is subtracted/);
  assert.match(
    words,
    /fib\(25\) is 2.00× as slow as in the earlier measurement \(1.67× to 2.50×\)/,
  );
});

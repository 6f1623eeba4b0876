import assert from "node:assert/strict";
import { finishStamp, startStamp } from "./stamp.ts";

const LINUX = Deno.build.os === "linux";
const QUIET = { samples: 5, spread: 0.02 };

Deno.test("finishStamp() names the machine and the versions", async () => {
  const stamp = await finishStamp(await startStamp(), QUIET);
  assert.equal(stamp.cores, navigator.hardwareConcurrency);
  assert.equal(stamp.deno, Deno.version.deno);
  assert.equal(stamp.os, Deno.build.os);
  assert.equal(stamp.samples, 5);
});

Deno.test("finishStamp() gives a sentence for each figure it lacks", async () => {
  const stamp = await finishStamp({ cpu: "It is missing" }, QUIET);
  assert.equal(stamp.otherCpuShare, null);
  assert.equal(stamp.missing[0], "It is missing");
  assert.equal(stamp.noisy, false);
});

Deno.test({
  name: "finishStamp() says that others were busy",
  ignore: !LINUX,
  fn: async () => {
    // As if the machine had done nothing before, and we had used no time since.
    const cpu = { system: { allTicks: 0, idleTicks: 0 }, ownTicks: 0 };
    const stamp = await finishStamp({ cpu }, QUIET);
    assert.ok(stamp.otherCpuShare !== null && stamp.otherCpuShare >= 0);
    assert.equal(stamp.noisy, stamp.otherCpuShare > 0.06);
  },
});

Deno.test({
  name: "finishStamp() asks for 0.2 s of every core, however many there are",
  ignore: !LINUX,
  fn: async () => {
    const { cpu } = await startStamp();
    // Under fewer permissions there is nothing to compare.
    if (typeof cpu === "string") return;
    assert.ok(cpu.cores! >= navigator.hardwareConcurrency);
    const allTicks = cpu.system.allTicks - 5 * cpu.cores!;
    const system = { ...cpu.system, allTicks };
    const early = await finishStamp({ cpu: { ...cpu, system } }, QUIET);
    assert.equal(early.otherCpuShare, null);
    assert.match(early.missing[0] ?? "", /less than 0\.2 s/);
  },
});

Deno.test("finishStamp() calls samples that scatter noisy", async () => {
  const stamp = await finishStamp(await startStamp(), {
    samples: 5,
    spread: 0.4,
  });
  assert.equal(stamp.noisy, true);
});

Deno.test("finishStamp() goes on without any permission, and says what to do", async () => {
  const program = `
    import { finishStamp, startStamp } from "${new URL(
    "./stamp.ts",
    import.meta.url,
  )}";
    const stamp = await finishStamp(await startStamp(), { samples: 1, spread: 0 });
    console.log(JSON.stringify(stamp.missing));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-config",
      "--no-lock",
      "--quiet",
      asUrl(program),
    ],
    signal: AbortSignal.timeout(20_000),
  }).output();
  const missing: string[] = JSON.parse(new TextDecoder().decode(stdout));
  assert.equal(missing.length, 1);
  assert.match(
    missing[0] ?? "",
    LINUX
      ? /\/proc\/stat and .* run with `skein run --allow-all`/
      : /on Linux only/,
  );
});

function asUrl(program: string): string {
  return `data:text/javascript,${encodeURIComponent(program)}`;
}

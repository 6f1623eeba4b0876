import assert from "node:assert/strict";
import { hadOthers, noiseOf } from "./noise.ts";
import { listNoise, type Signs } from "./signs.ts";
import { computeCpuShare, lookForOthers } from "./own_load.ts";
import { finishStamp, joinReasons, startStamp } from "./stamp.ts";

const QUIET: Signs = {
  otherShare: null,
  own: null,
  threads: 1,
  othersNow: null,
  cores: 2,
  spread: 0,
  series: [],
};

function check(signs: Partial<Signs>, expected: readonly RegExp[]): void {
  const found = listNoise({ ...QUIET, ...signs });
  assert.equal(found.length, expected.length, found.join("; "));
  found.forEach((sign, i) => assert.match(sign, expected[i]!));
}

Deno.test("listNoise() tells a core that was taken from a nap, and by whom only if somebody looked", () => {
  const own = { wallMs: 300, cpuMs: 145, preemptions: 50 };
  check({ own }, [
    /^this program was taken off its cores 50 times, and was on none for 52 % of the time; by other programs or by threads of its own, is not known$/,
  ]);
  check({ own, othersNow: 0.02 }, [/is not known$/]);
  check({ own, othersNow: 0.48 }, [
    /^others had 48 % of a core right afterwards, and this program had been taken off its cores 50 times, and had been on none for 52 % of the time$/,
  ]);
  // As long, but in one piece: nobody took it.
  check({ own: { ...own, preemptions: 0 } }, []);
  check({ own: { ...own, preemptions: 3 } }, []);
  check({ own: { ...own, cpuMs: 298 } }, []);
  check({ own: { ...own, preemptions: null } }, []);
  // It slept besides: how long others had it is not known then, only that they did.
  check({ own: { wallMs: 5000, cpuMs: 200, preemptions: 50 } }, [
    /^this program was taken off its cores 250 times in each second of computing; by other programs or by .* not known$/,
  ]);
  check({ own: { wallMs: 1000, cpuMs: 20, preemptions: 8 } }, []);
  // Too short to tell.
  check({ own: { wallMs: 20, cpuMs: 2, preemptions: 9 } }, []);
});

Deno.test("listNoise() does not take its own threads for others", () => {
  const own = { wallMs: 300, cpuMs: 480, preemptions: 120 };
  check({ own, threads: 2 }, [
    /^this program was taken off its cores 250 times/,
  ]);
  // Two threads had two cores for 98 % of the time: nobody else can have had much.
  check({ own: { ...own, cpuMs: 590 }, threads: 2 }, []);
  check({ own, threads: 8 }, []);
  // What others had is known then, and is said by itself.
  check({ own, threads: 2, otherShare: 0.01 }, []);
  check({ own, threads: 2, otherShare: 0.3 }, [/^other programs used 30 %/]);
  check({ own, threads: null }, []);
  // One thread at most, as far as its time on cores tells.
  check(
    { own: { ...own, cpuMs: 150 }, threads: null },
    [/^this program was taken off its cores/],
  );
});

Deno.test("listNoise() names scatter, width and drift, others first", () => {
  check({ otherShare: 0.2, spread: 0.3 }, [
    /^other programs used 20 %/,
    /^the samples scatter widely \(quartiles 30 % apart\)/,
  ]);
  check({ series: [[1, 1, 1, 3, 3, 3, 1, 2]] }, [/^a median is known to ± /]);
  const slower = [1, 1.01, 1, 1.02, 1.3, 1.31, 1.3, 1.32];
  check({ series: [slower] }, [/^the second half .* took 1\.30× \(/]);
  check({ series: [slower.toReversed()] }, [/^the second half .* took 0\.77×/]);
  check({ series: [[1, 1.2, 1, 1.2, 1, 1.2, 1, 1.2]] }, []);
  check({ otherShare: 0.02, spread: 0.1, series: [[1, 1, 1.01]] }, []);
});

Deno.test("computeCpuShare() leaves out what others had", () => {
  assert.equal(computeCpuShare(null), null);
  assert.equal(
    computeCpuShare({ wallMs: 100, cpuMs: 1, preemptions: null }),
    0.01,
  );
  assert.equal(
    computeCpuShare({ wallMs: 300, cpuMs: 145, preemptions: 50 }),
    1,
  );
});

Deno.test("a stamp tells noise without a permission, and with others first", async () => {
  const start = await startStamp();
  assert.notEqual(start.own, null);
  const own = { wallMs: 300, cpuMs: 145, preemptions: 50 };
  const stamp = await finishStamp({ cpu: "unknown" }, {
    samples: 5,
    spread: 0.5,
    own,
    threads: 1,
  });
  assert.equal(stamp.noisy, true);
  // Somebody has looked meanwhile: it is as the machine is now.
  assert.match(
    noiseOf(stamp)[0]!,
    /^others had \d+ % of a core|^this program was taken off/,
  );
  assert.equal(hadOthers(stamp), noiseOf(stamp)[0]!.startsWith("others"));
  const held = await finishStamp({ cpu: "unknown" }, {
    samples: 5,
    spread: 0,
    own,
    threads: 1,
    mayLook: false,
  });
  assert.equal(hadOthers(held), false);
  assert.equal(held.noisy, true);
  const scattered = await finishStamp({ cpu: "unknown" }, {
    samples: 5,
    spread: 0.5,
    own: null,
  });
  assert.equal(hadOthers(scattered), false);
  // One of an earlier version.
  const { noise: _, ...old } = scattered;
  assert.deepEqual(noiseOf(old), ["the samples scatter widely"]);
});

Deno.test("a stamp says once what is missing twice for one reason", () => {
  const how = "readable only with all permissions; " +
    "run with `skein run --allow-all` to see them";
  const share = `What other programs used is missing: /proc/stat is ${how}`;
  const quota = `A limit on cores is missing: /sys/fs/cgroup is ${how}`;
  const [joined, ...others] = joinReasons(share, quota);
  assert.match(
    joined!,
    /^What other programs used, and a limit on cores, are /,
  );
  assert.deepEqual(others, []);
  assert.deepEqual(joinReasons(0.1, quota), [quota]);
  assert.deepEqual(joinReasons(share, null), [share]);
  const short = "What other programs used is missing: it took less than 0.2 s";
  assert.deepEqual(joinReasons(short, quota), [short, quota]);
});

Deno.test("lookForOthers() gives a part of a core", async () => {
  const share = await lookForOthers();
  assert.ok(share !== null && share >= 0 && share <= 1);
});

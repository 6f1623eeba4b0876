/**
 * Runs all situations, each in a process of its own, and lets the judge look at
 * what was said.
 *
 * What is false fails, whatever the machine does. What had to be said may be
 * missing, and others may be blamed, where others had the cores, which is measured here without the
 * library: then it is tried again, and at last excused. The last test lists what was.
 * @module
 */
import assert from "node:assert/strict";
import { judge, type Said, type Situation } from "./situation.ts";
import { SITUATIONS } from "./themes.ts";

const excuses: string[] = [];

for (const [theme, load] of Object.entries(SITUATIONS)) {
  for (const situation of await load()) {
    const ignore = situation.cores !== undefined && Deno.build.os !== "linux";
    Deno.test({
      name: `${theme}: ${situation.name}`,
      ignore,
      fn: () => check(theme, situation),
    });
  }
}

async function check(theme: string, situation: Situation): Promise<void> {
  for (let attempt = 1;; attempt++) {
    const { said, otherShare } = await runApart(theme, situation);
    const { falseSentences, doubtful } = judge(situation, said);
    assert.deepEqual(falseSentences, [], JSON.stringify(said, null, 1));
    if (doubtful.length === 0) return;
    // Burners are part of the truth, not an excuse.
    const isNoisy = !situation.burners &&
      (otherShare === null || otherShare > MAX_OTHER);
    const all = JSON.stringify(said.findings.map(({ sentence }) => sentence));
    assert.ok(
      isNoisy || attempt < QUIET_ATTEMPTS,
      `${doubtful.join("; ")} of ${all}`,
    );
    if (attempt < MAX_ATTEMPTS) continue;
    excuses.push(
      `${theme}: ${situation.name}: others had ${percent(otherShare)} of ` +
        `the cores, and ${doubtful.join("; ")}`,
    );
    return;
  }
}

// What is printed is hidden by `--quiet`; steps of a test are not.
Deno.test("what was excused, as others had the cores", async (t) => {
  for (const excuse of excuses) await t.step(excuse, () => {});
});

/** Runs a situation; what others used of the cores meanwhile is `null` where nothing tells. */
async function runApart(theme: string, situation: Situation) {
  const { name, rights = "all", cores, burners = false } = situation;
  const run = ["run", "--no-check", "--quiet"];
  if (rights === "all") run.push("--allow-all");
  const script = new URL("run_one.ts", import.meta.url).pathname;
  const command = [Deno.execPath(), ...run, script, theme, name];
  if (cores === 1) command.unshift("taskset", "-c", "0");
  await using beside = burners ? await startBurners() : null;
  void beside;
  const before = readCpu();
  const child = new Deno.Command(command[0]!, {
    args: command.slice(1),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const { stdout, stderr } = await child.output();
  const after = readCpu();
  const text = new TextDecoder().decode(stdout);
  const line = text.split("\n").findLast((line) => line.startsWith("said "));
  assert.ok(
    line,
    `${name} said nothing: ${text}${new TextDecoder().decode(stderr)}`,
  );
  const said = JSON.parse(line.slice("said ".length)) as Said;
  return { said, otherShare: shareOfOthers(before, after) };
}

interface Cpu {
  readonly wallMs: number;
  readonly busyMs: number;
  readonly ownMs: number;
}

/** What the system says of all cores, and of this process with those that it has seen end. */
function readCpu(): Cpu | null {
  if (Deno.build.os !== "linux") return null;
  const [, ...all] = Deno.readTextFileSync("/proc/stat").split("\n", 1)[0]!
    .trim().split(/ +/).map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] =
    all;
  const own = Deno.readTextFileSync("/proc/self/stat").split(") ")[1]!
    .split(" ").map(Number);
  const ownTicks = own.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0);
  return {
    wallMs: performance.now(),
    busyMs: TICK_MS * (user + nice + system + irq + soft + steal),
    ownMs: TICK_MS * ownTicks,
  };
}

function shareOfOthers(before: Cpu | null, after: Cpu | null): number | null {
  if (before === null || after === null) return null;
  const wallMs = after.wallMs - before.wallMs;
  const ownMs = after.ownMs - before.ownMs;
  const otherMs = after.busyMs - before.busyMs - ownMs;
  return Math.max(0, otherMs) / (wallMs * navigator.hardwareConcurrency);
}

/** One endless loop a core, in processes of their own. */
async function startBurners(): Promise<AsyncDisposable> {
  const burners = Array.from(
    { length: navigator.hardwareConcurrency },
    () =>
      new Deno.Command(Deno.execPath(), {
        args: ["eval", "console.log(0); for (;;);"],
        stdout: "piped",
        stderr: "null",
      }).spawn(),
  );
  const readers = burners.map(({ stdout }) => stdout.getReader());
  // Each computes from when it has printed.
  await Promise.all(readers.map((reader) => reader.read()));
  return {
    [Symbol.asyncDispose]: async () => {
      for (const burner of burners) burner.kill("SIGKILL");
      await Promise.all(readers.map((reader) => reader.cancel()));
      await Promise.all(burners.map(({ status }) => status));
    },
  };
}

function percent(share: number | null): string {
  return share === null ? "an unknown part" : `${Math.round(100 * share)} %`;
}

const TICK_MS = 10;
const DEADLINE_MS = 60_000;
// Of all cores: a program of one thread may lose twice as much of its own on two.
const MAX_OTHER = 0.03;
const QUIET_ATTEMPTS = 2;
const MAX_ATTEMPTS = 3;

/**
 * Runs all that measures costs and scaling in a process that must end by
 * itself: a Worker, thread, timer or pipe that was left would keep it alive.
 */
import assert from "node:assert/strict";

const WHOLE = `
const n = (n) => n;
await (await load("scale")).scale(n, { jobs: 2, n: [2], samples: 3 });
await (await load("scale")).scale(n, { jobs: 2, n: [2], samples: 3, model: "processes" });
await (await load("crossover")).crossover(n, { sizes: [1, 2], samples: 3 });
await (await load("spawn_cost")).spawnCost({ samples: 3 });
await (await load("message_cost")).messageCost({ sizes: [8, 16], samples: 3, burst: 5 });
await (await load("memory")).memory({ k: [1, 2] });
`;

const CUT_SHORT = `
const maxMs = 400;
const busy = () => { for (;;); };
const idle = () => new Promise(() => {});
const options = { jobs: 2, n: [2], maxMs };
await fail((await load("scale")).scale(busy, options));
await fail((await load("scale")).scale(busy, { ...options, model: "processes" }));
await fail((await load("crossover")).crossover(idle, { sizes: [1, 2], maxMs }));
await fail((await load("spawn_cost")).spawnCost({ samples: 1e6, maxMs: 20 }));
await fail((await load("message_cost")).messageCost({ burst: 1e5, maxMs }));
await fail((await load("memory")).memory({ k: [1, 64], maxMs }));
`;

for (
  const [name, program] of [
    ["when they are done", WHOLE],
    ["when time is over, whatever runs", CUT_SHORT],
  ] as const
) {
  Deno.test(`measurements leave nothing running ${name}`, async () => {
    const text = `
const load = (name) => import(${
      JSON.stringify(new URL("./", import.meta.url).href)
    } + name + "/" + name + ".ts");
const fail = async (measuring) => {
  let message = "nothing";
  try { await measuring; } catch (error) { message = error.message; }
  if (!message.includes("fewer than 3 rounds were done")) throw new Error(message);
};
${program}
console.log("done");
`;
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-check",
        "--quiet",
        `data:text/javascript,${encodeURIComponent(text)}`,
      ],
      stdin: "null",
      signal: AbortSignal.timeout(90_000),
    }).output();
    const decoder = new TextDecoder();
    assert.equal(decoder.decode(stderr), "");
    assert.equal(decoder.decode(stdout), "done\n");
    assert.equal(code, 0);
  });
}

// Bad input to what measures, traces and shows, as notebooks see it; see
// `checks_api_test.ts` for the rest of the library.
import * as skein from "../../mod.ts";
import { bad, checkRefusals } from "./test_refusals.ts";

const add = (n: number) => n + 1;
const inputs = [1];
const controller = new AbortController();

Deno.test("what measures names the argument that it cannot take", async () => {
  await checkRefusals(TypeError, [
    [
      () => skein.measure(bad(5)),
      "Cannot measure: work is 5, expected a function, a command, or an object of them",
    ],
    [
      () => skein.measure({ a: bad(3) }),
      'Cannot measure: "a" is 3, expected a function',
    ],
    [
      () => skein.measure(add as never, bad({ sample: 1 })),
      'Cannot measure: option "sample" is unknown, ' +
      "expected samples, precision, maxMs, signal, title, seed, save or against",
    ],
    [
      () => skein.compare(bad("add"), { inputs }),
      'Cannot compare: work is "add", expected a function or a task',
    ],
    [
      () => skein.compare(add, bad(undefined)),
      "Cannot compare: options is undefined, expected an object",
    ],
    [
      () => skein.compare(add, { inputs: bad(5) }),
      "Cannot compare: inputs is 5, expected an array of inputs, one a job",
    ],
    [
      () => skein.compare(add, { inputs, signal: bad(controller) }),
      "Cannot compare: signal is an object (AbortController), expected an AbortSignal",
    ],
    [
      () => skein.scale(add, { n: bad(4) }),
      "Cannot measure scaling: n is 4, expected an array of numbers of Workers",
    ],
    [
      () => skein.crossover(add, { sizes: bad(undefined) }),
      "Cannot measure crossover: sizes is undefined, expected an array of numbers",
    ],
    [
      () => skein.lag(bad(true)),
      "Cannot watch event loop: options is true, expected an object",
    ],
    [
      () => skein.load(bad(undefined), { rate: 1 }),
      "Cannot load: fn is undefined, expected a function",
    ],
    [
      () => skein.switches(bad({})),
      "Cannot count switches: work is an object (Object), expected a function",
    ],
  ]);
  await checkRefusals(RangeError, [
    [
      () => skein.measure(() => 1, { samples: 0 }),
      "Cannot measure: samples is 0, expected an integer from 1 to 1000000",
    ],
    [
      () => skein.compare(add, { inputs, models: [bad("worker")] }),
      'Cannot compare: models[0] is "worker", expected "sequential", "async", "workers", ' +
      '"processes", "python-sequential", "python-threads", "python-asyncio", ' +
      '"python-processes" or "python-subinterpreters"',
    ],
    [
      () => skein.compare(add, { inputs, prediction: { workers: -2 } }),
      "Cannot compare: prediction.workers is -2, expected a finite number above 0",
    ],
    [
      () => skein.compare(add, { inputs, maxMs: Infinity }),
      "Cannot compare: maxMs is Infinity, expected a number above 0, at most 2147483647",
    ],
    [
      () => skein.scale(add, { n: [1, 999] }),
      "Cannot measure scaling: n[1] is 999, expected an integer from 1 to 256",
    ],
    [
      () => skein.crossover(add, { sizes: [1, NaN] }),
      "Cannot measure crossover: sizes[1] is NaN, expected a finite number",
    ],
    [
      () => skein.spawnCost({ kinds: [] }),
      "Cannot measure the cost of starting: kinds is an array of 0, expected one or more of " +
      '"promise", "web worker", "node worker", "true", "python3", "deno"',
    ],
    [
      () => skein.messageCost({ modes: [bad("copy")] }),
      'Cannot measure the cost of messages: modes[0] is "copy", expected "clone", "transfer", "share", "process" or "pipe"',
    ],
    [
      () => skein.memory({ k: [2, 2] }),
      "Cannot measure memory: number of different k is 1, expected an integer, 2 or more",
    ],
    [
      () => skein.lag(2 ** 40),
      "Cannot watch event loop: durationMs is 1099511627776, " +
      "expected a number above 0, at most 2147483647",
    ],
    [
      () => skein.load(() => 1, { rate: -5 }),
      "Cannot load: rate is -5, expected a finite number above 0",
    ],
    [
      () => skein.load(() => 1, { rate: 1e9, title: "it" }),
      "Cannot load: rate and durationMs ask for 2000000000 requests, expected 10000000 at most",
    ],
    [
      () => skein.amdahlSpeedUp(2, 4),
      "Cannot compute Amdahl's speed-up: serial is 2, expected a number from 0 to 1",
    ],
    [
      () => skein.karpFlatt(0, 4),
      "Cannot compute serial part: speedup is 0, expected a finite number above 0",
    ],
  ]);
});

Deno.test("what traces and shows names the argument that it cannot take", async () => {
  const run = await skein.trace(() => 1, { cores: false });
  const expected =
    "expected a traced run, such as await trace(fn), or its recording";
  await checkRefusals(TypeError, [
    [
      () => skein.trace(bad(Promise.resolve())),
      "Cannot trace: fn is an object (Promise), expected a function",
    ],
    [
      () => skein.trace(() => 1, bad({ core: false })),
      'Cannot trace: option "core" is unknown, ' +
      "expected title, cores, lines, turns, sampleMs, timeoutMs or signal",
    ],
    [
      () => skein.trace((t) => t.task("a", bad(1)), { cores: false }),
      "Cannot trace task: fn is 1, expected a function",
    ],
    [
      () => run.saveTrace(bad(undefined)),
      "Cannot save trace: path is undefined, expected a non-empty string",
    ],
    [
      () => skein.showRecording(bad(5)),
      `Cannot show recording: recording is 5, ${expected}`,
    ],
    [
      () => skein.toChromeTrace(bad(null)),
      `Cannot write Chrome trace: recording is null, ${expected}`,
    ],
    [
      () => skein.timeline(bad(5)),
      "Cannot show timeline: source is 5, expected an array of spans, or a comparison",
    ],
    [
      () => skein.html(bad("<b>")),
      'Cannot make html: argument is "<b>", expected a template: html`…`',
    ],
    [
      () => skein.figure(bad(null), "nothing"),
      "Cannot make figure: svgText is null, expected a string",
    ],
    [
      () => skein.makeDisplayable(bad("text")),
      'Cannot make displayable: bundle is "text", expected an object of formats',
    ],
    [
      () => skein.display(1, { update: true }),
      "Cannot display: display_id is undefined, expected a non-empty string",
    ],
    [
      () => skein.comms.open(bad(undefined)),
      "Cannot open comm: target is undefined, expected a non-empty string",
    ],
  ]);
  await checkRefusals(RangeError, [
    [
      () => skein.trace(() => 1, { timeoutMs: 0 }),
      "Cannot trace: timeoutMs is 0, expected a number above 0, at most 2147483647",
    ],
    [
      () => skein.show(run, bad("lock")),
      'Cannot show figure: view is "lock", expected "all", "timeline", ' +
      '"messages", "tasks", "waits", "locks" or "turns"',
    ],
    [
      () => skein.timeline([{ ...SPAN, state: bad("asleep") }]),
      'Cannot show timeline: source[0].state is "asleep", ' +
      'expected "starting", "running", "alive", "waiting" or "messaging"',
    ],
  ]);
});

const SPAN = {
  lane: "a",
  kind: "main",
  state: "running",
  startMs: 0,
  endMs: 1,
} as const;

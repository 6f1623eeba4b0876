import assert from "node:assert/strict";
import { DISPLAY, type Displayable } from "../base/mod.ts";
import { comparisonFigure } from "../measure/compare/figure.ts";
import { speedUpFigure } from "../measure/scale/figure.ts";
import { CPU } from "../plot/gallery/gallery_data.ts";
import { SCALING } from "../plot/gallery/speedup_gallery_data.ts";
import { show } from "../show.ts";
import { type Answers, type Kind, KINDS, type Question } from "./answers.ts";
import { readParts } from "./form.ts";
import { predict } from "./predict.ts";
import { keyOf } from "./prediction.ts";
import { findInNotebook, PREDICTION_MIME, remember } from "./store.ts";

/** Answers questions as a person would who types these lines, and no more. */
async function typing<T>(
  lines: readonly (string | null)[],
  act: () => Promise<T>,
): Promise<{ readonly value: T; readonly asked: readonly string[] }> {
  const world = globalThis as unknown as { prompt: unknown };
  const before = world.prompt;
  const asked: string[] = [];
  const rest = [...lines];
  world.prompt = (message: string) => {
    asked.push(message);
    return rest.shift() ?? null;
  };
  try {
    return { value: await act(), asked };
  } finally {
    world.prompt = before;
  }
}

function question<K extends Kind>(
  kind: K,
  more: Partial<Question<K>> = {},
): Question<K> {
  return {
    kind,
    text: "q",
    unit: "ms",
    items: [],
    at: [],
    within: 1.25,
    ...more,
  };
}

Deno.test("kinds of questions read what people type", () => {
  const check = <K extends Kind>(
    asked: Question<K>,
    typed: string,
    expected: Answers[K] | null,
  ) => {
    const read = KINDS[asked.kind].read(typed.trim(), asked);
    assert.deepEqual(read ?? null, expected);
  };
  check(question("number"), "12", 12);
  check(question("number"), " 1.5e3ms ", 1500);
  check(question("number"), "12 ms", 12);
  check(question("number"), "a lot", null);
  check(question("number"), "1 2", null);
  check(question("number"), "Infinity", null);
  const items = ["async", "workers", "in turn"];
  check(question("choice", { items }), "Workers", "workers");
  check(question("choice", { items }), "3", "in turn");
  check(question("choice", { items }), "4", null);
  check(question("order", { items }), "3 1 2", ["in turn", "async", "workers"]);
  check(question("order", { items }), "in turn, workers, 1", [
    "in turn",
    "workers",
    "async",
  ]);
  check(question("order", { items }), "1 1 2", null);
  check(question("order", { items }), "3 1 2 4", null);
  check(question("curve", { at: [1, 2] }), "1, 1.9", [[1, 1], [2, 1.9]]);
  check(question("curve", { at: [1, 2] }), "1", null);
});

Deno.test("a factor is allowed for numbers, and none for the rest", () => {
  const number = (answer: number, truth: number) =>
    KINDS.number.isRight(answer, truth, 1.25);
  assert.ok(number(10, 12));
  assert.ok(!number(10, 13));
  assert.ok(number(0, 0));
  assert.ok(!number(0, 1));
  assert.ok(!number(-1, 1));
  const { isRight } = KINDS.curve;
  assert.ok(isRight([[1, 1], [2, 1.9]], [[2, 1.8], [1, 1]], 1.25));
  assert.ok(!isRight([[4, 4]], [[4, 2]], 1.25));
  assert.ok(!isRight([[4, 4]], [], 1.25));
});

Deno.test("predict keeps an answer, lets it be changed, and says so", async () => {
  const ask = () => predict.number("How many ms, once?", { unit: "ms" });
  const first = await typing(["soon", "5"], ask);
  assert.equal(first.value.answer, 5);
  assert.equal(first.asked.length, 2);
  assert.match(first.asked[1]!, /expected one number/);
  const kept = await typing([""], ask);
  assert.equal(kept.value.answer, 5);
  assert.match(kept.asked[0]!, /Enter keeps 5 ms/);
  const changed = await typing(["8"], ask);
  assert.deepEqual([changed.value.answer, changed.value.earlier], [8, [5]]);
  assert.equal(changed.value.words, "You predicted: 8 ms (before: 5 ms).");
  // Nobody is there when it runs without a person.
  const alone = await typing([null], ask);
  assert.equal(alone.value.answer, 8);
});

Deno.test("predict says that there is no prediction, and goes on", async () => {
  const { value } = await typing(
    [null],
    () => predict.choice("Which, never answered?", { items: ["a", "b"] }),
  );
  assert.equal(value.answer, null);
  assert.equal(value.words, "No prediction.");
  assert.deepEqual(value.check("a").isRight, null);
  const bundle = await value[DISPLAY]();
  assert.deepEqual(Object.keys(bundle), ["text/plain"]);
});

Deno.test("a prediction explains a wrong answer by what may be behind it", async () => {
  const { value } = await typing(
    ["0.01"],
    () =>
      predict.number("How many ms does a thread take?", {
        unit: "ms",
        misconceptions: [
          { when: (ms) => ms > 1e6, says: "Not this one." },
          {
            when: (ms, truth) => ms < truth / 100,
            says: "A thread is no function.",
          },
        ],
      }),
  );
  const wrong = value.check(12);
  assert.equal(wrong.isRight, false);
  assert.equal(
    wrong.words,
    "You predicted 0.01 ms. It was 12 ms: the prediction is 1200× too low. A thread is no function.",
  );
  assert.equal(value.check(0.011).isRight, true);
});

Deno.test("a prediction is in the notebook, where the next session finds it", async () => {
  const text = "Which is first, saved?";
  const { value } = await typing(
    ["b", null],
    () => predict.choice(text, { items: ["a", "b"] }),
  );
  const bundle = await value[DISPLAY]();
  const notebook = JSON.stringify({
    cells: [
      { outputs: [{ data: bundle }] },
      { outputs: [{ name: "stdout" }] },
      {},
    ],
  });
  assert.ok(PREDICTION_MIME in bundle);
  const key = keyOf({ kind: "choice", text });
  assert.deepEqual(findInNotebook(notebook, key), ["b"]);
  assert.deepEqual(findInNotebook(notebook, "choice: another"), []);
  remember(key, []);
});

Deno.test("a prediction lies over a figure: drawn where it has a place, and in words", async () => {
  const { value } = await typing(
    ["1 1.9"],
    () => predict.curve("How does it scale, over?", { at: [1, 2] }),
  );
  const figure = speedUpFigure(SCALING);
  const bundle = await value.over(figure)[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), />your prediction</);
  assert.match(String(bundle["text/html"]), /You predicted: 1: 1, 2: 1\.9\./);
  const large = await show(figure, { prediction: value, size: "projector" })
    [DISPLAY]();
  assert.match(String(large["text/html"]), /width:100%/);
  await assert.rejects(async () => await show(5)[DISPLAY](), TypeError);
});

Deno.test("a predicted duration is a line over the samples, an arrow beyond them", async () => {
  const ask = (text: string, typed: string) =>
    typing([typed], () => predict.number(text, { unit: "s" }));
  const draw = async (prediction: { over(shown: unknown): Displayable }) =>
    String(
      (await prediction.over(comparisonFigure(CPU))[DISPLAY]())[
        "image/svg+xml"
      ],
    );
  const { value: near } = await ask("How many s, near?", "0.5");
  assert.match(await draw(near), />you: 500 ms</);
  const { value: far } = await ask("How many s, far?", "50");
  assert.match(await draw(far), />you: 50.0 s →</);
});

Deno.test("predict names an argument that it cannot take", async () => {
  const bad = (value: unknown) => value as never;
  await assert.rejects(predict.number(bad(5)), TypeError);
  await assert.rejects(predict.choice("q", bad({ items: [] })), RangeError);
  await assert.rejects(predict.order("q", bad({ at: [1] })), /"at" is unknown/);
  await assert.rejects(predict.curve("q", bad({ at: ["1"] })), TypeError);
});

Deno.test("a form is read as what is typed is", () => {
  const check = <K extends Kind>(
    asked: Question<K>,
    states: readonly { value?: string; index?: number | null }[],
    expected: Answers[K] | undefined,
  ) => assert.deepEqual(readParts(asked, states), expected);
  check(question("number"), [{ value: " 12 ms" }], 12);
  check(question("number"), [{ value: "" }], undefined);
  check(question("number"), [{ value: "soon" }], undefined);
  const curve = question("curve", { at: [1, 4] });
  check(curve, [{ value: "1" }, { value: "3.5" }], [[1, 1], [4, 3.5]]);
  check(curve, [{ value: "1" }, { value: "" }], undefined);
  // Names may be numbers, or hold a comma.
  const items = ["2", "a, b", "c"];
  check(question("choice", { items }), [{ index: 1 }], "a, b");
  check(question("choice", { items }), [{ index: null }], undefined);
  const order = question("order", { items });
  check(order, [{ index: 2 }, { index: 0 }, { index: 1 }], ["c", "2", "a, b"]);
  check(order, [{ index: 2 }, { index: 2 }, { index: 1 }], undefined);
});

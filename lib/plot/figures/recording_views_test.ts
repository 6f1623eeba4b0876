import assert from "node:assert/strict";
import type { LockSnapshot, Recording } from "../../base/record/mod.ts";
import { describeContention } from "../../explain/mod.ts";
import { measureLocks } from "../../trace/facts/contention_facts.ts";
import { lockContentionFigure } from "./contention.ts";
import {
  CONVOY,
  DEADLOCK,
  EMPTY,
  LEAKED,
  NAMED,
  PHILOSOPHERS,
  PINGPONG,
  POOL,
  VAST,
} from "../gallery/recording_fixtures.ts";
import { messageSequenceFigure } from "./sequence.ts";
import { makeSequence } from "./sequence_layout.ts";
import { taskTreeFigure } from "./task_tree.ts";
import { describeTree, growTree } from "../../trace/facts/task_tree_facts.ts";
import { NARROW, WIDE } from "../core/mod.ts";
import { waitForFigure } from "./wait_for.ts";
import { layOutWaits } from "./wait_for_layout.ts";

const locks = (...rows: readonly (readonly [string, string, string])[]) =>
  rows.map(([lock, holders, waiters]): LockSnapshot => ({
    lock,
    holders: holders.split(" ").filter((name) => name !== ""),
    waiters: waiters.split(" ").filter((name) => name !== ""),
  }));

Deno.test("layOutWaits() places boxes within the card and apart", () => {
  const many = locks(
    ...Array.from(
      { length: 8 },
      (_, i) => [`l${i}`, `t${i}`, `t${i + 1} u${i}`] as const,
    ),
  );
  for (
    const [paper, found] of [
      DEADLOCK.locks,
      CONVOY.locks,
      PHILOSOPHERS.locks,
      many,
      locks(["a", "1", "1"]),
    ].flatMap((found) => [WIDE, NARROW].map((paper) => [paper, found] as const))
  ) {
    const { nodes, boxPx, heightPx } = layOutWaits(found, paper);
    nodes.forEach((node, index) => {
      assert.ok(
        node.x - boxPx / 2 >= 0 && node.x + boxPx / 2 <= paper.widthPx,
        `${node.x}`,
      );
      assert.ok(node.y - 17 >= 0 && node.y + 17 <= heightPx, `${node.y}`);
      for (const other of nodes.slice(index + 1)) {
        const isApart = Math.abs(node.x - other.x) >= boxPx ||
          Math.abs(node.y - other.y) >= 34;
        assert.ok(isApart, `${node.id} ${other.id}`);
      }
    });
  }
  assert.equal(layOutWaits(many, WIDE).nodes.length, 12);
  assert.ok(layOutWaits(many, WIDE).hidden > 0);
});

Deno.test("waitForFigure() draws solid and dashed arrows, a circle red", () => {
  const { svg } = waitForFigure(DEADLOCK);
  assert.equal(
    svg.match(/skein-alarm-line skein-bold-line"/g)!.length > 4,
    true,
  );
  assert.match(svg, /skein-alarm-line skein-bold-line skein-dashed/);
  assert.doesNotMatch(
    waitForFigure(CONVOY).svg.split("</style>").at(-1)!,
    /skein-alarm/,
  );
});

Deno.test("growTree() prefers spawn arrows to parents, and survives circles", () => {
  const lane = (id: string, parent?: string) => ({
    id,
    kind: "task" as const,
    ...(parent === undefined ? {} : { parent }),
  });
  const recording: Recording = {
    ...EMPTY,
    lanes: [
      lane("a"),
      lane("b", "a"),
      lane("c", "a"),
      lane("x", "y"),
      lane("y", "x"),
    ],
    links: [{ kind: "spawn", from: "b", to: "c", startMs: 1, endMs: 2 }],
  };
  const write = (nodes: ReturnType<typeof growTree>): string =>
    nodes.map(({ id, children }) => `${id}(${write(children)})`).join(" ");
  assert.equal(write(growTree(recording)), "a(b(c())) x(y())");
});

Deno.test("growTree() measures share and leak", () => {
  const request = growTree(LEAKED)[0]!.children[0]!;
  assert.equal(request.share, 14 / 66);
  assert.deepEqual(request.children.map(({ leakMs }) => leakMs), [0, 0, 64]);
  assert.equal(describeTree(growTree(LEAKED)).length, 1);
  assert.equal(describeTree(growTree(POOL)).length, 0);
  assert.match(
    taskTreeFigure(LEAKED).alt,
    /^ {4}write audit: 16.0 ms to 134 ms, ran itself 7.6 %$/m,
  );
});

Deno.test("measureLocks() adds up who held and who waited", () => {
  const [results, log] = measureLocks(CONVOY);
  assert.equal(results!.holds.length, 16);
  assert.equal(results!.most, 3);
  assert.equal(results!.convoy, 14);
  assert.deepEqual([log!.heldMs, log!.waitedMs, log!.most, log!.convoy], [
    10,
    0,
    0,
    0,
  ]);
  assert.equal(describeContention([log!]).length, 0);
});

Deno.test("measureLocks() counts time once when a lock has two holders", () => {
  const held = { lane: "l", state: "held" } as const;
  const [facts] = measureLocks({
    ...EMPTY,
    lanes: [{ id: "l", kind: "lock" }],
    spans: [{ ...held, startMs: 0, endMs: 10 }, {
      ...held,
      startMs: 5,
      endMs: 12,
    }],
  });
  assert.equal(facts!.heldMs, 12);
});

Deno.test("lockContentionFigure() tells numbers of each lock", () => {
  assert.match(
    lockContentionFigure(CONVOY).alt,
    /lock results: held 16× for 111 ms, 91 % of the time; waited 273 ms, up to 3 at once\./,
  );
});

Deno.test("makeSequence() tells the queue only of a busy receiver", () => {
  const queued = makeSequence(PINGPONG, 8).messages
    .filter(({ queuedMs }) => queuedMs > 0)
    .map(({ label, queuedMs }) => `${label} ${queuedMs.toFixed(1)}`);
  assert.deepEqual(queued, ["ball 3 1.2", "ball 6 1.2", "ball 9 1.2"]);
  assert.ok(
    makeSequence(POOL, 8).messages.every(({ queuedMs }) => queuedMs < 5),
  );
});

Deno.test("makeSequence() gives each message a line, later ones below", () => {
  for (const recording of [PINGPONG, POOL, VAST]) {
    const { messages, at, heightPx } = makeSequence(recording, 8);
    messages.slice(1).forEach(({ y }, index) =>
      assert.ok(y - messages[index]!.y >= 18 - 1e-9, `${y}`)
    );
    assert.ok(messages.every(({ endMs }) => at(endMs) <= heightPx));
    // Long times in which nothing happened take no room.
    assert.ok(heightPx <= messages.length * 58, `${heightPx}`);
  }
});

Deno.test("messageSequenceFigure() tells sizes and times, and what it leaves out", () => {
  const { alt, svg } = messageSequenceFigure(PINGPONG);
  assert.match(
    alt,
    /ping to pong: ball 1, 64 B, left at 4.00 ms, 400 µs on the way/,
  );
  assert.match(svg, />ball 1 · 64 B</);
  const vast = messageSequenceFigure(VAST).svg.replace(/<[^>]*>/g, " ");
  assert.match(vast, /1417\s+of 1477 arrows are not drawn/);
  assert.doesNotMatch(messageSequenceFigure(NAMED).svg, /<script|<img/);
});

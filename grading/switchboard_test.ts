import assert from "node:assert/strict";
import { type LineEvent, newLine } from "./line.ts";
import { connect } from "./switchboard.ts";

/** Lets events happen; gives what is to be done, in short. */
function play(events: readonly LineEvent[]): string[] {
  let line = newLine(0, true);
  const done: string[] = [];
  for (const event of events) {
    const decision = connect(line, event);
    line = decision.line;
    for (const action of decision.actions) {
      done.push(
        action.type === "execute"
          ? `${action.call} ${action.id} ${action.body}`
          : `${action.type} ${JSON.stringify(action.reply)}`,
      );
    }
  }
  return done;
}

Deno.test("connect() brings a question there and its answer back", () => {
  assert.deepEqual(
    play([
      { type: "checks-ask", body: "q" },
      { type: "submission-done", id: "grading-0", body: "a" },
      { type: "submission-ended", id: "grading-0", failure: "none" },
      { type: "checks-ask", body: "q2" },
      { type: "submission-ended", id: "grading-1", failure: "gone" },
    ]),
    [
      "serve grading-0 q",
      'reply-checks {"answer":"a"}',
      "serve grading-1 q2",
      'reply-checks {"failure":"gone"}',
    ],
  );
});

Deno.test("connect() believes no answer that was not asked for", () => {
  assert.deepEqual(
    play([
      { type: "submission-done", id: "grading-0", body: "early" },
      { type: "submission-answer", body: "early" },
      { type: "checks-ask", body: "q" },
      { type: "submission-done", id: "grading-1", body: "other" },
      { type: "submission-answer", body: "other" },
      { type: "submission-ended", id: "grading-7", failure: "other" },
    ]),
    ["serve grading-0 q"],
  );
});

Deno.test("connect() lets both sides call each other to any depth", () => {
  assert.deepEqual(
    play([
      { type: "checks-ask", body: "map(list, fn)" },
      { type: "submission-ask", body: "fn(1)" },
      { type: "checks-ask", body: "map(other)" },
      { type: "submission-ask", body: "fn(2)" },
      { type: "checks-answer", body: "two" },
      { type: "submission-answer", body: "others" },
      { type: "checks-answer", body: "one" },
      { type: "submission-done", id: "grading-0", body: "all" },
    ]),
    [
      "serve grading-0 map(list, fn)",
      'reply-checks {"serve":"fn(1)"}',
      'reply-submission {"serve":"map(other)"}',
      'reply-checks {"serve":"fn(2)"}',
      'reply-submission {"answer":"two"}',
      'reply-checks {"answer":"others"}',
      'reply-submission {"answer":"one"}',
      'reply-checks {"answer":"all"}',
    ],
  );
});

Deno.test("connect() tells what has settled, and asks late, when the checks listen", () => {
  assert.deepEqual(
    play([
      { type: "submission-tell", body: "1" },
      { type: "submission-ask", body: "late()" },
      { type: "checks-poll" },
      { type: "checks-answer", body: "done" },
      { type: "checks-poll" },
      { type: "submission-tell", body: "2" },
      { type: "checks-poll" },
      { type: "poll-over" },
      { type: "poll-over" },
    ]),
    [
      'reply-checks {"serve":"late()"}',
      'reply-submission {"answer":"done"}',
      'reply-checks {"told":["1"]}',
      'reply-checks {"told":["2"]}',
      'reply-checks {"told":[]}',
    ],
  );
});

Deno.test("connect() keeps no more of what has settled than fits", () => {
  const body = "x".repeat(2 ** 21);
  let line = newLine(0, true);
  for (let i = 0; i < 100; i++) {
    line = connect(line, { type: "submission-tell", body }).line;
  }
  assert.equal(line.news.length, 8);
  for (let i = 0; i < 20_000; i++) {
    line = connect(line, { type: "submission-tell", body: "" }).line;
  }
  assert.equal(line.news.length, 10_000);
});

Deno.test("connect() leaves nobody waiting when a check is over", () => {
  assert.deepEqual(
    play([
      { type: "checks-ask", body: "map(fn)" },
      { type: "submission-ask", body: "fn()" },
      { type: "hang-up", failure: "over" },
      { type: "submission-ask", body: "fn()" },
      { type: "checks-poll" },
      { type: "submission-done", id: "grading-0", body: "late" },
    ]),
    [
      "serve grading-0 map(fn)",
      'reply-checks {"serve":"fn()"}',
      'reply-submission {"failure":"over"}',
      'reply-submission {"failure":"no check runs now"}',
      'reply-checks {"failure":"no check runs now"}',
    ],
  );
});

Deno.test("connect() lets nobody wait for a session that has ended", () => {
  const gone = { type: "submission-gone", failure: "gone" } as const;
  const failure = 'reply-checks {"failure":"gone"}';
  // One that waits for news, also by and by.
  assert.deepEqual(play([{ type: "checks-poll" }, gone]), [failure]);
  assert.deepEqual(play([gone, { type: "checks-poll" }]), [failure]);
  // What has settled before is told.
  assert.deepEqual(
    play([{ type: "submission-tell", body: "s" }, gone, {
      type: "checks-poll",
    }, { type: "checks-poll" }]),
    ['reply-checks {"told":["s"]}', failure],
  );
  // A new session would not know what it is asked.
  assert.deepEqual(play([gone, { type: "checks-ask", body: "q" }]), [failure]);
  // Whom it called back asks it again.
  assert.deepEqual(
    play([
      { type: "checks-ask", body: "q" },
      { type: "submission-ask", body: "fn" },
      { type: "checks-ask", body: "inner" },
      gone,
      { type: "checks-answer", body: "late" },
      { type: "submission-ended", id: "grading-0", failure: "it left" },
    ]),
    [
      "serve grading-0 q",
      'reply-checks {"serve":"fn"}',
      'reply-submission {"serve":"inner"}',
      failure,
      'reply-checks {"failure":"it left"}',
    ],
  );
});

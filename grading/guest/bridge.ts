/**
 * One end of the bridge between a check's session and a submission's.
 *
 * Whoever asks is blocked until the answer is there, so that checks can call
 * functions of a submission as if they were their own; while it waits it
 * answers what the other side asks meanwhile, such as a call of its callback.
 * Everything goes over the question that a cell may ask its front end, which is
 * the grading process: there is no network and no file between the two.
 *
 * It runs in sessions, so it imports nothing but what stands beside it.
 * @module
 */
import { become } from "./become.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import type { Keeper } from "./keeper.ts";
import type { Answer, Reply, Request, Settlement } from "./messages.ts";
import { carryOut, type Service } from "./service.ts";
import { INHERITED, standIn } from "./stand_in.ts";

const prompt = globalThis.prompt as (message: string) => string | null;
const broadcast = (Deno as unknown as {
  readonly jupyter: {
    broadcast(type: string, content: Record<string, unknown>): Promise<void>;
  };
}).jupyter.broadcast;
const { parse, stringify } = JSON;
const ThePromise = Promise;
const { setTimeout } = globalThis;
const { apply, defineProperty } = Reflect;
const then = Promise.prototype.then;
const global = globalThis as unknown as Record<string, unknown>;

const kept: unknown[] = [];
const keptIds = new Map<object, number>();
const standIns = new Map<number, object>();
const foreignIds = new WeakMap<object, number>();
const waiting = new Map<number, PromiseWithResolvers<unknown>>();
/** Arguments of the calls that gave promises: those may still change them. */
const argumentsOf = new WeakMap<object, readonly unknown[]>();
let promises = 0;
let isPumping = false;
/** Whether something of the other side may ask at any time. */
let isExporting = false;

const keeper: Keeper = {
  keep(value) {
    isExporting = true;
    const known = keptIds.get(value);
    if (known !== undefined) return known;
    if (kept.length >= MAX_KEPT) {
      throw new RangeError(`more than ${MAX_KEPT} values have crossed`);
    }
    kept.push(value);
    keptIds.set(value, kept.length - 1);
    return kept.length - 1;
  },
  promise(value) {
    const promise = promises++;
    const args = argumentsOf.get(value);
    const tell = (settled: Omit<Settlement, "promise">) =>
      tellSettled({
        promise,
        ...settled,
        ...args === undefined ? {} : { args },
      });
    apply(then, value, [
      (value: unknown) => tell({ value }),
      (thrown: unknown) => tell({ thrown }),
    ]);
    return promise;
  },
  foreign: (value) => foreignIds.get(value),
  kept(id) {
    if (!(id in kept)) throw new RangeError("it names what was never passed");
    return kept[id];
  },
  stand(id, facts) {
    const known = standIns.get(id);
    if (known !== undefined) return known;
    const made = (facts as { readonly as?: object }).as ?? standIn(facts, ask);
    standIns.set(id, made);
    foreignIds.set(made, id);
    return made;
  },
  pending(id) {
    const known = waiting.get(id);
    if (known !== undefined) return known.promise;
    const made = ThePromise.withResolvers<unknown>();
    // Whoever has it waits for it or not, as with any other promise.
    made.promise.catch(() => {});
    waiting.set(id, made);
    pump();
    return made.promise;
  },
};

/** Asks the other side, and answers what it asks until the answer is there. */
function ask(request: Request): unknown {
  const body = encode(request, keeper);
  const reply = converse({ kind: "ask", body });
  if (reply.failure !== undefined || reply.answer === undefined) {
    throw new Error(reply.failure ?? "there is no answer");
  }
  let answer: Answer;
  try {
    answer = decode(reply.answer, keeper) as Answer;
    if (typeof answer !== "object" || answer === null) throw new TypeError();
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    note("unreadable", reason);
    throw new TypeError(`the answer can not be read: ${reason}`);
  }
  if ("args" in answer && "args" in request) become(request.args, answer.args);
  if (answer.isMissing === true && request.op === "get") {
    note("missing", request.name);
    throw new ReferenceError(`${request.name} is not defined`);
  }
  if ("thrown" in answer) throw answer.thrown;
  if (answer.isInherited === true) return INHERITED;
  if ("args" in request && answer.value instanceof ThePromise) {
    argumentsOf.set(answer.value, request.args);
  }
  return answer.value;
}

function converse(message: Record<string, unknown>): Reply {
  let text = stringify(message);
  for (;;) {
    const line = prompt(MARK + text);
    if (line === null) return { failure: "nobody answers" };
    const reply = parse(line) as Reply;
    if (reply.serve === undefined) return reply;
    text = stringify({ kind: "answer", body: serve(reply.serve) });
  }
}

/** Does what the other side asks, and writes what came of it. */
function serve(body: string): string {
  let answer: Answer;
  try {
    answer = carryOut(decode(body, keeper) as Request, service());
  } catch (thrown) {
    answer = { thrown };
  }
  return encodeAnswer(answer);
}

function service(): Service {
  return {
    isGuarded: isChecks,
    write: (value) => encode(value, keeper),
    keepArguments: (promise, args) => void argumentsOf.set(promise, args),
  };
}

function encodeAnswer(answer: Answer | Settlement): string {
  try {
    return encode(answer, keeper);
  } catch (error) {
    const text = error instanceof Error ? error.message : "it can not be told";
    const thrown = new TypeError(text);
    const { promise } = answer as Settlement;
    return encode(
      promise === undefined ? { thrown } : { promise, thrown },
      keeper,
    );
  }
}

let isChecks = false;

function tellSettled(settled: Settlement): void {
  const body = encodeAnswer(settled);
  if (isChecks) converse({ kind: "tell", body });
  else void broadcast(TELL, { body });
}

/** Takes what has settled on the other side. */
function hear(body: string): void {
  try {
    const settled = decode(body, keeper) as Settlement;
    const mine = waiting.get(settled.promise);
    if (mine === undefined) return;
    waiting.delete(settled.promise);
    const args = argumentsOf.get(mine.promise);
    if (args !== undefined && "args" in settled) become(args, settled.args);
    if ("thrown" in settled) mine.reject(settled.thrown);
    else mine.resolve(settled.value);
  } catch (error) {
    note("unreadable", error instanceof Error ? error.message : "");
  }
}

/** Looks now and then what has settled, while there is something to wait for. */
function pump(): void {
  if (!isChecks || isPumping) return;
  isPumping = true;
  const look = () => {
    if (waiting.size === 0 && !isExporting) {
      isPumping = false;
      return;
    }
    const reply = converse({ kind: "poll" });
    if (reply.failure !== undefined) {
      isPumping = false;
      for (const [id, { reject }] of waiting) {
        waiting.delete(id);
        reject(new Error(reply.failure));
      }
      return;
    }
    for (const body of reply.told ?? []) hear(body);
    setTimeout(look, 0);
  };
  setTimeout(look, 0);
}

/** Tells the grading process what a check must not be able to hide. */
function note(what: string, text: string): void {
  if (isChecks) converse({ kind: "note", what, text });
}

/** What the grading process calls in the submission's session. */
const submissionEnd = {
  serve: (id: string, body: string) =>
    void broadcast(ANSWER, { id, body: serve(body) }),
  hear: (_id: string, body: string) => hear(body),
};

/** What the grading process calls in the session of the checks. */
const checksEnd = {
  /** Makes names stand for those of the submission. */
  borrow(names: readonly string[]) {
    for (const name of names) {
      defineProperty(globalThis, name, {
        configurable: true,
        enumerable: true,
        get: () => ask({ op: "get", name }),
        set: (value) => void ask({ op: "set", name, value }),
      });
    }
  },
  /** Gives names up again. */
  give(names: readonly string[]) {
    for (const name of names) delete global[name];
  },
  /** Forgets what a check has left behind. */
  rest() {
    waiting.clear();
    isExporting = false;
  },
};

/**
 * Makes this session one end of the bridge.
 *
 * @param role Which end.
 */
export function open(role: "checks" | "submission"): void {
  isChecks = role === "checks";
  defineProperty(globalThis, DOOR, {
    value: Object.freeze(isChecks ? checksEnd : submissionEnd),
  });
}

const DOOR = Symbol.for("Skein.grading");
const MARK = "skein-grading:";
const ANSWER = "skein_grading_answer";
const TELL = "skein_grading_tell";
const MAX_KEPT = 100_000;

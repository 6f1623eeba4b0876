/**
 * Compares what a kernel did with what a case expects. Pure.
 *
 * Kernels print values in dresses of their own, so quotes, white space and
 * colours do not count; nor does it on which message a value travels.
 * @module
 */
import type { Expectation, Sent, Shown, Step } from "./case.ts";
import type { Asked, Said } from "./kernel.ts";

/** What came of a step. */
export interface Verdict {
  /** Whether it is what was expected. */
  readonly isRight: boolean;
  /** What came of it, in a line. */
  readonly found: string;
}

/**
 * Makes the request of a step.
 *
 * @param step The step.
 */
export function requestOf(step: Step): Asked {
  if ("run" in step) {
    const content = {
      code: step.run,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    };
    return { type: "execute_request", content };
  }
  if ("typed" in step) {
    return { type: "is_complete_request", content: { code: step.typed } };
  }
  const isCompletion = "complete" in step;
  const text = isCompletion ? step.complete : step.inspect;
  const at = text.indexOf("|");
  const code = text.slice(0, at) + text.slice(at + 1);
  const content = { code, cursor_pos: at, detail_level: 0 };
  return {
    type: isCompletion ? "complete_request" : "inspect_request",
    content,
  };
}

/**
 * Judges what came of a step.
 *
 * @param step The step.
 * @param said All messages that came of it.
 */
export function judge(step: Step, said: readonly Said[]): Verdict {
  const seen = look(said);
  const wrong = CHECKS.some((check) => !check(step, seen));
  return { isRight: !wrong, found: inALine(step, seen) };
}

/** What can be seen of a step. */
interface Seen {
  readonly said: readonly Said[];
  readonly status: unknown;
  /** Stdout and value. */
  readonly printed: string;
  /** Stderr and error. */
  readonly complaints: string;
  readonly displays: readonly Said[];
  readonly reply: Readonly<Record<string, unknown>>;
}

function look(said: readonly Said[]): Seen {
  const texts = (name: string) =>
    said.flatMap(({ type, content }) =>
      type === "stream" && content.name === name
        ? [String(content.text)]
        : type === "execute_result" && name === "stdout"
        ? [`${textOf(content)}\n`]
        : []
    ).join("");
  const errors = said.flatMap(({ type, content }) =>
    type === "error"
      ? [
        `${content.ename}: ${content.evalue}`,
        ...content.traceback as string[],
      ]
      : []
  );
  const reply = said.find(({ type }) => type.endsWith("_reply"))?.content ?? {};
  return {
    said,
    status: reply.status,
    printed: plain(texts("stdout")),
    complaints: [texts("stderr"), ...errors].map(plain).join("\n"),
    displays: said.filter(({ type }) => type.endsWith("display_data")),
    reply,
  };
}

type Check = (expected: Expectation & Step, seen: Seen) => boolean;

const CHECKS: readonly Check[] = [
  function status(expected, { status, complaints }) {
    if ("complete" in expected || "inspect" in expected) return status === "ok";
    if ("typed" in expected) return true;
    const isToFail = expected.fails !== undefined ||
      expected.problem !== undefined;
    if (isToFail) return status === "error";
    const isQuiet = expected.warns !== undefined || complaints.trim() === "";
    return status === "ok" && isQuiet;
  },
  ({ prints }, { printed }) =>
    prints === undefined || bareText(prints) === bareText(printed),
  ({ warns = "" }, { complaints }) =>
    bareText(complaints).includes(bareText(warns)),
  ({ fails = "" }, { complaints }) =>
    bareText(complaints).includes(bareText(fails)),
  ({ problem }, { complaints }) =>
    problem === undefined || problemsOf(complaints).includes(bareText(problem)),
  ({ shows }, { displays }) =>
    shows === undefined ||
    shows.length === displays.length &&
      shows.every((one, i) => isShown(one, displays[i]!, displays[i - 1])),
  ({ gives }, { said }) => {
    if (gives === undefined) return true;
    const result = said.find(({ type }) => type === "execute_result");
    return result !== undefined && holds(result.content.data, gives);
  },
  ({ sends }, { said }) => {
    if (sends === undefined) return true;
    const types = new Set(sends.map(({ type }) => type));
    const sent = said.filter(({ type }) => types.has(type));
    return sent.length === sends.length &&
      sends.every((one, i) => isSent(one, sent[i]!));
  },
  ({ offers = [], lacks = [] }, { reply }) => {
    const matches = (reply.matches ?? []) as readonly string[];
    return offers.every((one) => matches.includes(one)) &&
      lacks.every((one) => !matches.includes(one));
  },
  (expected, { reply }) => {
    if (expected.replaces === undefined || !("complete" in expected)) {
      return true;
    }
    const code = expected.complete.replace("|", "");
    const { cursor_start, cursor_end } = reply as Record<string, number>;
    return code.slice(cursor_start, cursor_end) === expected.replaces;
  },
  ({ tells }, { reply }) => {
    if (tells === undefined) return true;
    const text = plain(textOf(reply));
    return tells === ""
      ? text.trim() === ""
      : bareText(text).includes(bareText(tells));
  },
  ({ judges }, { reply }) => judges === undefined || reply.status === judges,
];

function isShown(
  { data, replaces = false }: Shown,
  said: Said,
  before: Said | undefined,
): boolean {
  const idOf = (one?: Said) =>
    (one?.content.transient as { display_id?: string } | undefined)?.display_id;
  const isUpdate = said.type === "update_display_data";
  return holds(said.content.data, data) && isUpdate === replaces &&
    (!replaces || idOf(said) !== undefined && idOf(said) === idOf(before));
}

function isSent(
  { content, metadata = {}, buffers }: Sent,
  said: Said,
): boolean {
  return holds(said.content, content) && holds(said.metadata, metadata) &&
    (buffers === undefined ||
      JSON.stringify(buffers) ===
        JSON.stringify(said.buffers.map((bytes) => [...bytes])));
}

/** Whether a value has all that is expected; it may have more fields. */
function holds(found: unknown, expected: unknown): boolean {
  if (typeof expected === "string" && typeof found === "string") {
    return plain(found).trim() === expected.trim();
  }
  if (typeof expected !== "object" || expected === null) {
    return Object.is(found, expected);
  }
  if (typeof found !== "object" || found === null) return false;
  if (Array.isArray(expected) && expected.length !== (found as []).length) {
    return false;
  }
  return Object.entries(expected).every(([key, value]) =>
    holds(Reflect.get(found, key), value)
  );
}

/** What keeps a cell from running: as tslab prints it, or from our traceback. */
function problemsOf(complaints: string): readonly string[] {
  const theirs = complaints.split("\n");
  const ours = complaints.matchAll(
    /^TS\d+ .*?line (\d+), column (\d+): (.*)$/gm,
  );
  const syntax =
    /^SyntaxError: (.*)\n[^]*?^Cell \[\d+\], line (\d+), column (\d+)/m.exec(
      complaints,
    );
  return [
    ...theirs,
    ...[...ours].map(([, line, column, text]) => `${line}:${column} - ${text}`),
    ...syntax ? [`${syntax[2]}:${syntax[3]} - ${syntax[1]}`] : [],
  ].map(bareText);
}

function textOf(content: Readonly<Record<string, unknown>>): string {
  const { "text/plain": text = "" } = (content.data ?? {}) as {
    "text/plain"?: string;
  };
  return text;
}

function plain(text: string): string {
  // deno-lint-ignore no-control-regex -- Colours are control characters.
  return text.replace(/\x1b\[[\d;]*m/g, "");
}

/** Without quotes and white space, in which kernels differ. */
function bareText(text: string): string {
  return text.replace(/\\n|["'`\s]+/g, "");
}

function inALine(
  step: Step,
  { said, status, printed, complaints, reply }: Seen,
): string {
  if ("complete" in step) {
    const matches = (reply.matches ?? []) as readonly string[];
    const named = [...step.offers ?? [], ...step.lacks ?? []];
    return `${matches.length} offered, of those named: ${
      named.filter((name) => matches.includes(name)).join(", ") || "none"
    }`;
  }
  if ("inspect" in step) return short(plain(textOf(reply))) || "nothing";
  if ("typed" in step) return String(reply.status);
  const shown = said.filter(({ type }) => !QUIET.has(type)).map((one) =>
    one.type.endsWith("_data")
      ? `${one.type === "display_data" ? "shows" : "replaces"} ${
        Object.keys(one.content.data ?? {}).join(", ")
      }`
      : one.type
  );
  return [
    short(printed),
    short(complaints),
    ...shown,
    status === "ok" ? "" : String(status),
  ].filter((part) => part !== "").join("; ") || "nothing";
}

function short(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return line.length > MAX_SHORT ? `${line.slice(0, MAX_SHORT)}…` : line;
}

const MAX_SHORT = 90;
const QUIET: ReadonlySet<string> = new Set([
  ...["status", "stream", "execute_input", "execute_result", "error"],
  ...["execute_reply", "iopub_welcome"],
]);

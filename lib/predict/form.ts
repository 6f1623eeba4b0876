/**
 * A form for a question, where somebody is there and a front end draws it.
 *
 * It stands where the answer will: once that is given, it takes the form's place.
 * @module
 */
import { DISPLAY, display, makeDisplayable } from "../base/mod.ts";
import { hasPerson, hostSignal } from "../platform/mod.ts";
import { findComms } from "../widget/comms.ts";
import { classesOf, core } from "../widget/core_widget.ts";
import { LiveWidget } from "../widget/live_widget.ts";
import {
  type Answers,
  type CurvePoint,
  type Kind,
  KINDS,
  type Question,
} from "./answers.ts";

/** What a form brought: an answer, and where it is to be shown. */
export interface FormAnswer<K extends Kind> {
  readonly answer: Answers[K];
  readonly displayId: string;
}

/** A part of a form that is filled in. */
type Part =
  | LiveWidget<{ value: string }>
  | LiveWidget<{ index: number | null }>;

/** Asks by a form; gives nothing where nobody draws it. */
export async function askByForm<K extends Kind>(
  question: Question<K>,
  earlier: Answers[K] | undefined,
): Promise<FormAnswer<K> | undefined> {
  if (!hasPerson() || findComms() === undefined) return undefined;
  const parts = makeParts(question, earlier);
  const problem = note("");
  const commit = press(earlier === undefined ? "Commit" : "Commit, or keep it");
  const all = [note(question.text), ...parts, commit, problem];
  const box = stack(question.text, all);
  const displayId = crypto.randomUUID();
  await display(makeDisplayable(() => box[DISPLAY]()), {
    display_id: displayId,
  });
  try {
    if (!await isDrawn(box)) {
      await display(makeDisplayable({ "text/plain": "" }), {
        display_id: displayId,
        update: true,
      });
      return undefined;
    }
    const answer = await filledIn(question, { parts, commit, problem });
    return { answer, displayId };
  } finally {
    for (const one of [box, ...all]) one.close();
  }
}

/** Waits for an answer that can be read; says what is wrong with others. */
function filledIn<K extends Kind>(
  question: Question<K>,
  { parts, commit, problem }: {
    readonly parts: readonly Part[];
    readonly commit: LiveWidget<object>;
    readonly problem: LiveWidget<{ words: string; value: string }>;
  },
): Promise<Answers[K]> {
  return new Promise((resolve, reject) => {
    const take = (content: unknown) => {
      const { event } = (content ?? {}) as { readonly event?: unknown };
      if (event !== "click" && event !== "submit") return;
      const answer = readParts(question, parts.map(({ state }) => state));
      if (answer !== undefined) return resolve(answer);
      const { expected } = KINDS[question.kind];
      problem.set(wordsOf(`Expected ${expected(question)}`));
    };
    for (const one of [commit, ...parts]) one.onMessage(take);
    hostSignal()?.addEventListener(
      "abort",
      () => reject(new Error("the question was interrupted")),
    );
  });
}

/** What was filled in, as an answer; nothing if it is none. */
export function readParts<K extends Kind>(
  question: Question<K>,
  states: readonly {
    readonly value?: string;
    readonly index?: number | null;
  }[],
): Answers[K] | undefined {
  const { kind, items } = question;
  if (kind === "number" || kind === "curve") {
    const texts = states.map(({ value = "" }) => value.trim());
    if (texts.includes("")) return undefined;
    return KINDS[question.kind].read(texts.join("; "), question);
  }
  const chosen = states.map(({ index }) => items[index ?? -1]);
  const isWhole = !chosen.includes(undefined) &&
    new Set(chosen).size === chosen.length;
  if (!isWhole) return undefined;
  return (kind === "choice" ? chosen[0] : chosen) as Answers[K];
}

function makeParts<K extends Kind>(
  { kind, unit, items, at }: Question<K>,
  earlier: Answers[K] | undefined,
): readonly Part[] {
  const write = (value: number) => KINDS.number.write(value, unit);
  const number = (name: string, value: number | undefined) =>
    field(name, value === undefined ? "" : write(value));
  switch (kind) {
    case "number":
      return [number(unit === "" ? "a number" : unit, earlier as number)];
    case "curve": {
      const known = new Map(earlier as readonly CurvePoint[] | undefined);
      return at.map((x) => number(`at ${x}`, known.get(x)));
    }
    case "choice":
      return [pick("choice", "", { items, chosen: earlier as string })];
    default:
      return items.map((_, place) =>
        pick("menu", `${place + 1}.`, {
          items,
          chosen: (earlier as readonly string[] | undefined)?.[place],
        })
      );
  }
}

function field(name: string, value: string): LiveWidget<{ value: string }> {
  return core("field", {
    name,
    model: "Text",
    style: "TextStyle",
    state: { value },
    fixed: {},
    accept: ({ value }) => ({ value: String(value) }),
    words: ({ value }) => `${name}: ${value}`,
  });
}

function pick(
  kind: "choice" | "menu",
  name: string,
  { items, chosen }: {
    readonly items: readonly string[];
    readonly chosen: string | undefined;
  },
): LiveWidget<{ index: number | null }> {
  const index = chosen === undefined ? -1 : items.indexOf(chosen);
  return core<{ index: number | null }>(kind, {
    name,
    model: kind === "choice" ? "RadioButtons" : "Dropdown",
    style: "DescriptionStyle",
    state: { index: index < 0 ? null : index },
    fixed: { _options_labels: items },
    accept: ({ index }) => ({ index: index as number }),
    words: () => `${name} ${items.join(", ")}`,
  });
}

function press(name: string): LiveWidget<object> {
  return core<object>("button", {
    name,
    model: "Button",
    style: "ButtonStyle",
    state: {},
    fixed: {},
    accept: () => ({}),
    words: () => `[ ${name} ]`,
  });
}

function note(text: string): LiveWidget<{ words: string; value: string }> {
  return core("note", {
    name: "",
    model: "HTML",
    style: "HTMLStyle",
    state: wordsOf(text),
    fixed: {},
    accept: () => ({}),
    words: ({ words }) => words,
  });
}

/** Jupyter's widget takes HTML. */
function wordsOf(words: string): { words: string; value: string } {
  const value = words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return { words, value };
}

/** Widgets one below another. */
function stack(
  text: string,
  parts: readonly LiveWidget<never>[] | readonly unknown[],
): LiveWidget<object> {
  return new LiveWidget<object>({
    state: {},
    fixed: classesOf("VBox"),
    needs: "ipywidgets",
    words: () => ({ label: "A form for the answer", text }),
    async open() {
      const children: string[] = [];
      for (const part of parts as readonly LiveWidget<object>[]) {
        children.push(`IPY_MODEL_${await part.open()}`);
      }
      return { children };
    },
  });
}

/** A front end that has not drawn it by then will hardly do so. */
async function isDrawn({ seen }: LiveWidget<object>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), DRAWN_MS);
  void seen.then(() => resolve(true));
  return await promise.finally(() => clearTimeout(timer));
}

const DRAWN_MS = 4000;

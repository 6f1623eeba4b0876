/**
 * A question that a cell asks, as pages show it: a line to type, or a form where
 * the cell says what can be answered.
 *
 * Pure. A form is only another way to type: what it gives is a line as well.
 * @module
 */
import * as z from "zod/mini";

const words = z.string().check(z.maxLength(2000));

const formSchema = z.object({
  kind: z.enum(["number", "choice", "order", "curve", "confirm"]),
  /** The question, without words on how to type. */
  text: words,
  unit: z._default(words, ""),
  items: z._default(z.array(words).check(z.maxLength(200)), []),
  at: z._default(z.array(z.number()).check(z.maxLength(200)), []),
  /** What was answered before: an empty line keeps it. */
  earlier: z.optional(words),
  /** Why the last line was no answer. */
  problem: z.optional(words),
});

/** What a form asks for. */
export type QuestionForm = z.infer<typeof formSchema>;

/** A question. */
export interface Question {
  readonly type: "question";
  readonly cellId: string;
  readonly prompt: string;
  readonly isSecret: boolean;
  readonly form: QuestionForm | null;
}

/** Makes a question of what a kernel sends; a form that is none is left out. */
export function makeQuestion(
  cellId: string,
  { prompt, password, form }: Readonly<Record<string, unknown>>,
): Question {
  const { data } = formSchema.safeParse(form);
  return {
    type: "question",
    cellId,
    prompt: String(prompt ?? ""),
    isSecret: password === true,
    form: data ?? null,
  };
}

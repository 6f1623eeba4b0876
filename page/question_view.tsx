/**
 * A question that a cell asks: a line to type, or the form that the cell wishes.
 * Whatever is shown, the answer is a line.
 * @module
 */
/** @jsxImportSource preact */
/// <reference lib="dom" />
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { QuestionForm } from "../server/mod.ts";
import type { PageNotebook } from "./notebook.ts";

/** Shows the question that is open. */
export function QuestionView(
  { notebook }: { readonly notebook: PageNotebook },
): JSX.Element {
  const { form } = notebook.question.value!;
  const answer = (text: string) => notebook.say({ type: "answer", text });
  if (form === null) return <Line notebook={notebook} answer={answer} />;
  return (
    <fieldset class="nb-form">
      <legend>{form.text}</legend>
      {form.problem !== undefined && <p role="alert">{form.problem}</p>}
      <Form form={form} answer={answer} />
      {form.earlier !== undefined && (
        <p class="nb-row">
          <button type="button" onClick={() => answer("")}>
            Keep “{form.earlier}”
          </button>
        </p>
      )}
    </fieldset>
  );
}

type Answer = (text: string) => void;

function Form(
  { form, answer }: { readonly form: QuestionForm; readonly answer: Answer },
): JSX.Element {
  switch (form.kind) {
    case "confirm":
      return (
        <p class="nb-row">
          <FirstButton onClick={() => answer("y")}>Yes</FirstButton>
          <button type="button" onClick={() => answer("n")}>No</button>
        </p>
      );
    case "choice":
      return (
        <p class="nb-row">
          {form.items.map((item, index) =>
            index === 0
              ? (
                <FirstButton key={item} onClick={() => answer("1")}>
                  {item}
                </FirstButton>
              )
              : (
                <button
                  key={item}
                  type="button"
                  onClick={() => answer(String(index + 1))}
                >
                  {item}
                </button>
              )
          )}
        </p>
      );
    case "order":
      return <Order form={form} answer={answer} />;
    case "number":
    case "curve":
      return <Numbers form={form} answer={answer} />;
  }
}

/** One number, or one at each place of a curve. */
function Numbers(
  { form: { at, unit, kind }, answer }: {
    readonly form: QuestionForm;
    readonly answer: Answer;
  },
): JSX.Element {
  const places = kind === "curve" ? at : [null];
  const [values, setValues] = useState(places.map(() => ""));
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <form
      class="nb-numbers"
      onSubmit={(event) => {
        event.preventDefault();
        answer(values.join(" "));
      }}
    >
      {places.map((place, index) => (
        <label key={index}>
          <span>{place === null ? "Number" : `at ${place}`}</span>
          <input
            ref={index === 0 ? first : null}
            inputMode="decimal"
            autocomplete="off"
            value={values[index]}
            onInput={({ currentTarget: { value } }) =>
              setValues(values.with(index, value.trim()))}
          />
          <span>{unit}</span>
        </label>
      ))}
      <button type="submit" disabled={values.includes("")}>Answer</button>
    </form>
  );
}

/** Things to put in order, by buttons. */
function Order(
  { form: { items }, answer }: {
    readonly form: QuestionForm;
    readonly answer: Answer;
  },
): JSX.Element {
  const [order, setOrder] = useState(items.map((_, index) => index));
  const move = (at: number, to: number) => {
    const moved = order.toSpliced(at, 1);
    setOrder(moved.toSpliced(to, 0, order[at]!));
  };
  return (
    <>
      <ol class="nb-order">
        {order.map((item, at) => (
          <li key={item}>
            <span>{items[item]}</span>
            <button
              type="button"
              disabled={at === 0}
              aria-label={`Move ${items[item]} up`}
              onClick={() => move(at, at - 1)}
            >
              ↑
            </button>
            <button
              type="button"
              disabled={at === order.length - 1}
              aria-label={`Move ${items[item]} down`}
              onClick={() => move(at, at + 1)}
            >
              ↓
            </button>
          </li>
        ))}
      </ol>
      <p class="nb-row">
        <FirstButton
          onClick={() => answer(order.map((item) => item + 1).join(" "))}
        >
          Answer
        </FirstButton>
      </p>
    </>
  );
}

/** The button that has the focus when the question comes. */
function FirstButton(
  { onClick, children }: {
    readonly onClick: () => void;
    readonly children: ComponentChildren;
  },
): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <button ref={button} type="button" onClick={onClick}>{children}</button>
  );
}

function Line(
  { notebook, answer }: {
    readonly notebook: PageNotebook;
    readonly answer: Answer;
  },
): JSX.Element {
  const { prompt, isSecret } = notebook.question.value!;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      class="nb-question"
      onSubmit={(event) => {
        event.preventDefault();
        answer(input.current?.value ?? "");
      }}
    >
      <label>
        <span>{prompt === "" ? "The cell asks for a line" : prompt}</span>
        <input
          ref={input}
          type={isSecret ? "password" : "text"}
          autocomplete="off"
        />
      </label>
      <button type="submit">Answer</button>
    </form>
  );
}

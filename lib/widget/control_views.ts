/**
 * What controls look like where no widgets of Jupyter are: functions whose text
 * runs in a browser, so they use nothing from outside but each other.
 *
 * Parts of the state have the names that `@jupyter-widgets/controls` gives them.
 * @module
 */
import type { WidgetView } from "./widget.ts";

type View = WidgetView<Record<string, unknown>> & { readonly el: El };

/** The little of the DOM that is used: a package may not bring its types along. */
interface El {
  id: string;
  htmlFor: string;
  type: string;
  name: string;
  value: string;
  checked: boolean;
  min: string;
  max: string;
  step: string;
  selectedIndex: number;
  textContent: string;
  onclick: () => void;
  onchange: () => void;
  oninput: () => void;
  onkeydown: (event: { readonly key: string }) => void;
  append(...parts: El[]): void;
  before(...parts: El[]): void;
  after(...parts: El[]): void;
  setAttribute(name: string, value: string): void;
}
declare const document: { createElement(tag: string): El };

function drawSlider({ model, el }: View): void {
  const { input, label } = makeInput(el, "range");
  const output = document.createElement("output");
  label.after(input, output);
  for (const name of ["min", "max", "step"] as const) {
    input[name] = String(model.get(name));
  }
  const show = () => output.textContent = input.value;
  input.oninput = show;
  input.onchange = () => tell(model, "value", Number(input.value));
  follow(model, "description", (text) => label.textContent = String(text));
  follow(model, "value", (value) => {
    input.value = String(value);
    show();
  });
}

function drawToggle({ model, el }: View): void {
  const { input, label } = makeInput(el, "checkbox");
  label.before(input);
  input.onchange = () => tell(model, "value", input.checked);
  follow(model, "description", (text) => label.textContent = String(text));
  follow(model, "value", (value) => input.checked = value === true);
}

function drawField({ model, el }: View): void {
  const { input, label } = makeInput(el, "text");
  label.after(input);
  input.oninput = () => tell(model, "value", input.value);
  input.onkeydown = ({ key }) => {
    if (key === "Enter") model.send({ event: "submit" });
  };
  follow(model, "description", (text) => label.textContent = String(text));
  follow(model, "value", (value) => {
    if (input.value !== value) input.value = String(value);
  });
}

function drawChoice({ model, el }: View): void {
  const group = document.createElement("fieldset");
  const legend = document.createElement("legend");
  group.append(legend);
  el.append(group);
  const items = model.get("_options_labels") as readonly string[];
  const name = `choice-${Math.random()}`;
  const inputs = items.map((item, index) => {
    const { input, label } = makeInput(group, "radio");
    label.textContent = item;
    label.before(input);
    input.name = name;
    input.onchange = () => tell(model, "index", index);
    return input;
  });
  follow(model, "description", (text) => legend.textContent = String(text));
  follow(model, "index", (chosen) => {
    inputs.forEach((input, index) => input.checked = index === chosen);
  });
}

function drawMenu({ model, el }: View): void {
  const { input, label } = makeInput(el, "text");
  const menu = document.createElement("select");
  menu.id = input.id;
  label.after(menu);
  for (const item of model.get("_options_labels") as readonly string[]) {
    const option = document.createElement("option");
    option.textContent = item;
    menu.append(option);
  }
  menu.onchange = () => tell(model, "index", menu.selectedIndex);
  follow(model, "description", (text) => label.textContent = String(text));
  follow(model, "index", (chosen) => {
    menu.selectedIndex = chosen === null ? -1 : Number(chosen);
  });
}

function drawButton({ model, el }: View): void {
  const button = document.createElement("button");
  button.type = "button";
  el.append(button);
  button.onclick = () => model.send({ event: "click" });
  follow(model, "description", (text) => button.textContent = String(text));
}

function drawNote({ model, el }: View): void {
  const note = document.createElement("p");
  note.setAttribute("role", "status");
  el.append(note);
  // Words only: the state has them as HTML for Jupyter.
  follow(model, "words", (text) => note.textContent = String(text));
}

function makeInput(
  el: El,
  type: string,
): { readonly input: El; readonly label: El } {
  const row = document.createElement("div");
  const input = document.createElement("input");
  const label = document.createElement("label");
  input.type = type;
  input.id = label.htmlFor = `input-${Math.random()}`;
  row.append(label);
  el.append(row);
  return { input, label };
}

function follow(
  model: View["model"],
  name: string,
  show: (value: unknown) => unknown,
): void {
  model.on(`change:${name}`, () => show(model.get(name)));
  show(model.get(name));
}

function tell(model: View["model"], name: string, value: unknown): void {
  model.set(name, value);
  model.save_changes();
}

/** The module of a kind of control. */
export function moduleOf(kind: ControlKind): string {
  const draw = VIEWS[kind];
  return `${[draw, makeInput, follow, tell].join("\n")}
export default { render: ${draw.name} };
`;
}

/** How controls look. */
export const CONTROL_STYLE = `
div{display:flex;gap:.6em;align-items:center;flex-wrap:wrap}
fieldset{border:1px solid #8886;border-radius:4px;margin:0}
p{margin:0}
input,select,button{font:inherit}
output{font-variant-numeric:tabular-nums}
`;

/** A kind of control. */
export type ControlKind = keyof typeof VIEWS;

const VIEWS = {
  slider: drawSlider,
  toggle: drawToggle,
  field: drawField,
  choice: drawChoice,
  menu: drawMenu,
  button: drawButton,
  note: drawNote,
};

/**
 * Variables of a cell's top level, rewritten to properties of the global object.
 *
 * `let x = 1` becomes `__g.x = 1`: as wide as before, so nothing moves. Where
 * the text grows, it grows into the line above or shifts columns. Pure.
 * @module
 */
import { isVarList } from "./declarations.ts";
import { type Edit, insert } from "./edits.ts";
import { findNode, isPropertyName, ts } from "./typescript.ts";

/** Where a list of variables stands. */
export type VariablePlace =
  /** In a list of statements. */
  | "statement"
  /** The only statement of an `if` or a loop. */
  | "body"
  /** In the head of a `for` with semicolons. */
  | "for"
  /** In the head of a `for … in` or `for … of`. */
  | "each";

/** What {@link editVariables} needs to know beside the variables. */
export interface VariableOptions {
  /** Where the list stands. */
  readonly place: VariablePlace;
  /** The name under which scripts know the global object. */
  readonly global: string;
  /** Names that start anew, although they are declared by `var`. */
  readonly freshNames: ReadonlySet<string>;
  /** Replaces what is before `end`, keyword included, by `text`. */
  replaceStart(end: number, text: string): readonly Edit[];
}

/**
 * Rewrites a list of variables to assignments.
 *
 * - A function or class without a name gets the variable's, as by declaration:
 *   `const f = () => 1` becomes `delete __g.f,__g.f={f:() => 1}.f`. Deleted
 *   first, because V8 calls a global function at full speed only as long as
 *   its property was never overwritten (design.md, section 2).
 * - `let x` becomes `__g.x=void 0`; `var x` does so only if there is no `x`.
 * - Patterns become assignments: `const {a} = v` is `;({a:__g.a} = v)`.
 * - `using x = v` stays, so that it is disposed of when the cell ends, and sets
 *   the global as well, so that hoisted functions see it.
 *
 * @param list The variables.
 * @param options Where they stand, and names.
 * @returns Edits of the list, its closing semicolon not included.
 */
export function editVariables(
  list: ts.VariableDeclarationList,
  options: VariableOptions,
): readonly Edit[] {
  const flags = list.flags & ts.NodeFlags.BlockScoped;
  const isUsing = flags === ts.NodeFlags.Using ||
    flags === ts.NodeFlags.AwaitUsing;
  if (isUsing) {
    return list.declarations.flatMap((declaration) =>
      editUsing(declaration, options.global)
    );
  }
  return list.declarations.flatMap((declaration, index) =>
    editVariable(declaration, {
      ...options,
      replaceStart: index === 0 ? options.replaceStart : (end, text) => [
        { start: declaration.getStart(), end, text: text.replace(/^;/, "") },
      ],
    })
  );
}

/**
 * Gives the text before a function that makes it a global; `}.name` follows it.
 *
 * @param global The name under which scripts know the global object.
 * @param name The function's name.
 * @returns The text.
 */
export function defineFunction(global: string, name: string): string {
  return `delete ${global}.${name},${global}.${name}={${name}:`;
}

function editVariable(
  declaration: ts.VariableDeclaration,
  options: VariableOptions,
): readonly Edit[] {
  const { name, initializer } = declaration;
  const { global, replaceStart } = options;
  const start = name.getStart();
  if (!ts.isIdentifier(name)) return editPattern(declaration, options);
  if (options.place === "each") return replaceStart(start, `${global}.`);
  if (initializer === undefined) return editEmpty(declaration, name, options);
  if (!isAnonymousFunction(initializer)) {
    const text = readsItself(declaration, name.text)
      ? `${defineUnlessThere(global, name, options.place)},${global}.`
      : `${global}.`;
    return replaceStart(start, text);
  }
  const text = name.getText();
  return [
    ...replaceStart(initializer.getStart(), defineFunction(global, text)),
    insert(initializer.end, `}.${text}`),
  ];
}

function editEmpty(
  { parent }: ts.VariableDeclaration,
  name: ts.Identifier,
  { place, global, freshNames, replaceStart }: VariableOptions,
): readonly Edit[] {
  if (!isVarList(parent as ts.ForInitializer) || freshNames.has(name.text)) {
    return [
      ...replaceStart(name.getStart(), `${global}.`),
      insert(name.end, "=void 0"),
    ];
  }
  return replaceStart(name.end, defineUnlessThere(global, name, place));
}

function defineUnlessThere(
  global: string,
  name: ts.Identifier,
  place: VariablePlace,
): string {
  const target = `${global}.${name.getText()}`;
  const text = `"${name.text}"in ${global}||(${target}=void 0)`;
  // In the head of a `for`, a bare `in` would make it a `for … in`.
  return place === "for" ? `(${text})` : text;
}

/** Whether a variable is like `var x = x || 1`, which must find an `x`. */
function readsItself(
  { initializer, parent }: ts.VariableDeclaration,
  name: string,
): boolean {
  const isRead = (node: ts.Node): boolean =>
    ts.isIdentifier(node) && node.text === name && !isPropertyName(node);
  return initializer !== undefined && ts.isVariableDeclarationList(parent) &&
    isVarList(parent) && findNode(initializer, isRead) !== undefined;
}

function editPattern(
  { name, initializer }: ts.VariableDeclaration,
  { place, global, replaceStart }: VariableOptions,
): readonly Edit[] {
  const isObject = ts.isObjectBindingPattern(name) && place !== "each";
  // `(` and `[` would continue a statement above that has no semicolon.
  const semicolon = place === "statement" ? ";" : "";
  return [
    ...replaceStart(name.getStart(), `${semicolon}${isObject ? "(" : ""}`),
    ...editBindings(name, global),
    ...(isObject && initializer !== undefined
      ? [insert(initializer.end, ")")]
      : []),
  ];
}

function editBindings(
  pattern: ts.BindingName,
  global: string,
): readonly Edit[] {
  if (ts.isIdentifier(pattern)) {
    return [insert(pattern.getStart(), `${global}.`)];
  }
  return pattern.elements.flatMap((element) => {
    if (!ts.isBindingElement(element)) return [];
    const { name, propertyName, dotDotDotToken, initializer } = element;
    const isShorthand = ts.isObjectBindingPattern(pattern) &&
      propertyName === undefined && dotDotDotToken === undefined;
    const key = isShorthand
      ? [insert(name.getStart(), `${name.getText()}:`)]
      : [];
    const isNamed = initializer !== undefined && ts.isIdentifier(name) &&
      isAnonymousFunction(initializer);
    const naming = isNamed
      ? [
        insert(initializer.getStart(), `{${name.getText()}:`),
        insert(initializer.end, `}.${name.getText()}`),
      ]
      : [];
    return [...key, ...editBindings(name, global), ...naming];
  });
}

function editUsing(
  { name, initializer }: ts.VariableDeclaration,
  global: string,
): readonly Edit[] {
  return initializer === undefined
    ? []
    : [insert(initializer.getStart(), `${global}.${name.getText()}=`)];
}

function isAnonymousFunction(expression: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(expression)) {
    return isAnonymousFunction(expression.expression);
  }
  if (ts.isArrowFunction(expression)) return true;
  return (ts.isFunctionExpression(expression) ||
    ts.isClassExpression(expression)) && expression.name === undefined;
}

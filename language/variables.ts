/**
 * Variables of a cell's top level, rewritten to properties of the global object.
 *
 * `let x = 1` becomes `__l.x = 1`: as wide as before, so nothing moves. Where
 * the text grows, it grows into the line above or shifts columns. Pure.
 * @module
 */
import { isVarList } from "./declarations.ts";
import { type Edit, insert } from "./edits.ts";
import { ts } from "./typescript.ts";

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

/**
 * The names under which scripts know what declares for them; the session makes
 * it (`session/host/bindings.ts`).
 */
export interface ScopeNames {
  /** The global object; setting its properties gives a `var` a value. */
  readonly global: string;
  /** Setting its properties declares variables, functions and classes. */
  readonly variables: string;
  /** Setting its properties declares constants. */
  readonly constants: string;
  /** A function that declares names of `var` before the cell begins. */
  readonly hoist: string;
}

/** What {@link editVariables} needs to know beside the variables. */
export interface VariableOptions {
  /** Where the list stands. */
  readonly place: VariablePlace;
  /** The names under which scripts know what declares for them. */
  readonly scope: ScopeNames;
  /** Names that start anew, although they are declared by `var`. */
  readonly freshNames: ReadonlySet<string>;
  /** Replaces what is before `end`, keyword included, by `text`. */
  replaceStart(end: number, text: string): readonly Edit[];
}

/**
 * Rewrites a list of variables to assignments.
 *
 * - What they are assigned to tells the kinds apart: `__l` declares variables,
 *   `__k` constants, and `__g` is the global object itself, which has the names
 *   of `var` since the cell began.
 * - A function or class without a name gets the variable's, as by declaration:
 *   `const f = () => 1` becomes `__k.f={f:() => 1}.f`.
 * - `let x` becomes `__l.x=void 0`; `var x` becomes nothing.
 * - Patterns become assignments: `const {a} = v` is `;({a:__k.a} = v)`.
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
      editUsing(declaration, options.scope.constants)
    );
  }
  const target = isVarList(list)
    ? options.scope.global
    : flags === ts.NodeFlags.Let
    ? options.scope.variables
    : options.scope.constants;
  return list.declarations.flatMap((declaration, index) =>
    editVariable(declaration, {
      ...options,
      target,
      replaceStart: index === 0 ? options.replaceStart : (end, text) => [
        { start: declaration.getStart(), end, text: text.replace(/^;/, "") },
      ],
    })
  );
}

/** What is known of one variable. */
interface TargetOptions extends VariableOptions {
  /** What its value is assigned to. */
  readonly target: string;
}

/**
 * Gives the text before a function that makes it a global; `}.name` follows it.
 *
 * @param variables The name of what declares variables.
 * @param name The function's name.
 * @returns The text.
 */
export function defineFunction(variables: string, name: string): string {
  return `${variables}.${name}={${name}:`;
}

function editVariable(
  declaration: ts.VariableDeclaration,
  options: TargetOptions,
): readonly Edit[] {
  const { name, initializer } = declaration;
  const { target, replaceStart } = options;
  const start = name.getStart();
  if (!ts.isIdentifier(name)) return editPattern(declaration, options);
  if (options.place === "each") return replaceStart(start, `${target}.`);
  if (initializer === undefined) return editEmpty(declaration, name, options);
  if (!isAnonymousFunction(initializer)) {
    return replaceStart(start, `${target}.`);
  }
  const text = name.getText();
  // Else V8 would call it slower for ever (`session/host/bindings.ts`).
  const fresh = target === options.scope.global
    ? `delete ${target}.${text},`
    : "";
  return [
    ...replaceStart(
      initializer.getStart(),
      fresh + defineFunction(target, text),
    ),
    insert(initializer.end, `}.${text}`),
  ];
}

function editEmpty(
  { parent }: ts.VariableDeclaration,
  name: ts.Identifier,
  { target, scope, freshNames, replaceStart }: TargetOptions,
): readonly Edit[] {
  const isFresh = freshNames.has(name.text);
  if (isVarList(parent as ts.ForInitializer) && !isFresh) {
    return replaceStart(name.end, "0");
  }
  return [
    ...replaceStart(
      name.getStart(),
      `${isFresh ? scope.variables : target}.`,
    ),
    insert(name.end, "=void 0"),
  ];
}

function editPattern(
  { name, initializer }: ts.VariableDeclaration,
  { place, target, replaceStart }: TargetOptions,
): readonly Edit[] {
  const isObject = ts.isObjectBindingPattern(name) && place !== "each";
  // `(` and `[` would continue a statement above that has no semicolon.
  const semicolon = place === "statement" ? ";" : "";
  return [
    ...replaceStart(name.getStart(), `${semicolon}${isObject ? "(" : ""}`),
    ...editBindings(name, target),
    ...(isObject && initializer !== undefined
      ? [insert(initializer.end, ")")]
      : []),
  ];
}

function editBindings(
  pattern: ts.BindingName,
  target: string,
): readonly Edit[] {
  if (ts.isIdentifier(pattern)) {
    return [insert(pattern.getStart(), `${target}.`)];
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
    return [...key, ...editBindings(name, target), ...naming];
  });
}

function editUsing(
  { name, initializer }: ts.VariableDeclaration,
  constants: string,
): readonly Edit[] {
  return initializer === undefined
    ? []
    : [insert(initializer.getStart(), `${constants}.${name.getText()}=`)];
}

function isAnonymousFunction(expression: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(expression)) {
    return isAnonymousFunction(expression.expression);
  }
  if (ts.isArrowFunction(expression)) return true;
  return (ts.isFunctionExpression(expression) ||
    ts.isClassExpression(expression)) && expression.name === undefined;
}

/**
 * One cell as a part of a program in which some of its names are declared
 * elsewhere too. Pure.
 *
 * Such a name is declared once, by `let`; each later declaration becomes an
 * assignment, so functions see the newest value, as in a notebook.
 * @module
 */
import { applyEdits, type Edit, insert } from "../edits.ts";
import { ts } from "../typescript.ts";
import { listDeclared, listNestedVars } from "./names.ts";

/** What a cell must not declare as it is. */
export interface RewriteScope {
  /** Names that are declared more than once. */
  readonly shared: ReadonlySet<string>;
  /** Those that the program has declared already; the cell's are added. */
  readonly introduced: Set<string>;
  /** Whether the cell stands in a block, out of which its names must reach. */
  readonly isBlock: boolean;
  /** Which cell it is. */
  readonly number: number;
  /** The function that shows the cell's value; `null` if nothing is to show it. */
  readonly show: string | null;
}

/** A cell, rewritten. */
export interface RewrittenCell {
  /** Names to declare before it. */
  readonly introduces: readonly string[];
  /** Its text. */
  readonly text: string;
  /** Whether its value is shown. */
  readonly shows: boolean;
}

/**
 * Rewrites a cell.
 *
 * @param tree The cell.
 * @param scope What it must not declare.
 */
export function rewriteForScript(
  tree: ts.SourceFile,
  scope: RewriteScope,
): RewrittenCell {
  const introduces: string[] = [];
  const introduce = (name: string): void => {
    if (scope.introduced.has(name)) return;
    scope.introduced.add(name);
    introduces.push(name);
  };
  const hoisted: string[] = [];
  const place = { tree, scope, introduce, hoisted };
  const edits = tree.statements.flatMap((one) => editStatement(one, place));
  const last = tree.statements.findLast((one) => !ts.isEmptyStatement(one));
  const value = last === undefined ? [] : editLast(last, place);
  const { body } = applyEdits(tree.text, [...edits, ...value], []);
  return {
    introduces,
    text: [...hoisted, body].join("\n").replace(/^(?:[ \t]*\n)+/, "").trimEnd(),
    shows: value.some(({ text }) =>
      scope.show !== null && text.startsWith(scope.show)
    ),
  };
}

interface Place {
  readonly tree: ts.SourceFile;
  readonly scope: RewriteScope;
  readonly introduce: (name: string) => void;
  /** Functions, which are there before the cell's first statement. */
  readonly hoisted: string[];
}

function editStatement(statement: ts.Statement, place: Place): readonly Edit[] {
  if (
    ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) ||
    (ts.isImportEqualsDeclaration(statement) &&
      ts.isExternalModuleReference(statement.moduleReference))
  ) return remove(statement);
  if (ts.isExportAssignment(statement)) {
    const start = statement.getStart();
    const { expression } = statement;
    const from = expression.getStart();
    return [
      { start, end: from, text: ";(" },
      { start: expression.end, end: statement.end, text: ");" },
    ];
  }
  const { shared } = place.scope;
  const isShared = (name: string) => place.scope.isBlock || shared.has(name);
  const names = listDeclared(place.tree)
    .filter((one) => one.statement === statement).map(({ name }) => name);
  const plain = dropExports(statement);
  const isNameless = (ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement)) && statement.name === undefined;
  if (isNameless) {
    const range = {
      start: statement.getStart(),
      end: startWithoutExports(statement),
    };
    return [{ ...range, text: ";(" }, insert(statement.end, ");")];
  }
  if (ts.isFunctionDeclaration(statement)) {
    const name = statement.name?.text;
    return name !== undefined && isShared(name)
      ? moveFunction(statement, name, place)
      : plain;
  }
  if (!names.some(isShared)) return plain;
  if (ts.isVariableStatement(statement)) {
    return editVariables(statement, names, place);
  }
  names.filter(isShared).forEach(place.introduce);
  if (ts.isClassDeclaration(statement)) return assignClass(statement);
  if (ts.isEnumDeclaration(statement)) {
    const { text } = statement.name;
    return [
      ...plain,
      insert(startWithoutExports(statement), `${text} = (() => { `),
      insert(statement.end, ` return ${text}; })();`),
    ];
  }
  if (ts.isModuleDeclaration(statement)) {
    const { name } = statement;
    const own = `${name.text}InCell${place.scope.number}`;
    return [
      ...plain,
      { start: name.getStart(), end: name.end, text: own },
      insert(statement.end, ` ${name.text} = ${own};`),
    ];
  }
  return listNestedVars(statement).flatMap((list) => editNested(list));
}

function moveFunction(
  statement: ts.FunctionDeclaration,
  name: string,
  { tree, introduce, hoisted }: Place,
): readonly Edit[] {
  // Declarations of overloads have no body, and nothing to run.
  if (statement.body !== undefined) {
    introduce(name);
    const start = startWithoutExports(statement);
    const { name: identifier } = statement;
    const before = tree.text.slice(start, identifier!.getStart());
    const after = tree.text.slice(identifier!.end, statement.end);
    const comment = tree.text.slice(statement.pos, statement.getStart()).trim();
    if (comment !== "") hoisted.push(comment);
    hoisted.push(`${name} = ${before}${after};`);
  }
  const start = statement.body === undefined
    ? statement.getStart()
    : statement.pos;
  return [{ start, end: statement.end, text: "" }];
}

function assignClass(statement: ts.ClassDeclaration): readonly Edit[] {
  const { name } = statement;
  const modifiers = (ts.getModifiers(statement) ?? [])
    .filter(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
  return [
    ...dropExports(statement),
    insert(startWithoutExports(statement), `${name!.text} = `),
    ...modifiers.map((one) => ({
      start: one.getStart(),
      end: one.end,
      text: "",
    })),
    { start: name!.getStart(), end: name!.end, text: "" },
    insert(statement.end, ";"),
  ];
}

function editVariables(
  statement: ts.VariableStatement,
  names: readonly string[],
  { tree, scope, introduce }: Place,
): readonly Edit[] {
  const list = statement.declarationList;
  const start = statement.getStart();
  const flags = list.flags & ts.NodeFlags.BlockScoped;
  const isUsing = flags === ts.NodeFlags.Using ||
    flags === ts.NodeFlags.AwaitUsing;
  const keyword = { start, end: list.declarations[0]!.getStart() };
  if (isUsing) {
    names.forEach(introduce);
    // Disposed of when the block ends; the name outlives it, as in a notebook.
    return list.declarations.flatMap(({ name, initializer }) => [
      { start: name.getStart(), end: name.end, text: `${name.getText()}Used` },
      insert(initializer!.getStart(), `${name.getText()} = `),
    ]);
  }
  const isFirst = !scope.isBlock &&
    !names.some((name) => scope.introduced.has(name));
  if (isFirst) {
    for (const name of names) scope.introduced.add(name);
    return [{ ...keyword, text: "let " }];
  }
  // All of them, since one list has one keyword.
  names.forEach(introduce);
  const text = list.declarations.map((one) => assign(one, tree)).join(", ");
  const isOdd = /^[[({]/.test(text);
  return [{ start, end: statement.end, text: `${isOdd ? ";" : ""}${text};` }];
}

function assign(
  { name, initializer }: ts.VariableDeclaration,
  tree: ts.SourceFile,
): string {
  const value = initializer?.getText(tree) ?? "undefined";
  const text = `${name.getText(tree)} = ${value}`;
  return ts.isObjectBindingPattern(name) ? `(${text})` : text;
}

/** `for (var i = 0;` becomes `for (i = 0;`, and `var x;` nothing. */
function editNested(list: ts.VariableDeclarationList): readonly Edit[] {
  const isEach = ts.isForInStatement(list.parent) ||
    ts.isForOfStatement(list.parent);
  const text = list.declarations
    .filter(({ initializer }) => isEach || initializer !== undefined)
    .map((one) =>
      isEach ? one.name.getText() : assign(one, list.getSourceFile())
    ).join(", ");
  const isStatement = ts.isVariableStatement(list.parent);
  const prefix = isStatement && /^[[(]/.test(text) ? ";" : "";
  return [{ start: list.getStart(), end: list.end, text: prefix + text }];
}

/** Shows the cell's value, and ends its last statement for sure. */
function editLast(statement: ts.Statement, place: Place): readonly Edit[] {
  const { show } = place.scope;
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement;
    const isShown = show !== null && !isLog(expression);
    // Two arguments it would be.
    const isList = ts.isBinaryExpression(expression) &&
      expression.operatorToken.kind === ts.SyntaxKind.CommaToken;
    const [open, close] = isList ? ["((", "))"] : ["(", ")"];
    return [
      ...isShown ? [insert(expression.getStart(), show + open)] : [],
      {
        start: expression.end,
        end: statement.end,
        text: isShown ? `${close};` : ";",
      },
    ];
  }
  const needsEnd = ts.isVariableStatement(statement) &&
    !statement.getText().endsWith(";");
  return needsEnd ? [insert(statement.end, ";")] : [];
}

/** What is logged has no value to show. */
function isLog(expression: ts.Expression): boolean {
  return ts.isCallExpression(expression) &&
    /^console\.\w+$/.test(expression.expression.getText());
}

function remove(statement: ts.Statement): readonly Edit[] {
  return [{ start: statement.getStart(), end: statement.end, text: "" }];
}

function dropExports(statement: ts.Statement): readonly Edit[] {
  const start = statement.getStart();
  const end = startWithoutExports(statement);
  return end === start ? [] : [{ start, end, text: "" }];
}

function startWithoutExports(statement: ts.Statement): number {
  if (!ts.canHaveModifiers(statement)) return statement.getStart();
  const last = (ts.getModifiers(statement) ?? []).findLast(({ kind }) =>
    kind === ts.SyntaxKind.ExportKeyword ||
    kind === ts.SyntaxKind.DefaultKeyword
  );
  if (last === undefined) return statement.getStart();
  const between = /^\s*/.exec(statement.getSourceFile().text.slice(last.end));
  return last.end + between![0].length;
}

/**
 * Tells whether a cell declares by `using`, whose end is that of the cell.
 *
 * @param tree The cell.
 */
export function hasUsing(tree: ts.SourceFile): boolean {
  return tree.statements.some((statement) => {
    if (!ts.isVariableStatement(statement)) return false;
    const flags = statement.declarationList.flags & ts.NodeFlags.BlockScoped;
    return flags === ts.NodeFlags.Using || flags === ts.NodeFlags.AwaitUsing;
  });
}

/**
 * The imports of all cells, as those of one program. Pure.
 * @module
 */
import { ts } from "../typescript.ts";

/** One name that an import gives. */
export interface Imported {
  /** The name in the cells. */
  readonly name: string;
  /** What is imported: `default`, `*`, or the name in the module. */
  readonly original: string;
  /** The module, as it was written, with its attributes. */
  readonly from: string;
  /** Whether it is a type, which is gone when the program runs. */
  readonly isType: boolean;
}

/** What a cell imports. */
export interface CellImports {
  /** The names. */
  readonly names: readonly Imported[];
  /** All modules in their order, also those that are only run. */
  readonly modules: readonly string[];
}

/**
 * Reads the imports of a cell.
 *
 * @param tree The cell.
 * @param places Where the program finds modules.
 */
export function readImports(tree: ts.SourceFile, places: Places): CellImports {
  const names: Imported[] = [];
  const modules: string[] = [];
  for (const statement of tree.statements) {
    const from = readModule(statement, places);
    if (from === undefined) continue;
    const own = ts.isImportDeclaration(statement)
      ? listNames(statement, from)
      : ts.isImportEqualsDeclaration(statement)
      ? [{
        name: statement.name.text,
        original: "default",
        from,
        isType: statement.isTypeOnly,
      }]
      : [];
    const isOnlyTypes = own.length > 0 && own.every(({ isType }) => isType);
    if (!isOnlyTypes) modules.push(from);
    names.push(...own);
  }
  return { names, modules };
}

/** Where a program finds what cells import. */
export interface Places {
  /** Where the notebook's folder is, seen from the program: `../lessons/`, or empty. */
  readonly base: string;
  /** Addresses of modules that cells know by a name, such as `skein`. */
  readonly modules: Readonly<Record<string, string>>;
}

/** Puts a specifier as it is seen from the program. */
export function moveSpecifier(
  specifier: string,
  { base, modules }: Places,
): string {
  if (Object.hasOwn(modules, specifier)) return modules[specifier]!;
  if (base === "" || !/^\.\.?\//.test(specifier)) return specifier;
  const moved = base + specifier.replace(/^\.\//, "");
  return moved.startsWith(".") ? moved : `./${moved}`;
}

/** The module of a statement that loads one, ready to be written. */
function readModule(
  statement: ts.Statement,
  places: Places,
): string | undefined {
  const isLoading = ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement);
  const specifier = isLoading
    ? statement.moduleSpecifier
    : ts.isImportEqualsDeclaration(statement) &&
        ts.isExternalModuleReference(statement.moduleReference)
    ? statement.moduleReference.expression
    : undefined;
  if (specifier === undefined || !ts.isStringLiteral(specifier)) {
    return undefined;
  }
  const attributes = isLoading && statement.attributes !== undefined
    ? ` ${statement.attributes.getText()}`
    : "";
  return JSON.stringify(moveSpecifier(specifier.text, places)) + attributes;
}

function listNames(
  { importClause }: ts.ImportDeclaration,
  from: string,
): readonly Imported[] {
  if (importClause === undefined) return [];
  const { name, namedBindings, isTypeOnly } = importClause;
  const one = (name: string, original: string, isType = isTypeOnly) => ({
    name,
    original,
    from,
    isType,
  });
  return [
    ...name === undefined ? [] : [one(name.text, "default")],
    ...namedBindings === undefined
      ? []
      : ts.isNamespaceImport(namedBindings)
      ? [one(namedBindings.name.text, "*")]
      : namedBindings.elements.map((element) =>
        one(
          element.name.text,
          (element.propertyName ?? element.name).getText(),
          isTypeOnly || element.isTypeOnly,
        )
      ),
  ];
}

/**
 * Writes the imports of a program, each module once and in order.
 *
 * @param modules The modules, in the order in which they are loaded.
 * @param names The names, each with one meaning.
 */
export function writeImports(
  modules: readonly string[],
  names: readonly Imported[],
): string {
  const all = [...new Set([...modules, ...names.map(({ from }) => from)])];
  return all.flatMap((from) => {
    const own = names.filter((one) => one.from === from);
    const values = own.filter(({ isType }) => !isType);
    const lines = [
      ...writeClauses(values).map((clause) => `import ${clause} from ${from};`),
      ...writeClauses(own.filter(({ isType }) => isType))
        .map((clause) => `import type ${clause} from ${from};`),
    ];
    const isRun = modules.includes(from);
    return isRun && values.length === 0 ? [`import ${from};`, ...lines] : lines;
  }).join("\n");
}

function writeClauses(names: readonly Imported[]): readonly string[] {
  const single = names
    .filter(({ original }) => original === "default" || original === "*")
    .map(({ name, original }) => original === "*" ? `* as ${name}` : name);
  const named = names
    .filter(({ original }) => original !== "default" && original !== "*")
    .map(({ name, original }) =>
      name === original ? name : `${original} as ${name}`
    );
  return [
    ...new Set(single),
    ...named.length === 0 ? [] : [`{ ${[...new Set(named)].join(", ")} }`],
  ];
}

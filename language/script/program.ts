/**
 * A program that grows by one cell after the other.
 * @module
 */
import { type CellImports, type Imported, writeImports } from "./imports.ts";
import type { ReadCell, SharedNames } from "./read_cell.ts";
import { rewriteForScript } from "./rewrite.ts";
import type { ScriptCell } from "./script.ts";

/** A program that grows by one cell after the other. */
export class Program {
  readonly #shared: ReadonlySet<string>;
  readonly #show: string;
  readonly #early: ReadonlySet<string>;
  readonly #introduced: Set<string>;
  readonly #names: Imported[] = [];
  #shows = false;

  /**
   * @param names Names that are declared more than once.
   * @param show The name of the function that shows values.
   */
  constructor({ shared, early }: SharedNames, show: string) {
    this.#shared = shared;
    this.#early = early;
    this.#introduced = new Set(early);
    this.#show = show;
  }

  /** Adds a cell, and gives its text. */
  add({ cell, tree, imports, isBlock }: ReadCell): string {
    const assigned = this.#addImports(imports, cell);
    const { text, introduces, shows } = rewriteForScript(tree, {
      shared: this.#shared,
      introduced: this.#introduced,
      isBlock,
      number: cell.number,
      show: this.#show,
    });
    this.#shows ||= shows;
    const names = [...assigned.introduces, ...introduces];
    const lines = [...assigned.lines, ...text === "" ? [] : [text]];
    const body = lines.join("\n");
    return [
      ...names.map((name) => `let ${name}: any;`),
      ...lines.length === 0
        ? []
        : !isBlock
        ? [body]
        : cell.mayFail
        ? [`try {\n${body}\n} catch (error) {\n  console.error(error);\n}`]
        : [`{\n${body}\n}`],
    ].join("\n");
  }

  /** Takes the imports, and assigns those whose names others declare too. */
  #addImports(
    { names }: CellImports,
    { mayFail }: ScriptCell,
  ): {
    readonly introduces: readonly string[];
    readonly lines: readonly string[];
  } {
    const introduces: string[] = [];
    const lines: string[] = [];
    for (const one of names) {
      if (one.isType || !this.#shared.has(one.name)) {
        this.#names.push(one);
        continue;
      }
      if (!this.#introduced.has(one.name)) introduces.push(one.name);
      this.#introduced.add(one.name);
      if (mayFail) {
        lines.push(`${one.name} = ${importLater(one)};`);
        continue;
      }
      const alias = `${one.name}Imported${this.#names.length}`;
      this.#names.push({ ...one, name: alias });
      lines.push(`${one.name} = ${alias};`);
    }
    return { introduces, lines };
  }

  /** Writes the imports of all cells. */
  imports(cells: readonly ReadCell[]): string {
    const modules = cells.filter(({ cell }) => !cell.mayFail)
      .flatMap(({ imports }) => imports.modules);
    const needsRequire = cells.some(({ words }) => words.has("require")) &&
      !cells.some(({ declared }) =>
        declared.some(({ name }) => name === "require")
      );
    const own = needsRequire
      ? 'import { createRequire } from "node:module";\n\nconst require = createRequire(import.meta.url);'
      : "";
    const early = [...this.#early].map((name) =>
      `let ${name}: any = globalThis.${name};`
    );
    return [writeImports([...new Set(modules)], this.#names), own, ...early]
      .filter((text) => text !== "").join("\n");
  }

  /** Writes the function that shows values, if some are shown. */
  helper(): readonly string[] {
    return this.#shows
      ? [
        `/** Logs the value of a cell, as a notebook shows it. */\nfunction ${this.#show}(value: unknown): void {\n  if (value !== undefined) console.log(value);\n}`,
      ]
      : [];
  }
}

function importLater({ from, original }: Imported): string {
  const [, specifier = from, attributes] = /^("(?:[^"\\]|\\.)*") with (.*)$/s
    .exec(from) ?? [];
  const options = attributes === undefined ? "" : `, { with: ${attributes} }`;
  const module = `await import(${specifier}${options})`;
  return original === "*" ? module : `(${module}).${original}`;
}

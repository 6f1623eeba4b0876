/**
 * Finds the names that a piece of JavaScript uses but does not declare.
 *
 * Pure: a syntax tree in, references out. Which of them are standard, and what
 * is said of the others, is decided in `capture.ts`.
 *
 * Declarations are noted while walking and references looked up afterwards, so
 * that hoisting (`var`, functions, names used before they are declared) needs
 * no rule of its own.
 * @module
 */

import type { AnyNode, Pattern } from "npm:acorn@8.19.0";

export type FunctionNode = Extract<
  AnyNode,
  {
    type:
      | "FunctionDeclaration"
      | "FunctionExpression"
      | "ArrowFunctionExpression";
  }
>;

/** A use of a name, or of a word that reaches outside like `this`. */
export interface Reference {
  /** The name, or `this`, `super`, `arguments`, `import.meta`, `new.target`. */
  readonly name: string;
  /** Offset in the source text, in UTF-16 units. */
  readonly offset: number;
}

/**
 * Finds what a function uses from outside of itself.
 *
 * Its own `this` counts as outside: whoever calls it chooses it.
 */
export function findFreeReferences(root: FunctionNode): Reference[] {
  const outermost = new Scope(null, "block");
  const uses: { readonly reference: Reference; readonly scope: Scope }[] = [];
  visit(root, outermost);
  return uses
    .filter(({ reference, scope }) => !scope.has(reference.name))
    .map(({ reference }) => reference)
    .sort((one, other) => one.offset - other.offset);

  function use(name: string, node: AnyNode, scope: Scope): void {
    uses.push({ reference: { name, offset: node.start }, scope });
  }

  function visitAll(nodes: Iterable<AnyNode | null>, scope: Scope): void {
    for (const node of nodes) visit(node, scope);
  }

  function visit(node: AnyNode | null | undefined, scope: Scope): void {
    if (!node) return;
    switch (node.type) {
      case "Identifier":
        return use(node.name, node, scope);
      case "ThisExpression":
        return use("this", node, scope);
      case "Super":
        return use("super", node, scope);
      case "MetaProperty":
        return use(`${node.meta.name}.${node.property.name}`, node, scope);
      case "MemberExpression":
        visit(node.object, scope);
        return node.computed ? visit(node.property, scope) : undefined;
      case "Property":
        if (node.computed) visit(node.key, scope);
        return visit(node.value, node.method ? Scope.ofMember(scope) : scope);
      case "LabeledStatement":
        return visit(node.body, scope);
      case "BreakStatement":
      case "ContinueStatement":
        return;
      case "VariableDeclaration":
        for (const { id, init } of node.declarations) {
          declare(
            id,
            node.kind === "var" ? scope.nearestFunction() : scope,
            scope,
          );
          visit(init, scope);
        }
        return;
      case "FunctionDeclaration":
        scope.add(node.id?.name);
        return visitFunction(node, scope);
      case "FunctionExpression": {
        const named = new Scope(scope, "block");
        named.add(node.id?.name);
        return visitFunction(node, named);
      }
      case "ArrowFunctionExpression":
        return visitFunction(node, scope);
      case "ClassDeclaration":
      case "ClassExpression": {
        if (node.type === "ClassDeclaration") scope.add(node.id?.name);
        const named = new Scope(scope, "block");
        named.add(node.id?.name);
        visit(node.superClass, named);
        return visitAll(node.body.body, named);
      }
      case "MethodDefinition":
      case "PropertyDefinition": {
        if (node.computed) visit(node.key, scope);
        // `this` and `super` in a class mean its own objects: declared here.
        return visit(node.value, Scope.ofMember(scope));
      }
      case "StaticBlock":
        return visitAll(node.body, Scope.ofMember(scope));
      case "CatchClause": {
        const caught = new Scope(scope, "block");
        if (node.param) declare(node.param, caught, caught);
        return visit(node.body, caught);
      }
      case "BlockStatement":
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "SwitchStatement":
        return visitAll(childrenOf(node), new Scope(scope, "block"));
      default:
        return visitAll(childrenOf(node), scope);
    }
  }

  function visitFunction(node: FunctionNode, scope: Scope): void {
    const parameters = new Scope(scope, "function");
    if (node.type !== "ArrowFunctionExpression") {
      for (const word of ["arguments", "new.target"]) parameters.add(word);
      if (node !== root) parameters.add("this");
    }
    for (const parameter of node.params) {
      declare(parameter, parameters, parameters);
    }
    // A scope of its own: default values do not see variables of the body.
    visit(node.body, new Scope(parameters, "function"));
  }

  /** Notes the names of a pattern in `scope`; defaults and keys are looked up in `uses`. */
  function declare(pattern: Pattern, scope: Scope, lookup: Scope): void {
    switch (pattern.type) {
      case "Identifier":
        return scope.add(pattern.name);
      case "ObjectPattern":
        for (const property of pattern.properties) {
          if (property.type === "RestElement") {
            declare(property.argument, scope, lookup);
          } else {
            if (property.computed) visit(property.key, lookup);
            declare(property.value, scope, lookup);
          }
        }
        return;
      case "ArrayPattern":
        for (const element of pattern.elements) {
          if (element) declare(element, scope, lookup);
        }
        return;
      case "RestElement":
        return declare(pattern.argument, scope, lookup);
      case "AssignmentPattern":
        declare(pattern.left, scope, lookup);
        return visit(pattern.right, lookup);
      case "MemberExpression":
        return visit(pattern, lookup);
    }
  }
}

/** Lists the nodes directly inside a node, in the order of its fields. */
export function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter((value): value is AnyNode =>
    typeof value === "object" && value !== null && "type" in value
  );
}

/** Names declared in one stretch of code, and the stretch around it. */
class Scope {
  readonly #names = new Set<string>();
  readonly #parent: Scope | null;
  readonly #kind: "block" | "function";

  constructor(parent: Scope | null, kind: "block" | "function") {
    this.#parent = parent;
    this.#kind = kind;
  }

  static ofMember(parent: Scope): Scope {
    const scope = new Scope(parent, "function");
    for (const word of ["this", "super", "new.target"]) scope.add(word);
    return scope;
  }

  add(name: string | undefined): void {
    if (name !== undefined) this.#names.add(name);
  }

  has(name: string): boolean {
    return this.#names.has(name) || (this.#parent?.has(name) ?? false);
  }

  nearestFunction(): Scope {
    return this.#kind === "function" || this.#parent === null
      ? this
      : this.#parent.nearestFunction();
  }
}

/**
 * What the declarations of a cell make on the global object.
 *
 * Cells are scripts whose top-level names are global properties, so that later
 * cells and functions find them. They stay plain properties: reading one costs
 * what it costs in any script, while accessors would be 23 times slower in a hot
 * loop. A constant is one that can not be written to, so V8 itself throws the
 * TypeError, wherever and however it is assigned to.
 *
 * A property is deleted before it is made anew: V8 calls a global function at
 * full speed only as long as its property was never overwritten.
 * @module
 */

/** The objects and the function that cells' scripts declare their names with. */
export interface Bindings {
  /** Setting a property of it declares a variable, a function or a class. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Setting a property of it declares a constant. */
  readonly constants: Readonly<Record<string, unknown>>;
  /** Declares names of `var`, which keep the values that they have. */
  hoist(...names: readonly string[]): void;
  /** Keeps a module that a cell is, for other cells to import. */
  module(name: string, source: string): void;
}

/**
 * Makes the bindings of a global object.
 *
 * @param global The global object.
 * @param module Keeps modules. @default they are lost
 */
export function createBindings(
  global: object,
  module: Bindings["module"] = () => {},
): Bindings {
  const declare = (
    name: string | symbol,
    value: unknown,
    writable: boolean,
  ) => {
    deleteProperty(global, name);
    if (define(global, name, value, writable)) return true;
    throw new TheTypeError(
      `Cannot declare "${TheString(name)}": ${
        getOwnPropertyDescriptor(global, name) === undefined
          ? "globalThis was frozen or sealed, expected one that takes new names"
          : "it can not be replaced in globalThis, expected another name"
      }`,
    );
  };
  return {
    variables: new TheProxy({}, {
      set: (_, name, value) => declare(name, value, true),
    }),
    constants: new TheProxy({}, {
      set: (_, name, value) => declare(name, value, false),
    }),
    hoist(...names) {
      for (let i = 0; i < names.length; i++) {
        const name = names[i]!;
        const found = getOwnPropertyDescriptor(global, name);
        if (found?.writable === true) continue;
        // One of ours or of Deno's, some of which take no new value silently.
        const value = found === undefined ? undefined : get(global, name);
        define(global, name, value, true);
      }
    },
    module,
  };
}

function define(
  global: object,
  name: string | symbol,
  value: unknown,
  writable: boolean,
): boolean {
  return defineProperty(global, name, {
    // Without a prototype, which a cell may have added to.
    __proto__: null,
    value,
    writable,
    enumerable: true,
    configurable: true,
  } as PropertyDescriptor);
}

// Cells may replace the global ones.
const { defineProperty, deleteProperty, get, getOwnPropertyDescriptor } =
  Reflect;
const TheProxy = Proxy;
const TheString = String;
const TheTypeError = TypeError;

/**
 * Standard functions that Deno has and an older Node lacks.
 *
 * Node 24 and newer lacks nearly none. Shipped by its own text into threads and
 * processes, so `fillGaps()` uses nothing from outside but globals.
 * @module
 */

/**
 * Adds what is missing: of the standard library, only what is used here, and as
 * the standard says; what is there is left alone.
 *
 * Source: ECMAScript 2025 (`Promise.withResolvers`, `Promise.try`, `Map.groupBy`),
 * "Explicit Resource Management" of ECMAScript 2026, `navigator.hardwareConcurrency` of HTML.
 */
export function fillGaps(): void {
  type Resolvers = PromiseWithResolvers<unknown>;
  const { process } = globalThis as unknown as {
    readonly process: { getBuiltinModule(name: string): unknown };
  };

  function withResolvers(): Resolvers {
    const resolvers = {} as {
      -readonly [Key in keyof Resolvers]: Resolvers[Key];
    };
    resolvers.promise = new Promise((resolve, reject) => {
      resolvers.resolve = resolve;
      resolvers.reject = reject;
    });
    return resolvers;
  }

  function groupBy(
    items: Iterable<unknown>,
    keyOf: (item: unknown, index: number) => unknown,
  ): Map<unknown, unknown[]> {
    const groups = new Map<unknown, unknown[]>();
    let index = 0;
    for (const item of items) {
      const key = keyOf(item, index++);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
    return groups;
  }

  /** As much of it as is used here: the first failure of a step is thrown at the end. */
  class Stack {
    #steps: (() => unknown)[] = [];
    use<T extends Partial<AsyncDisposable & Disposable>>(value: T): T {
      const dispose = value[Symbol.asyncDispose] ?? value[Symbol.dispose];
      this.defer(() => dispose?.call(value));
      return value;
    }
    defer(dispose: () => unknown): void {
      this.#steps.push(dispose);
    }
    move(): Stack {
      const moved = new Stack();
      moved.#steps = this.#steps.splice(0);
      return moved;
    }
    [Symbol.asyncDispose](): Promise<void> {
      return this.disposeAsync();
    }
    async disposeAsync(): Promise<void> {
      const failures: unknown[] = [];
      for (const step of this.#steps.splice(0).reverse()) {
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    }
  }

  function add(target: object, name: string, value: unknown): void {
    if (name in target) return;
    const shape = {
      value,
      writable: true,
      configurable: true,
      enumerable: false,
    };
    Object.defineProperty(target, name, shape);
  }

  add(Promise, "withResolvers", withResolvers);
  add(
    Promise,
    "try",
    (fn: (...args: unknown[]) => unknown, ...args: unknown[]) =>
      new Promise((resolve) => resolve(fn(...args))),
  );
  add(Map, "groupBy", groupBy);
  add(globalThis, "AsyncDisposableStack", Stack);
  if (!("navigator" in globalThis)) {
    const { availableParallelism } = process.getBuiltinModule("node:os") as {
      availableParallelism(): number;
    };
    add(globalThis, "navigator", {
      hardwareConcurrency: availableParallelism(),
    });
  }
}

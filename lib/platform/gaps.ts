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
 * "Explicit Resource Management" and "Uint8Array to/from base64" of ECMAScript 2026,
 * `navigator.hardwareConcurrency` of HTML.
 */
export function fillGaps(): void {
  type Resolvers = PromiseWithResolvers<unknown>;
  const { process, Buffer } = globalThis as unknown as {
    readonly process: { getBuiltinModule(name: string): unknown };
    readonly Buffer: {
      from(text: string | ArrayBuffer, ...rest: unknown[]): Uint8Array;
    };
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

  class Stack {
    #steps: (() => unknown)[] = [];
    #isDisposed = false;
    get disposed(): boolean {
      return this.#isDisposed;
    }
    use<T extends Partial<AsyncDisposable & Disposable> | null | undefined>(
      value: T,
    ): T {
      if (value === null || value === undefined) return value;
      const dispose = value[Symbol.asyncDispose] ?? value[Symbol.dispose];
      if (dispose === undefined) {
        throw new TypeError(
          "Cannot use value: it has no method to dispose of it",
        );
      }
      this.defer(() => dispose.call(value));
      return value;
    }
    adopt<T>(value: T, dispose: (value: T) => unknown): T {
      this.defer(() => dispose(value));
      return value;
    }
    defer(dispose: () => unknown): void {
      if (this.#isDisposed) {
        throw new ReferenceError("Cannot add to stack: it is disposed of");
      }
      this.#steps.push(dispose);
    }
    move(): Stack {
      const moved = new Stack();
      moved.#steps = this.#steps;
      this.#steps = [];
      this.#isDisposed = true;
      return moved;
    }
    async disposeAsync(): Promise<void> {
      if (this.#isDisposed) return;
      this.#isDisposed = true;
      let failure: { readonly error: unknown } | null = null;
      for (const step of this.#steps.splice(0).reverse()) {
        try {
          await step();
        } catch (error) {
          // As the standard's `SuppressedError`, which is missing here too.
          const both: object = {
            name: "SuppressedError",
            error,
            suppressed: failure?.error,
          };
          failure = failure === null ? { error } : {
            error: Object.assign(new Error("Disposing failed twice"), both),
          };
        }
      }
      if (failure !== null) throw failure.error;
    }
    [Symbol.asyncDispose](): Promise<void> {
      return this.disposeAsync();
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
  add(Uint8Array.prototype, "toBase64", function (this: Uint8Array) {
    const { buffer, byteOffset, byteLength } = this;
    return (Buffer.from(
      buffer as ArrayBuffer,
      byteOffset,
      byteLength,
    ) as unknown as {
      toString(form: string): string;
    }).toString("base64");
  });
  add(
    Uint8Array,
    "fromBase64",
    (text: string) => new Uint8Array(Buffer.from(text, "base64")),
  );
  if (!("navigator" in globalThis)) {
    const { availableParallelism } = process.getBuiltinModule("node:os") as {
      availableParallelism(): number;
    };
    add(globalThis, "navigator", {
      hardwareConcurrency: availableParallelism(),
    });
  }
}

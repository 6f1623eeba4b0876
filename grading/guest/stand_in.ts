/**
 * What stands in one session for a function or an object of the other.
 *
 * It runs in sessions, so it imports nothing but what stands beside it.
 * @module
 */
import type { Facts } from "./keeper.ts";
import type { Request } from "./messages.ts";

/**
 * Makes what stands for a function or an object of the other side.
 *
 * @param facts What is known of it.
 * @param ask Asks the other side.
 */
export function standIn(
  { isFunction, name, length }: Facts,
  ask: (request: Request) => unknown,
): object {
  // A bound function can be called and constructed, and has nothing of its own.
  const target = isFunction ? function () {}.bind(null) : {};
  const made: object = new Proxy(target, {
    apply: (_, self, args) => ask({ op: "call", target: made, self, args }),
    construct: (_, args) =>
      ask({ op: "construct", target: made, args }) as object,
    get(_, key, receiver) {
      if (isFunction && key === "name") return name;
      if (isFunction && key === "length") return length;
      const value = ask({ op: "read", target: made, key });
      return value === INHERITED ? Reflect.get(target, key, receiver) : value;
    },
    set: (_, key, value) => {
      ask({ op: "write", target: made, key, value });
      return true;
    },
    has: (_, key) => ask({ op: "has", target: made, key }) === true,
    ownKeys: () => [
      ...new Set([
        ...Reflect.ownKeys(target),
        ...ask({ op: "keys", target: made }) as string[],
      ]),
    ],
    getOwnPropertyDescriptor(_, key) {
      const own = Reflect.getOwnPropertyDescriptor(target, key);
      if (own !== undefined) return own;
      if (ask({ op: "owns", target: made, key }) !== true) return undefined;
      const value = ask({ op: "read", target: made, key });
      return { value, writable: true, enumerable: true, configurable: true };
    },
  });
  return made;
}

/** What a property is that all objects or functions have. */
export const INHERITED: unique symbol = Symbol("inherited");

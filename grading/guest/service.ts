/**
 * What one session does for the other, and what it refuses.
 *
 * A submission may ask anything. The checks' session lets it call what a check
 * has passed to it, and use the properties of that, and nothing else: no global
 * name, and no way up to what compiles code or stands below all objects.
 *
 * It runs in sessions, so it imports nothing but what stands beside it.
 * @module
 */
import type { Answer, Request } from "./messages.ts";

/** What doing something needs. */
export interface Service {
  /** Whether it is the checks' session, which refuses what a check never gave. */
  readonly isGuarded: boolean;
  /** Writes arguments, so that it is seen whether they were changed. */
  readonly write: (value: unknown) => string;
  /** Told which arguments a promise may still change. */
  readonly keepArguments: (
    promise: Promise<unknown>,
    args: readonly unknown[],
  ) => void;
}

/**
 * Does what the other side asks.
 *
 * @param request What.
 * @param service What it needs.
 * @throws {TypeError} If it is refused.
 */
export function carryOut(request: Request, service: Service): Answer {
  const { isGuarded } = service;
  switch (request.op) {
    case "get":
      if (isGuarded) return refuse();
      return request.name in global
        ? { value: global[request.name] }
        : { isMissing: true };
    case "set":
      if (isGuarded) return refuse();
      global[request.name] = request.value;
      return {};
    case "call":
    case "construct":
      return callOrConstruct(request, service);
    case "read": {
      const { target, key } = request;
      if (isInherited(target, key)) return { isInherited: true };
      if (isGuarded && UPWARD.includes(key)) return { value: undefined };
      return { value: get(target, key) };
    }
    case "write":
      if (
        isGuarded &&
        (typeof request.target === "function" ||
          UPWARD.includes(request.key) || isPrototype(request.target))
      ) return refuse();
      set(request.target, request.key, request.value);
      return {};
    case "has":
      return { value: has(request.target, request.key) };
    case "owns":
      return {
        value: getOwnPropertyDescriptor(request.target, request.key) !==
          undefined,
      };
    case "keys":
      return {
        value: ownKeys(request.target).filter((key) => typeof key === "string"),
      };
    default:
      return refuse();
  }
}

function callOrConstruct(
  { op, target, self, args }: Extract<Request, { op: "call" | "construct" }>,
  { isGuarded, write, keepArguments }: Service,
): Answer {
  if (isGuarded && COMPILERS.includes(target)) return refuse();
  const before = write(args);
  const value = op === "call"
    ? apply(target as () => unknown, self, args)
    : construct(target as new () => unknown, args);
  if (value instanceof ThePromise) keepArguments(value, args);
  return before === write(args) ? { value } : { value, args };
}

/**
 * Whether a property is one that all objects or functions have: the other side
 * has the same, and is not given ours.
 */
function isInherited(target: object, key: PropertyKey): boolean {
  // Only where a class is, is known what its instances are.
  if (key === Symbol.hasInstance) return false;
  let owner: object | null = target;
  while (
    owner !== null && getOwnPropertyDescriptor(owner, key) === undefined
  ) owner = getPrototypeOf(owner);
  return owner !== null && COMMON.includes(owner);
}

/** What many values share: an error of a class leads the other side to it. */
function isPrototype(target: object): boolean {
  return getOwnPropertyDescriptor(target, "constructor") !== undefined;
}

function refuse(): never {
  throw new TheTypeError("it is not for the other side to ask");
}

const { apply, construct, get, set, has, ownKeys } = Reflect;
const { getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const TheTypeError = TypeError;
const ThePromise = Promise;
const global = globalThis as unknown as Record<string, unknown>;
const FUNCTIONS: readonly object[] = [
  function () {},
  async function () {},
  function* () {},
  async function* () {},
].map((one) => getPrototypeOf(one)!);
const COMMON: readonly object[] = [Object.prototype, ...FUNCTIONS];
/** What makes code of text. */
const COMPILERS: readonly unknown[] = [
  globalThis.eval,
  ...FUNCTIONS.map((one) => one.constructor),
];
/** Where every object leads to what all objects share. */
const UPWARD: readonly PropertyKey[] = [
  "constructor",
  "prototype",
  "__proto__",
];

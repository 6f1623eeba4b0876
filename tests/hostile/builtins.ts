/**
 * The built-ins that a cell can replace, and what came of a session in which
 * it has replaced one: the material of `replaced_builtins_test.ts`.
 * @module
 */
import { TestKernel } from "../kernel/open_kernel.ts";
import type { Run } from "../kernel/open_kernel.ts";

/** How a built-in is replaced. */
const MODES = ["thrower", "liar", "getter"] as const;

/** One replacement. */
export interface Attack {
  /** Names the holder and the property, such as `Set.prototype.has`. */
  readonly name: string;
  /** What stands there instead. */
  readonly mode: typeof MODES[number];
  /** A cell that replaces it. */
  readonly code: string;
}

/**
 * Lists all replacements: every global, and all that hangs on it and on its
 * prototype; hidden prototypes; and what hostile code adds to `Object.prototype`.
 */
export function listAttacks(): Attack[] {
  const targets = new Map<string, { holder: string; key: PropertyKey }>();
  const add = (holder: string, value: object) => {
    for (const key of Reflect.ownKeys(value)) {
      const found = Reflect.getOwnPropertyDescriptor(value, key)!;
      if (!found.configurable && !found.writable) continue;
      if (typeof key === "symbol" && write(key) === null) continue;
      targets.set(`${holder} ${String(key)}`, { holder, key });
    }
  };
  add("globalThis", globalThis);
  for (const name of Reflect.ownKeys(globalThis)) {
    if (typeof name !== "string" || SELF.test(name)) continue;
    const value = read(globalThis, name);
    if (!isObject(value)) continue;
    add(`globalThis[${JSON.stringify(name)}]`, value);
    const prototype = read(value, "prototype");
    if (isObject(prototype)) {
      add(`globalThis[${JSON.stringify(name)}].prototype`, prototype);
    }
  }
  for (const [holder, value] of Object.entries(HIDDEN)) add(holder, value);
  const attacks = [...targets.values()].flatMap(({ holder, key }) =>
    MODES.map((mode) => attackOn({ holder, key, mode }))
  );
  const additions = ADDED.flatMap((key) =>
    MODES.map((mode) => attackOn({ holder: "Object.prototype", key, mode }))
  );
  return [...attacks, ...additions];
}

function attackOn({ holder, key, mode }: {
  readonly holder: string;
  readonly key: PropertyKey;
  readonly mode: Attack["mode"];
}): Attack {
  const written = typeof key === "symbol" ? write(key) : JSON.stringify(key);
  const fail = `function () { throw new Error("mine"); }`;
  const property = mode === "getter"
    ? `{ get: ${fail}, set() {}, configurable: true }`
    : `{ value: ${mode === "thrower" ? fail : "function () { return 42; }"},
       configurable: true, writable: true }`;
  return {
    name: `${holder}[${String(key)}]`,
    mode,
    code:
      `Object.defineProperty(${holder}, ${written}, ${property}); undefined`,
  };
}

/** A symbol as a cell can write it; `null` when it can not. */
function write(key: symbol): string | null {
  const name = key.description ?? "";
  if (Symbol.keyFor(key) !== undefined) {
    return `Symbol.for(${JSON.stringify(name)})`;
  }
  const isKnown = name.startsWith("Symbol.") &&
    read(Symbol, name.slice("Symbol.".length)) === key;
  return isKnown ? name : null;
}

/** A cell after the attack, and whether all is well with what came of it. */
interface Probe {
  readonly code: string;
  /** Whether the code uses nothing that a cell could have replaced. */
  readonly isBare?: boolean;
  /** Whether it may wait for ever, since what it waits for was replaced. */
  readonly mayHang?: boolean;
  readonly isRight: (run: Run) => boolean;
}

const PROBES: readonly Probe[] = [
  { code: "1 + 1", isBare: true, isRight: (run) => run.result === "2" },
  {
    code: "({ a: 1 })",
    isBare: true,
    isRight: (run) => run.result === "{ a: 1 }",
  },
  { code: `console.log("line")`, isRight: (run) => run.text() === "line\n" },
  {
    code: `null.boom`,
    isBare: true,
    isRight: (run) => run.status === "error" && /boom/.test(run.error),
  },
  {
    code:
      `Deno.jupyter.display({ "text/plain": "shown" }, { raw: true }); undefined`,
    isRight: (run) =>
      JSON.stringify(run.contents("display_data")).includes("shown"),
  },
  {
    code: `await new Promise((done) => setTimeout(done, 1)); "later"`,
    mayHang: true,
    isRight: (run) => run.result === '"later"',
  },
  { code: "2 + 2", isBare: true, isRight: (run) => run.result === "4" },
];

/**
 * Carries out an attack in a session of its own and looks at what follows.
 *
 * @param attack The attack.
 * @param patienceMs How long a cell may take before it hangs.
 * @returns What is wrong, one sentence each.
 */
export async function tryAttack(
  attack: Attack,
  patienceMs: number,
): Promise<string[]> {
  await using kernel = new TestKernel({ languageServer: false });
  const wrong: string[] = [];
  const begun = kernel.start(attack.code);
  if (!await endsWithin(begun, patienceMs)) return ["the attack itself hangs"];
  for (const probe of PROBES) {
    const run = kernel.start(probe.code);
    const hangs = !await endsWithin(run, patienceMs);
    if (hangs) {
      await kernel.interrupt();
      if (!await endsWithin(run, patienceMs)) {
        wrong.push(`${probe.code} hangs and can not be interrupted`);
        break;
      }
      if (isTold(run)) break;
      if (!probe.mayHang) wrong.push(`${probe.code} hangs`);
      continue;
    }
    if (probe.isRight(run)) continue;
    // The next cell begins a session in which nothing is replaced.
    if (isTold(run)) break;
    // The cell's own code, or the value it shows, met what it has put there.
    const isTheirs = /mine/.test(`${run.error} ${run.result}`) ||
      !probe.isBare && (attack.mode === "liar" || /^TypeError/.test(run.error));
    if (!isTheirs) {
      wrong.push(
        `${probe.code} gives ${
          JSON.stringify([run.status, run.result, run.text(), run.error])
        }`,
      );
    }
  }
  return wrong;
}

function isTold(run: Run): boolean {
  return /session/i.test(run.error) && /variables are lost/.test(run.error);
}

async function endsWithin(run: Run, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  try {
    return await Promise.race([run.ended().then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function read(holder: object, name: PropertyKey): unknown {
  try {
    return (holder as Record<PropertyKey, unknown>)[name];
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) ||
    typeof value === "function";
}

/** The global object under its other names. */
const SELF = /^(globalThis|self|window|global)$/;

/** Prototypes without a name, by how a cell reaches them. */
const HIDDEN: Readonly<Record<string, object>> = {
  "Object.getPrototypeOf(Uint8Array)": Object.getPrototypeOf(Uint8Array),
  "Object.getPrototypeOf(Uint8Array).prototype":
    Object.getPrototypeOf(Uint8Array).prototype,
  "Object.getPrototypeOf([].values())": Object.getPrototypeOf([].values()),
  "Object.getPrototypeOf(new Map().keys())": Object.getPrototypeOf(
    new Map().keys(),
  ),
  "Object.getPrototypeOf(new Set().keys())": Object.getPrototypeOf(
    new Set().keys(),
  ),
  "Object.getPrototypeOf(''[Symbol.iterator]())": Object.getPrototypeOf(
    ""[Symbol.iterator](),
  ),
  "Object.getPrototypeOf(async function () {})": Object.getPrototypeOf(
    async function () {},
  ),
  "Object.getPrototypeOf(function* () {}).prototype": Object.getPrototypeOf(
    function* () {},
  ).prototype,
  "(await import('node:async_hooks')).AsyncLocalStorage.prototype":
    (await import("node:async_hooks")).AsyncLocalStorage.prototype,
  "(await import('node:vm')).Script.prototype":
    (await import("node:vm")).Script.prototype,
  "Object.getPrototypeOf(Deno.stdout)": Object.getPrototypeOf(Deno.stdout),
};

/** What all objects get. */
const ADDED: readonly PropertyKey[] = [
  "then",
  "toJSON",
  "get",
  "set",
  "value",
  "writable",
  "0",
  "1",
  "length",
  "stream",
  "constructor",
  "type",
  "data",
  "metadata",
  "executionId",
  "name",
  "cause",
  "errors",
  "update",
  "raw",
  "display_id",
  "stdout",
  "message",
  "stack",
  "expressions",
  "next",
  "done",
  "return",
  "throw",
  "signal",
  "promise",
  "bundle",
  Symbol.iterator,
  Symbol.asyncIterator,
  Symbol.toPrimitive,
  Symbol.toStringTag,
  Symbol.hasInstance,
  Symbol.species,
  Symbol.isConcatSpreadable,
  Symbol.dispose,
  Symbol.for("Deno.customInspect"),
];

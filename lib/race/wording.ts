/**
 * Steps in words.
 *
 * Pure. Sentences about a whole race are in `findings.ts`.
 * @module
 */
import type { Request } from "./operations.ts";
import { writeValue } from "./values.ts";

/** Says what a step did. */
export function describeStep(request: Request, result: unknown): string {
  const [operation, , target, first, second] = request;
  const value = writeValue(result);
  switch (operation) {
    case "read":
      return `reads ${target}: ${value}`;
    case "load":
      return `loads ${target}: ${value}`;
    case "write":
      return `writes ${target} = ${writeValue(first)}`;
    case "store":
      return `stores ${target} = ${writeValue(first)}`;
    case "add":
      return `adds ${writeValue(first)} to ${target}, which was ${value}`;
    case "sub":
      return `takes ${writeValue(first)} off ${target}, which was ${value}`;
    case "and":
    case "or":
    case "xor":
      return `${operation}s ${target} with ${
        writeValue(first)
      }, which was ${value}`;
    case "exchange":
      return `sets ${target} to ${writeValue(first)}, which was ${value}`;
    case "compareExchange":
      return Object.is(result, first)
        ? `changes ${target} from ${value} to ${writeValue(second)}`
        : `leaves ${target}: ${value} is not ${writeValue(first)}`;
    case "lock":
      return `locks ${target}`;
    case "relock":
      return `wakes, locks ${first}`;
    case "unlock":
      return `unlocks ${target}`;
    case "acquire":
      return `acquires one of ${target}`;
    case "release":
      return `releases one to ${target}`;
    case "wait":
      return `unlocks ${first}, waits for ${target}`;
    case "notify":
      return `notifies one that waits for ${target}`;
    case "notifyAll":
      return `notifies all that wait for ${target}`;
    case "await":
      return result === undefined ? "goes on" : `goes on with ${value}`;
  }
}

/**
 * What Skein uses of zod: the source of `zod_mini.js`, and its types.
 *
 * zod's own entry opens some eighty files, sixty of them words in languages that
 * we do not speak; the bundle is one file, and loads in 4 ms of processor time
 * instead of 24, in each process of ours. A name that is missing: add it here, then
 * `deno task bundles`.
 * @module
 */
export {
  _default,
  array,
  boolean,
  discriminatedUnion,
  enum,
  exactOptional,
  gte,
  instanceof,
  int,
  lazy,
  literal,
  looseObject,
  lte,
  maximum,
  maxLength,
  minimum,
  minLength,
  nonnegative,
  nullable,
  number,
  object,
  optional,
  parse,
  pipe,
  positive,
  record,
  refine,
  regex,
  safeParse,
  string,
  superRefine,
  transform,
  union,
  unknown,
} from "zod/mini/whole";
export type { infer, ZodMiniType } from "zod/mini/whole";

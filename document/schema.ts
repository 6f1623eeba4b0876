/**
 * Operations as they arrive from a page: JSON in, {@link Sent} out.
 *
 * Pure.
 * @module
 */
import * as z from "zod/mini";
import type { Cell } from "../nbformat/mod.ts";
import type { Operation, Sent } from "./document.ts";

/**
 * Reads an operation.
 *
 * @throws {TypeError} If it is none.
 */
export function parseSent(value: unknown): Sent {
  const { success, data, error } = sentSchema.safeParse(value);
  if (success) return data as Sent;
  const issue = error.issues[0]!;
  throw new TypeError(
    `Cannot read operation: ${
      issue.path.join(".") || "value"
    }: ${issue.message}`,
  );
}

const id = z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/));
const nullableId = z.nullable(id);
const metadata = z.record(z.string(), z.unknown());

/** A new cell shows nothing: what cells show comes from the server alone. */
const cell = z.pipe(
  z.object({
    id,
    cell_type: z.enum(["code", "markdown", "raw"]),
    source: z.string(),
    metadata: z._default(metadata, {}),
  }),
  z.transform(({ cell_type, ...rest }): Cell =>
    cell_type === "code"
      ? { cell_type, ...rest, outputs: [], execution_count: null }
      : { cell_type, ...rest }
  ),
);

const single = [
  z.object({
    type: z.literal("text"),
    cellId: id,
    base: z.int().check(z.nonnegative()),
    changes: z.unknown(),
    isMerged: z.optional(z.boolean()),
  }),
  z.object({ type: z.literal("insert"), cell, after: nullableId }),
  z.object({ type: z.literal("move"), cellId: id, after: nullableId }),
  z.object({ type: z.literal("remove"), cellId: id }),
  z.object({ type: z.literal("restore"), cellId: id, after: nullableId }),
  z.object({
    type: z.literal("set-type"),
    cellId: id,
    cellType: z.enum(["code", "markdown", "raw"]),
  }),
  z.object({ type: z.literal("metadata"), cellId: nullableId, metadata }),
  z.object({ type: z.literal("clear-outputs"), cellId: nullableId }),
] as const;

const singleSchema = z.discriminatedUnion("type", single);
// One level deep is what undo makes; deeper ones only cost a stack.
const operationSchema: z.ZodMiniType<Operation> = z.discriminatedUnion("type", [
  ...single,
  z.object({
    type: z.literal("batch"),
    operations: z.array(singleSchema).check(z.maxLength(10_000)),
  }),
]) as unknown as z.ZodMiniType<Operation>;

const sentSchema = z.object({
  client: id,
  number: z.int().check(z.positive()),
  operation: operationSchema,
});

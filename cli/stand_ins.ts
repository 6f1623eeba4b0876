/**
 * The kernels whose place Skein can take, and how it differs then.
 *
 * What holds for all notebooks of a folder, the nearest `tsconfig.json`, is read
 * here too: both say what the compiler does where no `deno.json` says it.
 * @module
 */
import type { KernelOptions } from "../kernel/mod.ts";
import { readTsconfig } from "../folder/mod.ts";
import { type Arguments, UsageError } from "./usage.ts";

/** Taking another kernel's place. */
export interface StandIn {
  /** What front ends show. */
  readonly displayName: string;
  /** The language of its kernelspec. */
  readonly language: "typescript" | "javascript";
  /** What is done about errors of type, unless something else is typed. */
  readonly check: NonNullable<KernelOptions["check"]>;
  /** How its compiler is set. */
  readonly compilerOptions: NonNullable<KernelOptions["compilerOptions"]>;
}

/** What Jupyter's kernels are called whose place we can take. */
export const STAND_INS: Readonly<Record<string, StandIn>> = {
  tslab: {
    displayName: "TypeScript (Skein as tslab)",
    language: "typescript",
    // tslab runs no cell whose types do not fit; it is not strict about null.
    check: "strict",
    compilerOptions: {
      strict: false,
      noImplicitOverride: false,
      experimentalDecorators: true,
    },
  },
  jslab: {
    displayName: "JavaScript (Skein as jslab)",
    language: "javascript",
    check: "off",
    compilerOptions: { strict: false, experimentalDecorators: true },
  },
  deno: {
    displayName: "Deno (Skein)",
    language: "typescript",
    check: "off",
    compilerOptions: {},
  },
};

/**
 * Reads what was typed after `--as`.
 *
 * @param args What was typed.
 * @param verb The verb, for errors.
 * @returns The kernel whose place is to be taken, if one was typed.
 * @throws {UsageError} If we can not take its place.
 */
export function readStandIn(
  { values: { as } }: Pick<Arguments, "values">,
  verb: string,
): string | undefined {
  if (as === undefined || Object.hasOwn(STAND_INS, as)) return as;
  throw new UsageError(
    `Cannot ${verb}: --as is ${
      JSON.stringify(as)
    }, expected tslab, jslab or deno`,
  );
}

/**
 * Tells which kernel a notebook was made for, if Skein can take its place.
 *
 * @param metadata The notebook's metadata.
 */
export function standInFor(
  metadata: Readonly<Record<string, unknown>>,
): string | undefined {
  const { name } = (metadata.kernelspec ?? {}) as { name?: unknown };
  return typeof name === "string" && Object.hasOwn(STAND_INS, name)
    ? name
    : undefined;
}

/**
 * Gives what the cells of a folder are written in, and how they are compiled.
 *
 * @param folder The notebook's folder, an absolute path.
 * @param standIn The kernel whose place is taken. @default none
 */
export function cellOptions(
  folder: string,
  standIn: string | undefined,
): Pick<KernelOptions, "cells" | "compilerOptions"> {
  const { language, compilerOptions } = STAND_INS[standIn ?? ""] ?? {};
  const all = { ...compilerOptions, ...readTsconfig(folder) };
  return {
    ...(language === undefined ? {} : { cells: language }),
    ...(Object.keys(all).length === 0 ? {} : { compilerOptions: all }),
  };
}

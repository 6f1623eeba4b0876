/**
 * The themes; each table is loaded when it is asked for.
 *
 * Addresses are written out, so that a process without permissions may load them.
 * @module
 */
import type { Situation } from "./situation.ts";

type Load = () => Promise<readonly Situation[]>;

/** Tables by theme. */
export const SITUATIONS: Readonly<Record<string, Load>> = {
  cores: async () => (await import("./cores.ts")).CORE_SITUATIONS,
  comparing: async () => (await import("./comparing.ts")).COMPARING,
  languages: async () => (await import("./languages.ts")).LANGUAGES,
  measuring: async () => (await import("./measuring.ts")).MEASURING,
  racing: async () => (await import("./racing.ts")).RACING,
  limits: async () => (await import("./limits.ts")).LIMITS,
  sharing: async () => (await import("./sharing.ts")).SHARING,
  structure: async () => (await import("./structure.ts")).STRUCTURE,
  tracing: async () => (await import("./tracing.ts")).TRACING,
  waits: async () => (await import("./waits.ts")).WAITS,
};

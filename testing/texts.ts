/**
 * The outputs of a cell as texts that can be compared: what differs between two
 * runs for no reason is left out. Pure.
 * @module
 */
import { createHash } from "node:crypto";
import type { CellOutput } from "../nbformat/mod.ts";

/** A part of what a cell shows. */
export interface Part {
  /** What it is, such as `stdout` or `text/plain`. */
  readonly kind: string;
  /** Its text; of an image, what names its bytes. */
  readonly text: string;
}

/**
 * Lists what a cell shows. Left out are stderr, metadata, counts, tracebacks, the
 * names of widgets, and images where there is a text beside them.
 *
 * @param outputs The outputs.
 */
export function partsOf(outputs: readonly CellOutput[]): readonly Part[] {
  const parts: Part[] = [];
  for (const output of outputs) {
    if (output.output_type === "stream") {
      if (output.name === "stderr") continue;
      const last = parts.at(-1);
      if (last?.kind === "stdout") {
        parts[parts.length - 1] = {
          kind: "stdout",
          text: last.text + output.text,
        };
      } else parts.push({ kind: "stdout", text: output.text });
    } else if (output.output_type === "error") {
      parts.push({ kind: "error", text: `${output.ename}: ${output.evalue}` });
    } else if (output.output_type !== "other") {
      parts.push(...bundleParts(output.data));
    }
  }
  return parts.map(({ kind, text }) => ({
    kind,
    text: withoutTimes(text.replace(/\r\n?/g, "\n"))
      .replace(/[ \t]+$/gm, "").trimEnd(),
  }));
}

/**
 * How long the tests of a cell took is another number each time: in the lines of
 * their report, which `session/host/test_run.ts` writes, it is left out.
 */
function withoutTimes(text: string): string {
  return REPORT.test(text)
    ? text.replace(
      /^( *(?:.* \.\.\. (?:ok|FAILED|ignored)|(?:ok|FAILED) \| .*)) \(\d+ms\)$/gm,
      "$1",
    )
    : text;
}

function bundleParts(data: Readonly<Record<string, unknown>>): Part[] {
  const types = Object.keys(data).sort().filter((type) =>
    !type.startsWith("application/vnd.jupyter.widget")
  );
  const hasText = types.some((type) => type.startsWith("text/"));
  return types.filter((type) => !hasText || !type.startsWith("image/"))
    .map((kind) => ({ kind, text: textOf(data[kind], kind) }));
}

function textOf(value: unknown, kind: string): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (!kind.startsWith("image/") || kind.includes("svg")) return text;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  return `${Math.round(text.length * 3 / 4)} bytes, sha256 ${hash}`;
}

/** How the report of a cell's tests begins. */
const REPORT = /^running \d+ tests?$/m;

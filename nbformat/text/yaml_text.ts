/**
 * YAML as PyYAML writes it, which is what stands at the top of text notebooks:
 * keys sorted, lines folded at 80 columns, words of YAML 1.1 in quotes. Pure.
 *
 * Source: PyYAML 6, `safe_dump(default_flow_style=False)`.
 * @module
 */
import { isMapping, writeInline, type YamlStyle } from "./yaml_inline.ts";

/**
 * Writes a mapping.
 *
 * @example Words that older YAML takes for something else
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(dumpYaml({ b: "yes", a: ["1.10", {}] }), "a:\n- '1.10'\n- {}\nb: 'yes'\n");
 * ```
 *
 * @param value The mapping.
 * @param style How.
 */
export function dumpYaml(
  value: Readonly<Record<string, unknown>>,
  style: YamlStyle = {},
): string {
  return mappingLines(value, 0, style).join("\n") + "\n";
}

function mappingLines(
  value: Readonly<Record<string, unknown>>,
  indent: number,
  style: YamlStyle,
): string[] {
  const keys = Object.keys(value);
  if (style.isSorted !== false) keys.sort(byCodePoints);
  const pad = " ".repeat(indent);
  return keys.flatMap((key) => {
    const name = `${pad}${
      writeInline(key, { column: indent, indent, style, isKey: true })
    }:`;
    return entryLines(name, value[key], indent, style);
  });
}

/** A key or a dash, and the value behind or below it. */
function entryLines(
  name: string,
  value: unknown,
  indent: number,
  style: YamlStyle,
): string[] {
  if (Array.isArray(value) && value.length > 0 && !isFlow(value, style)) {
    // A list stands as far left as the key that it belongs to.
    return [name, ...listLines(value, indent, style)];
  }
  if (isMapping(value) && Object.keys(value).length > 0) {
    return [name, ...mappingLines(value, indent + 2, style)];
  }
  const written = writeInline(value, {
    column: name.length + 1,
    indent: indent + 2,
    style,
  });
  return `${name} ${written}`.split("\n");
}

function listLines(
  items: readonly unknown[],
  indent: number,
  style: YamlStyle,
): string[] {
  const pad = " ".repeat(indent);
  return items.flatMap((item) => {
    if (Array.isArray(item) && item.length > 0 && !isFlow(item, style)) {
      const [first = "", ...rest] = listLines(item, indent + 2, style);
      return [`${pad}- ${first.slice(indent + 2)}`, ...rest];
    }
    if (isMapping(item) && Object.keys(item).length > 0) {
      const [first = "", ...rest] = mappingLines(item, indent + 2, style);
      return [`${pad}- ${first.slice(indent + 2)}`, ...rest];
    }
    const written = writeInline(item, {
      column: indent + 2,
      indent: indent + 2,
      style,
    });
    return `${pad}- ${written}`.split("\n");
  });
}

function isFlow(
  value: readonly unknown[],
  { hasFlowLists = false }: YamlStyle,
): boolean {
  return hasFlowLists && !value.some(isMapping);
}

function byCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

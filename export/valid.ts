/**
 * A notebook made such that nbformat's schema takes it, and what that has cost.
 *
 * Only what the schema refuses is changed. Pure. Source: nbformat 4.5's schema.
 * @module
 */
import type { Cell, CellOutput, Metadata } from "../nbformat/mod.ts";

/** Takes what was left out, in words. */
export type Refuse = (what: string) => void;

/**
 * Keeps of a notebook's metadata what the schema takes.
 *
 * @param metadata The metadata.
 * @param refuse Takes what was left out.
 */
export function validMetadata(metadata: Metadata, refuse: Refuse): Metadata {
  return keep(
    metadata,
    NOTEBOOK_RULES,
    (name) => refuse(`the notebook's metadata ${JSON.stringify(name)}`),
  );
}

/**
 * Keeps of a cell what the schema takes.
 *
 * @param cell The cell.
 * @param refuse Takes what was left out.
 */
export function validCell(cell: Cell, refuse: Refuse): Cell {
  if (cell.cell_type === "other") return cell;
  const known = pickFields(cell, CELL_FIELDS, refuse);
  const metadata = keep(
    withTags(cell.metadata, refuse),
    CELL_RULES,
    (name) => refuse(`metadata ${JSON.stringify(name)}`),
  );
  const clean = { ...known, metadata };
  if (clean.cell_type === "code") {
    const outputs = clean.outputs.map((output) => validOutput(output, refuse));
    return { ...clean, outputs };
  }
  if (clean.attachments === undefined) return clean;
  const attachments = Object.fromEntries(
    Object.entries(clean.attachments)
      .map(([name, bundle]) => [name, validBundle(bundle, refuse)]),
  );
  return { ...clean, attachments };
}

function validOutput(output: CellOutput, refuse: Refuse): CellOutput {
  if (output.output_type === "other") return output;
  const known = pickFields(output, OUTPUT_FIELDS, refuse);
  return "data" in known
    ? { ...known, data: validBundle(known.data, refuse) }
    : known;
}

/** Formats that are no JSON hold text. */
function validBundle(
  bundle: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(bundle).filter(([mimeType, value]) => {
      const isTaken = /^application\/(?:.*\+)?json$/.test(mimeType) ||
        typeof value === "string" ||
        (Array.isArray(value) &&
          value.every((line) => typeof line === "string"));
      if (!isTaken) refuse(`${JSON.stringify(mimeType)}, which is no text`);
      return isTaken;
    }),
  );
}

function withTags(metadata: Metadata, refuse: Refuse): Metadata {
  const { tags } = metadata;
  if (!Array.isArray(tags)) return metadata;
  const taken = new Set(
    tags.filter((tag) => typeof tag === "string" && /^[^,]+$/.test(tag)),
  );
  if (taken.size === tags.length) return metadata;
  refuse("tags that are empty, repeated, or no words");
  return { ...metadata, tags: [...taken] };
}

function pickFields<Value extends object>(
  value: Value,
  fields: ReadonlySet<string>,
  refuse: Refuse,
): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => {
      if (!fields.has(name)) refuse(`the field ${JSON.stringify(name)}`);
      return fields.has(name);
    }),
  ) as Value;
}

function keep(
  metadata: Metadata,
  rules: Readonly<Record<string, (value: unknown) => boolean>>,
  refuse: (name: string) => void,
): Metadata {
  return Object.fromEntries(
    Object.entries(metadata).filter(([name, value]) => {
      const isTaken = !Object.hasOwn(rules, name) || rules[name]!(value);
      if (!isTaken) refuse(name);
      return isTaken;
    }),
  );
}

/**
 * Replaces halves of characters, which no file in UTF-8 can hold.
 *
 * @param text The text of a notebook file.
 */
export function wholeCharacters(text: string): string {
  // JSON writes them as escapes, whose backslash is not itself escaped.
  return text.replace(
    /(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][\da-fA-F]{2}/g,
    "$1\ufffd",
  );
}

const isObject = (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === "string";
const hasTexts = (...names: readonly string[]) => (value: unknown) =>
  isObject(value) &&
  names.every((name) => isText(Reflect.get(value as object, name)));

const NOTEBOOK_RULES = {
  kernelspec: hasTexts("name", "display_name"),
  language_info: hasTexts("name"),
  title: isText,
  authors: Array.isArray,
};
const CELL_RULES = {
  name: isText,
  tags: Array.isArray,
  jupyter: isObject,
  execution: isObject,
  format: isText,
  collapsed: (value: unknown) => typeof value === "boolean",
  scrolled: (value: unknown) => typeof value === "boolean" || value === "auto",
};
const CELL_FIELDS = new Set(
  "id cell_type metadata source outputs execution_count attachments".split(" "),
);
const OUTPUT_FIELDS = new Set(
  "output_type name text data metadata execution_count ename evalue traceback"
    .split(" "),
);

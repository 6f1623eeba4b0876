/**
 * A notebook without the names of the machine and the user that it ran on.
 *
 * Looks at all text: sources, outputs of every format but pictures' bytes,
 * metadata, names of attached files. Pure; what the names are is found by the
 * caller.
 * @module
 */
import type { Cell } from "../nbformat/mod.ts";
import type { Document } from "./format.ts";

/** What is replaced. */
export interface RedactNames {
  /** The notebook's folder, in all its spellings: becomes `.`, those above `..`. */
  readonly folders: readonly string[];
  /** Homes: become `~`. */
  readonly homes: readonly string[];
  /** Other folders of the machine: become `/folder`. */
  readonly others: readonly string[];
  /** Names of the user: become `user`. */
  readonly users: readonly string[];
  /** Names of the machine: become `host`. */
  readonly hosts: readonly string[];
}

/**
 * Replaces the names in a notebook.
 *
 * @param document The notebook.
 * @param names What is replaced.
 * @returns The notebook without them; its cells are changed as they are read.
 */
export function redactDocument(
  document: Document,
  names: RedactNames,
): Document {
  const replace = makeReplacer(names);
  return {
    ...document,
    metadata: redact(document.metadata, replace) as Document["metadata"],
    cells: {
      *[Symbol.iterator]() {
        for (const cell of document.cells) yield redact(cell, replace) as Cell;
      },
    },
  };
}

/** Replaces names in a text. */
type Replace = (text: string) => string;

function redact(value: unknown, replace: Replace, key = ""): unknown {
  if (typeof value === "string") {
    return BYTES.test(key) || FIXED.has(key) ? value : replace(value);
  }
  if (Array.isArray(value)) return value.map((item) => redact(item, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      FIXED.has(name) ? name : replace(name),
      redact(field, replace, name),
    ]),
  );
}

function makeReplacer(names: RedactNames): Replace {
  const rules: (readonly [RegExp, string])[] = [
    ...paths(names.folders, "."),
    ...paths(names.homes.filter((home) => depth(home) > 0), "~"),
    ...names.folders.flatMap(listAbove).flatMap(([path, name]) =>
      paths([path], name)
    ),
    ...paths(names.others.filter((path) => depth(path) > 0), "/folder"),
    // Of whoever else has run it.
    [
      /(?:file:\/\/\/)?\b[A-Z]:(?:\\\\?|\/)Users(?:\\\\?|\/)[^\s/\\"'`<>:)]+/gi,
      "~",
    ],
    [/(?:file:\/\/)?\/(?:home|Users)\/[^\s/\\"'`<>:)]+/g, "~"],
    ...words(names.hosts, "host"),
    ...words(names.users, "user"),
  ];
  return (text) =>
    rules.reduce(
      (done, [found, name]) => done.replace(found, () => name),
      text,
    );
}

/** A path as it is, in an address, and in a string of JSON or of code. */
function paths(
  folders: readonly string[],
  name: string,
): readonly (readonly [RegExp, string])[] {
  const spellings = folders.flatMap((path) => [
    path,
    encodeURI(path),
    path.replaceAll("\\", "\\\\"),
    path.replaceAll("\\", "/"),
  ]).filter((path) => path.length > 1);
  return [...new Set(spellings)]
    .sort((a, b) => b.length - a.length)
    .map((path) => [
      new RegExp(
        `(?:file:///?(?=[/A-Z]))?${RegExp.escape(path)}(?![\\w-])`,
        "gi",
      ),
      name,
    ]);
}

/** Folders above, down to those that say nothing of a machine. */
function listAbove(folder: string): readonly (readonly [string, string])[] {
  const above: (readonly [string, string])[] = [];
  let [path, name] = [folder, "."];
  for (;;) {
    path = path.replace(/[/\\][^/\\]*$/, "");
    if (depth(path) < 2) return above;
    name = name === "." ? ".." : `${name}/..`;
    above.push([path, name]);
  }
}

function depth(path: string): number {
  return path.split(/[/\\]/).filter((part) => part !== "").length;
}

/** Names that are words of every text are replaced in paths only. */
function words(
  names: readonly string[],
  name: string,
): readonly (readonly [RegExp, string])[] {
  return names
    .filter((word) => word.length > 2 && !COMMON.has(word.toLowerCase()))
    .map((word) => [
      new RegExp(`(?<![\\w-])${RegExp.escape(word)}(?![\\w-])`, "gi"),
      name,
    ]);
}

const COMMON = new Set(
  "root user admin administrator home host guest test demo dev main local localhost deno node skein jovyan default runner ubuntu debian"
    .split(" "),
);

/** Pictures and sounds: a change would break them. */
const BYTES =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:pdf|octet-stream)$)/;

/** What tells kinds apart, and ids, which other things name. */
const FIXED = new Set(["cell_type", "output_type", "id"]);

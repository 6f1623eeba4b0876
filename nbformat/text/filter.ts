/**
 * Which metadata are part of a text notebook. Pure.
 *
 * Source: jupytext 1.19, "metadata_filter".
 * @module
 */
import { isMetadataKey, OWN_KEYS } from "./option_text.ts";
import { isRecord } from "../values.ts";
import type { TextMetadata } from "./values.ts";

/** Metadata that are kept, and names that a text notebook can not hold. */
export interface Filtered {
  readonly metadata: TextMetadata;
  readonly unsupported: readonly string[];
}

/**
 * Picks the metadata of a cell.
 *
 * @param metadata All of them.
 * @param filter What the notebook asks for, such as `-all` or `tags,-slideshow`.
 */
export function filterCell(metadata: TextMetadata, filter: unknown): Filtered {
  const { include, exclude } = readFilter(filter);
  const { kept, unsupported } = supported(metadata);
  if (include === "all") {
    return { metadata: without(kept, exclude), unsupported };
  }
  if (exclude === "all") return { metadata: only(kept, include), unsupported };
  const { tags } = kept;
  const rest = Array.isArray(tags) && tags.length === 0
    ? without(kept, ["tags"])
    : kept;
  return {
    metadata: without(rest, [
      ...exclude,
      ...NOT_WRITTEN.filter((key) => !include.includes(key)),
    ]),
    unsupported,
  };
}

/**
 * Picks the metadata of a notebook.
 *
 * @param metadata All of them.
 * @param filter What the notebook asks for.
 */
export function filterNotebook(
  metadata: TextMetadata,
  filter: unknown,
): Filtered {
  const { include, exclude } = readFilter(filter);
  const { kept, unsupported } = supported(metadata);
  if (include === "all") {
    return { metadata: without(kept, exclude), unsupported };
  }
  if (exclude === "all") {
    return { metadata: only(kept, include), unsupported: [] };
  }
  const wanted = only(kept, [...include, ...WRITTEN]);
  return { metadata: without(wanted, exclude), unsupported: [] };
}

/**
 * Sorts the metadata of a notebook into those that stand at the root of a header,
 * and others.
 *
 * Source: jupytext 1.19, `filter_metadata(remove=True)` of MyST's header.
 *
 * @param metadata All of them.
 * @param filter What the notebook asks for; else all stand there.
 */
export function splitRoot(
  metadata: TextMetadata,
  filter: unknown,
): { readonly root: TextMetadata; readonly rest: TextMetadata } {
  const { include, exclude } = readFilter(filter);
  const { kept } = supported(metadata);
  if (exclude !== "all" || include === "all") {
    const out = exclude === "all" ? [] : exclude;
    const isRest = (key: string) => out.includes(key) || !isMetadataKey(key);
    return {
      root: without(kept, out),
      rest: Object.fromEntries(
        Object.entries(metadata).filter(([key]) => isRest(key)),
      ),
    };
  }
  const root = only(kept, include);
  const rest = Object.entries(metadata).filter(([key]) =>
    !include.includes(key)
  ).map(([key, value]) => [
    key,
    root[key] === undefined || !isRecord(value)
      ? value
      : without({ ...value }, Object.keys(root[key] as object)),
  ]);
  return { root, rest: Object.fromEntries(rest) };
}

function readFilter(filter: unknown): {
  readonly include: readonly string[] | "all";
  readonly exclude: readonly string[] | "all";
} {
  if (filter === true) return { include: "all", exclude: [] };
  if (filter === false) return { include: [], exclude: "all" };
  if (isRecord(filter)) {
    return {
      include: namesOf(filter.additional),
      exclude: namesOf(filter.excluded),
    };
  }
  if (typeof filter !== "string") return { include: [], exclude: [] };
  const words = filter.split(",").map((word) => word.trim());
  const minus = words.filter((word) => word.startsWith("-"))
    .map((word) => word.slice(1).trim());
  const plus = words.filter((word) => !word.startsWith("-"))
    .map((word) => word.replace(/^\+/, "").trim()).filter((word) =>
      word !== ""
    );
  return {
    include: plus.includes("all") ? "all" : plus,
    exclude: minus.includes("all") ? "all" : minus,
  };
}

function namesOf(value: unknown): readonly string[] | "all" {
  if (value === "all") return "all";
  return Array.isArray(value) ? value.map(String) : [];
}

function supported(metadata: TextMetadata): {
  readonly kept: TextMetadata;
  readonly unsupported: readonly string[];
} {
  const entries = Object.entries(metadata);
  return {
    kept: Object.fromEntries(entries.filter(([key]) => isMetadataKey(key))),
    unsupported: entries.map(([key]) => key).filter((key) =>
      !isMetadataKey(key)
    ),
  };
}

/** A name with a point is that of a field: `jupyter.source_hidden`. */
function only(
  metadata: TextMetadata,
  names: readonly string[] | "all",
): TextMetadata {
  if (names === "all") return metadata;
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([key, value]) => {
      if (names.includes(key)) return [[key, value]];
      const inner = names.filter((name) => name.startsWith(`${key}.`))
        .map((name) => name.slice(key.length + 1));
      return inner.length > 0 && isRecord(value)
        ? [[key, only({ ...value }, inner)]]
        : [];
    }),
  );
}

function without(
  metadata: TextMetadata,
  names: readonly string[] | "all",
): TextMetadata {
  if (names === "all") return {};
  return Object.fromEntries(
    Object.entries(metadata).filter(([key]) => !names.includes(key))
      .map(([key, value]) => {
        const inner = names.filter((name) => name.startsWith(`${key}.`))
          .map((name) => name.slice(key.length + 1));
        return [
          key,
          inner.length > 0 && isRecord(value)
            ? without({ ...value }, inner)
            : value,
        ];
      }),
  );
}

/** Metadata of a cell that come and go without anybody wishing so. */
const NOT_WRITTEN = [
  ...["autoscroll", "collapsed", "scrolled", "trusted", "execution"],
  ...["ExecuteTime", ...OWN_KEYS],
];

/** Metadata of a notebook that are written. */
export const WRITTEN: readonly string[] = [
  "jupytext",
  "kernelspec",
  "kernel_info",
  "orphan",
  "tocdepth",
];

/**
 * Bundles what loads in every process, or before a first answer: `deno task bundles`.
 *
 * The results are committed, so that nobody needs a bundler; a test makes them
 * again and compares.
 * @module
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A bundle, what it is made of, and who has the rights to that. */
interface Bundle {
  readonly file: string;
  readonly source: string;
  readonly rights: readonly string[];
}

/** A bundle in `bundles/`, with the licenses of its packages. */
function ofPackages(name: string, packages: readonly string[]): Bundle {
  const licenses = new Set<string>();
  for (const part of packages) {
    addLicenses(fileURLToPath(import.meta.resolve(part)), licenses);
  }
  return {
    file: `bundles/${name}.js`,
    source: `bundles/${name}.ts`,
    rights: [...licenses].join("\n\n").split("\n"),
  };
}

/** Adds the license of a package, and of all that it needs. */
function addLicenses(entry: string, licenses: Set<string>): void {
  let folder = dirname(entry);
  // Folders in a package may say how their modules are meant.
  while (!hasName(folder)) folder = dirname(folder);
  const manifest = readJson(folder);
  const file = [...Deno.readDirSync(folder)].find(({ name }) =>
    /^licen[cs]e/i.test(name)
  );
  const text = file === undefined
    ? `License: ${manifest.license}`
    : Deno.readTextFileSync(join(folder, file.name));
  licenses.add(`${manifest.name}\n\n${text.trim()}`);
  const require = createRequire(join(folder, "package.json"));
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    addLicenses(require.resolve(name), licenses);
  }
}

function hasName(folder: string): boolean {
  try {
    return readJson(folder).name !== undefined;
  } catch {
    // There is no such file here.
    return false;
  }
}

function readJson(folder: string): {
  readonly name?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
} {
  return JSON.parse(Deno.readTextFileSync(join(folder, "package.json")));
}

/** All bundles, by paths from the root. */
export const BUNDLES: readonly Bundle[] = [
  {
    file: "bundles/zod_mini.js",
    source: "bundles/zod_mini.ts",
    rights: ["zod is Copyright (c) 2025 Colin McDonnell, MIT License."],
  },
  {
    file: "lib/run/acorn_bundle.js",
    source: "lib/run/acorn.ts",
    rights: [
      "acorn is Copyright (C) 2012-2022 by various contributors (see its AUTHORS),",
      "MIT License.",
    ],
  },
  {
    file: "lib/plot/core/d3_bundle.js",
    source: "lib/plot/core/d3_packages.ts",
    rights: [
      "d3 is Copyright 2010-2026 Mike Bostock, ISC License.",
    ],
  },
  ofPackages("markdown_it", ["markdown-it/whole"]),
  ofPackages("highlight", ["highlight.js/lib/core"]),
  ofPackages("html_tree", [
    ...["css-select", "domhandler", "entities", "htmlparser2"],
  ]),
];

/** Makes the text of a bundle. */
export async function makeBundle(
  { file, source, rights }: Bundle,
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--minify", toUrl(source).pathname],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(decoder.decode(stderr));
  const name = source.split("/").at(-1);
  return [
    `// Made by \`deno task bundles\`: see ${name}.`,
    ...rights.map((line) => `// ${line}`.trimEnd()),
    ...file.startsWith("bundles/") ? [`// @ts-self-types="./${name}"`] : [],
    "// deno-lint-ignore-file",
    "// deno-fmt-ignore-file",
    decoder.decode(stdout).replace(/[ \t]+$/gm, ""),
  ].join("\n");
}

/** The address of a file of this repository. */
export function toUrl(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}

if (import.meta.main) {
  for (const bundle of BUNDLES) {
    await Deno.writeTextFile(toUrl(bundle.file), await makeBundle(bundle));
  }
}

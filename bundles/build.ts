/**
 * Bundles what loads in every process, or before a first answer: `deno task bundles`.
 *
 * The results are committed, so that nobody needs a bundler; a test makes them
 * again and compares.
 * @module
 */

/** A bundle, what it is made of, and who has the rights to that. */
interface Bundle {
  readonly file: string;
  readonly source: string;
  readonly rights: readonly string[];
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
    ...rights.map((line) => `// ${line}`),
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

/**
 * Bundles what loads in every process of ours: `deno task bundles`.
 *
 * The result is committed, so that nobody needs a bundler; a test makes it again
 * and compares.
 * @module
 */

/** Bundles the parts of zod that are used. */
export async function bundleZod(): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--minify"],
      new URL("./zod_mini.ts", import.meta.url).pathname,
    ],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(decoder.decode(stderr));
  return HEADER + decoder.decode(stdout).replace(/[ \t]+$/gm, "");
}

const HEADER = `// Made by \`deno task bundles\`: see zod_mini.ts. zod is
// Copyright (c) 2025 Colin McDonnell, MIT License.
// @ts-self-types="./zod_mini.ts"
// deno-lint-ignore-file
// deno-fmt-ignore-file
`;

if (import.meta.main) {
  await Deno.writeTextFile(
    new URL("./zod_mini.js", import.meta.url),
    await bundleZod(),
  );
}

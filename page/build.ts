/**
 * Makes the bundle of the page: `deno task page`.
 *
 * The result is committed, so that nobody needs a bundler to open a notebook; a
 * test makes it again and compares.
 */
const OUTPUT = new URL("./bundle/", import.meta.url);

/** Bundles, and where each begins: the page, and the frames of widgets. */
export const ENTRIES: Readonly<Record<string, string>> = {
  "page.js": "./main.tsx",
  "widget.js": "./widget_frame.ts",
};

if (import.meta.main) {
  await Deno.mkdir(OUTPUT, { recursive: true });
  for (const [name, entry] of Object.entries(ENTRIES)) {
    await Deno.writeTextFile(new URL(name, OUTPUT), await buildPage(entry));
  }
}

/** Bundles a script; style sheets are used as they stand. */
export async function buildPage(entry: string): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--platform",
      "browser",
      "--minify",
      new URL(entry, import.meta.url).pathname,
    ],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(decoder.decode(stderr));
  return decoder.decode(stdout);
}

/**
 * Makes the bundle of the page: `deno task page`.
 *
 * The result is committed, so that nobody needs a bundler to open a notebook; a
 * test makes it again and compares.
 */
const OUTPUT = new URL("./bundle/", import.meta.url);

if (import.meta.main) {
  const script = await buildPage();
  await Deno.mkdir(OUTPUT, { recursive: true });
  await Deno.writeTextFile(new URL("page.js", OUTPUT), script);
}

/** Bundles the page's script; its style sheet is used as it stands. */
export async function buildPage(): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--platform",
      "browser",
      "--minify",
      new URL("./main.tsx", import.meta.url).pathname,
    ],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (code !== 0) throw new Error(decoder.decode(stderr));
  return decoder.decode(stdout);
}

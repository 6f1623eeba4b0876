/**
 * Makes the bundle of the page: `deno task page`.
 *
 * The result is committed, so that nobody needs a bundler to open a notebook; a
 * test makes it again and compares.
 */
const OUTPUT = new URL("./bundle/", import.meta.url);

if (import.meta.main) {
  const { script, style } = await buildPage();
  await Deno.mkdir(OUTPUT, { recursive: true });
  await Deno.writeTextFile(new URL("page.js", OUTPUT), script);
  await Deno.writeTextFile(new URL("page.css", OUTPUT), style);
}

/** Bundles the page. */
export async function buildPage(): Promise<{ script: string; style: string }> {
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
  return {
    script: decoder.decode(stdout),
    style: await Deno.readTextFile(new URL("./page.css", import.meta.url)),
  };
}

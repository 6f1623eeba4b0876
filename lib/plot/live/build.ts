/**
 * Bundles the programs of this folder into `bundled.ts`: `deno task live`.
 *
 * What a page runs is text in a figure, so it is made once and committed; a test
 * holds it to its sources.
 * @module
 */

/** The programs that pages run, and the constants that hold them. */
const PROGRAMS = { ZOOM: "zoom.ts", STEP: "step.ts" } as const;

/** Makes the text of `bundled.ts`. */
export async function bundleAll(): Promise<string> {
  const parts: string[] = [];
  for (const [name, file] of Object.entries(PROGRAMS)) {
    const program = await bundle(new URL(file, import.meta.url));
    parts.push(
      `/** \`${file}\` and what it needs, for browsers. */\n` +
        `export const ${name}: string =\n  ${JSON.stringify(program)};\n`,
    );
  }
  return `${HEADER}\n${parts.join("\n")}`;
}

async function bundle(file: URL): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--platform=browser", "--format=iife"],
      ...["--minify", `--import-map=${IMPORT_MAP}`, file.pathname],
    ],
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

// Of a bundle nothing is left out, so what is bundled again is bundled of its source.
const D3 = new URL("../core/d3_", import.meta.url).href;
const IMPORT_MAP = `data:application/json,${
  JSON.stringify({
    imports: { [`${D3}bundle.js`]: `${D3}packages.ts` },
  })
}`;

const HEADER = `/**
 * The programs of this folder as pages run them. Made by \`deno task live\`: change
 * their sources instead.
 * @module
 */
// deno-fmt-ignore-file`;

if (import.meta.main) {
  await Deno.writeTextFile(
    new URL("bundled.ts", import.meta.url),
    await bundleAll(),
  );
}

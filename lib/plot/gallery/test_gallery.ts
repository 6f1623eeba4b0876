/**
 * For the tests of figures: compares drawings with the gallery's, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A lib/plot`, then
 * `lib/plot/gallery/gallery_page_test.ts` in the same way; then look at the files in
 * `docs/gallery/` before committing them.
 */
import assert from "node:assert/strict";
import { DISPLAY, type Displayable } from "../../base/mod.ts";
import type { Figure } from "../core/card.ts";

/** Makes the tests: each is named by a file, and draws what is in it. */
export function testGallery(
  figures: Readonly<Record<string, () => Figure | Promise<Figure>>>,
): void {
  for (const [name, draw] of Object.entries(figures)) {
    Deno.test(`gallery: ${name}`, async () => {
      const text = `${(await draw()).svg}\n`;
      const file = new URL(`${name}.svg`, FOLDER);
      if (Deno.env.get("UPDATE_GALLERY") === "1") {
        await Deno.mkdir(FOLDER, { recursive: true });
        await Deno.writeTextFile(file, text);
      }
      assert.equal(text, await Deno.readTextFile(file));
    });
  }
}

/** What a value is shown as, for figures that are drawn only when shown. */
export async function readShown(shown: Displayable): Promise<Figure> {
  const bundle = await shown[DISPLAY]();
  return {
    svg: String(bundle["image/svg+xml"]),
    alt: String(bundle["text/plain"]),
  };
}

const FOLDER = new URL("../../../docs/gallery/", import.meta.url);

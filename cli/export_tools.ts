/**
 * What some formats are made with: the typesetter, Chromium, files of reveal.js.
 * Each is found or loaded when it is asked for, with a folder to work in that is
 * gone afterwards. The typesetter is started at once: it takes longest.
 * @module
 */
import type { ExportOptions } from "../export/mod.ts";
import {
  findChromium,
  printWithChromium,
  readWithChromium,
} from "./chromium.ts";
import { readRevealFile } from "./npm_files.ts";
import { startTypesetter } from "./typst.ts";
import { type OptionUsage, UsageError } from "./usage.ts";

/** The tools of some exports. */
export interface ExportTools extends AsyncDisposable {
  /** What a format takes of them. */
  readonly options: Partial<ExportOptions>;
}

/** The option that says what makes PDFs. */
export const ENGINE_OPTION: OptionUsage = {
  kind: "value",
  value: "typst|chromium",
  help:
    "What makes a PDF: the typesetter (default), or Chromium, if it is here.",
};

/**
 * Gets the tools ready.
 *
 * @param wanted The format, and what makes PDFs: `typst`, if it is not said, or
 *   `chromium`.
 * @param env Reads the environment.
 * @throws {UsageError} If the engine is not known, or not on this machine.
 */
export async function openExportTools(
  { engine, to }: {
    readonly engine: string | undefined;
    readonly to: string | undefined;
  },
  env: (name: string) => string | undefined,
): Promise<ExportTools> {
  if (engine !== undefined && engine !== "typst" && engine !== "chromium") {
    throw new UsageError(
      `Cannot export: --engine is ${
        JSON.stringify(engine)
      }, expected typst or chromium`,
    );
  }
  const chromium = await findChromium(env);
  if (engine === "chromium" && chromium === undefined) {
    throw new UsageError(
      "Cannot export with --engine chromium: found no Chromium, Chrome or Edge, expected one in PATH or in CHROMIUM_PATH (or leave --engine out)",
    );
  }
  const folders: string[] = [];
  const makeFolder = async () => {
    const folder = await Deno.makeTempDir({ prefix: "skein-export-" });
    folders.push(folder);
    return folder;
  };
  const typesetter = to === "pdf" && engine !== "chromium"
    ? startTypesetter(await makeFolder())
    : undefined;
  return {
    options: {
      revealFile: readRevealFile,
      ...(typesetter === undefined ? {} : { typesetter }),
      ...(chromium === undefined ? {} : {
        openPage: async (html) =>
          await readWithChromium(html, {
            chromium,
            folder: await makeFolder(),
            size: [1280, 720],
          }),
      }),
      ...(engine === "chromium"
        ? {
          printPage: async (html) =>
            await printWithChromium(html, {
              chromium: chromium!,
              folder: await makeFolder(),
            }),
        }
        : {}),
    },
    async [Symbol.asyncDispose]() {
      await typesetter?.[Symbol.asyncDispose]();
      for (const folder of folders) {
        await Deno.remove(folder, { recursive: true }).catch(() => {
          // What a browser still writes is swept with the other temporary files.
        });
      }
    },
  };
}

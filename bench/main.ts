/**
 * `deno task bench [SECTION …]`, `deno task bench soak [SECONDS]`: measures what README claims, side by side with
 * what a user would pick instead, in rounds that take turns, so that a slow
 * moment hits all alike.
 *
 * Prints, never asserts: a test that asserts a time fails on a busy machine.
 * @module
 */
import { printRows } from "./report.ts";

/** So long that what grows a little with each cell is seen to grow. */
const SOAK_SECONDS = 180;

/** What can be measured; a section is loaded when its turn comes. */
const SECTIONS: Readonly<Record<string, () => Promise<void>>> = {
  kernel: async () => await (await import("./kernel.ts")).measureKernel(),
  language: async () => await (await import("./language.ts")).benchLanguage(),
  loading: async () =>
    printRows(await (await import("./loading.ts")).measureLoading(9)),
  figures: async () =>
    printRows((await import("./figures.ts")).measureFigures(20)),
  pool: async () => await (await import("./pool.ts")).measurePools(),
  sync: async () => await (await import("./sync.ts")).measureSync(),
  grade: async () => await (await import("./grade.ts")).benchGrade(),
  export: async () => {
    await (await import("./export.ts")).benchExport(7);
    printRows(await (await import("./pdf.ts")).measurePdf(7));
    printRows(await (await import("./strip.ts")).measureStrip(15));
  },
  pdf: async () => printRows(await (await import("./pdf.ts")).measurePdf(7)),
  strip: async () =>
    printRows(await (await import("./strip.ts")).measureStrip(15)),
  trace: async () => await (await import("./trace.ts")).benchTrace(),
};

if (Deno.args[0] === "soak") {
  const seconds = Number(Deno.args[1] ?? SOAK_SECONDS);
  if (!(seconds > 0)) {
    throw new RangeError(
      `Cannot soak: ${JSON.stringify(Deno.args[1])} is no number of seconds`,
    );
  }
  await (await import("./soak.ts")).printSoak(seconds);
  Deno.exit(0);
}
const wanted = Deno.args.length > 0 ? Deno.args : Object.keys(SECTIONS);
const unknown = wanted.find((name) => !Object.hasOwn(SECTIONS, name));
if (unknown !== undefined) {
  const known = Object.keys(SECTIONS).join(", ");
  throw new RangeError(
    `Cannot measure ${JSON.stringify(unknown)}: expected one of ${known}`,
  );
}
for (const name of wanted) {
  // deno-lint-ignore no-console -- Printing is what this file is for.
  console.log(`\n== ${name}`);
  await SECTIONS[name]!();
}

// deno-lint-ignore-file no-console -- A program whose output is its result.
/**
 * `deno task test:page`: the page of `skein open` in a real browser. Installs
 * Chromium where it may, and closes with the plain line that counts.
 *
 * Arguments are parts of names: only what has one of them runs.
 * @module
 */
import { CONCURRENCY } from "./concurrency_checks.ts";
import { closeBrowser } from "./desk.ts";
import { EDITING } from "./editing_checks.ts";
import { RUNNING } from "./running_checks.ts";
import { SAFETY } from "./safety_checks.ts";
import { WIDGETS } from "./widget_checks.ts";

const CHECKS = {
  ...EDITING,
  ...RUNNING,
  ...CONCURRENCY,
  ...SAFETY,
  ...WIDGETS,
};

let [passed, failed] = [0, 0];
for (const [name, check] of Object.entries(CHECKS)) {
  if (Deno.args.length > 0 && !Deno.args.some((part) => name.includes(part))) {
    continue;
  }
  const startMs = performance.now();
  try {
    await check();
    passed++;
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    console.log(`${name} ... ok (${seconds} s)`);
  } catch (error) {
    failed++;
    console.log(`${name} ... FAILED`);
    console.log((error as Error).stack);
  }
}
await closeBrowser();
console.log(`\n${passed} passed, ${failed} failed`);
Deno.exit(failed === 0 && passed > 0 ? 0 : 1);

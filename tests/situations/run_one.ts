/**
 * Runs one situation in this process and prints what was said:
 * `deno run run_one.ts THEME NAME`.
 * @module
 */
import { SITUATIONS } from "./themes.ts";

const [theme = "", name] = Deno.args;
const situation = (await SITUATIONS[theme]?.())?.find((one) =>
  one.name === name
);
if (situation === undefined) {
  throw new RangeError(`Cannot run situation "${name}" of ${theme}: not found`);
}
const said = await situation.run();
// deno-lint-ignore no-console -- Its output is read by who started it.
console.log(`\n${"said "}${JSON.stringify(said)}`);
// A situation may leave something running on purpose.
Deno.exit();

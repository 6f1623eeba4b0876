// deno-lint-ignore-file no-console -- A program whose output is its result.
/**
 * Runs one suite of Python's `unittest` and reads how many tests passed.
 * @module
 */
import { fromFileUrl } from "../../session/mod.ts";
import type { Environment } from "./environment.ts";

/** How a suite went. */
export interface SuiteResult {
  /** Tests that passed. */
  readonly passed: number;
  /** Tests that failed, or could not run. */
  readonly failed: number;
}

/**
 * Runs a suite, its output shown.
 *
 * @param title What it is.
 * @param file Its file, beside this one.
 * @param environment Where Python is.
 */
export async function run(
  title: string,
  file: string,
  { python, env }: Environment,
): Promise<SuiteResult> {
  console.log(`\n== ${title}`);
  const child = new Deno.Command(python, {
    args: [fromFileUrl(import.meta.resolve(`./${file}`)), "-v"],
    env: { ...env },
    stdout: "inherit",
    stderr: "piped",
    signal: AbortSignal.timeout(LIMIT_MS),
  }).spawn();
  let text = "";
  const decoder = new TextDecoder();
  for await (const bytes of child.stderr) {
    text += decoder.decode(bytes, { stream: true });
    await Deno.stderr.write(bytes);
  }
  const { success } = await child.status;
  const ran = Number(/^Ran (\d+) tests?/m.exec(text)?.[1] ?? 0);
  const count = (what: string) =>
    Number(new RegExp(`\\b${what}=(\\d+)`).exec(text)?.[1] ?? 0);
  // A skipped check is one that was not switched on: that is a failure here.
  const failed = count("failures") + count("errors") + count("skipped");
  return success
    ? { passed: ran - failed, failed }
    : { passed: Math.max(0, ran - failed), failed: Math.max(1, failed) };
}

const LIMIT_MS = 15 * 60_000;

/**
 * Formats cells with `deno fmt`.
 * @module
 */

/**
 * Formats a cell.
 *
 * @param source The cell.
 * @param configPath Path of the user's `deno.json`, whose `fmt` settings hold.
 * @returns The formatted cell, without a line break at its end.
 * @throws {SyntaxError} If it can not be parsed.
 */
export async function formatCell(
  source: string,
  configPath?: string,
): Promise<string> {
  const config = configPath === undefined
    ? ["--no-config"]
    : [`--config=${configPath}`];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext=tsx", ...config, "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  const writer = child.stdin.getWriter();
  // It may have ended with an error before it has read all.
  const written = writer.write(new TextEncoder().encode(source))
    .then(() => writer.close()).catch(() => {});
  const { success, stdout, stderr } = await child.output();
  await written;
  const decoder = new TextDecoder();
  if (!success) {
    const found = decoder.decode(stderr).replace(/^error: /i, "").trim();
    throw new SyntaxError(`Cannot format cell: ${found}, expected TypeScript`);
  }
  return decoder.decode(stdout).replace(/\n$/, "");
}

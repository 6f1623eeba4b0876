/**
 * Asks other programs.
 * @module
 */

/**
 * Runs a program that prints an answer.
 *
 * @param command The program.
 * @param args Its arguments.
 * @returns What it printed; `null` if it is not there, or failed.
 */
export async function askProgram(
  command: string,
  args: string[],
): Promise<string | null> {
  try {
    const { success, stdout } = await new Deno.Command(command, {
      args,
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

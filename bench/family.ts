/**
 * The processes that a process has started, and what they are to us.
 * @module
 */

/** A process below another one. */
export interface Member {
  /** Process id. */
  readonly pid: number;
  /** What it is to us. */
  readonly name: "session" | "translator" | "server" | "other";
  /** Its resident memory. Units: MiB. */
  readonly residentMib: number;
}

/**
 * Lists what a process has started, and what that has; nothing but on Linux.
 *
 * @param pid The process.
 */
export function listFamily(pid: number): readonly Member[] {
  const parents = new Map<number, number>();
  for (const entry of readFolder("/proc")) {
    const child = Number(entry);
    if (!Number.isInteger(child)) continue;
    const stat = readText(`/proc/${child}/stat`);
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state !== "Z") parents.set(child, Number(parent));
  }
  const below = (one: number): number[] =>
    [...parents].filter(([, parent]) => parent === one)
      .flatMap(([child]) => [child, ...below(child)]);
  const members = below(pid).map((child) => ({
    pid: child,
    name: nameOf(readText(`/proc/${child}/cmdline`)),
    residentMib: Number(
      /^VmRSS:\s+(\d+) kB$/m.exec(readText(`/proc/${child}/status`))?.[1] ?? 0,
    ) / 1024,
  }));
  // One without memory is about to be a zombie.
  return members.filter(({ residentMib }) => residentMib > 0);
}

function nameOf(commandLine: string): Member["name"] {
  if (commandLine.includes("/session/host/main.ts")) return "session";
  if (commandLine.includes("/language/translator_main.ts")) return "translator";
  return /\0lsp\0/.test(commandLine) ? "server" : "other";
}

function readFolder(path: string): string[] {
  try {
    return [...Deno.readDirSync(path)].map(({ name }) => name);
  } catch {
    // Only Linux has it.
    return [];
  }
}

/** A process may be gone by the time it is looked at. */
function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

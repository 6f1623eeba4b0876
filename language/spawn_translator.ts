/**
 * Starts the process that parses cells, `translator_main.ts`.
 *
 * It has a large stack, since sources may be nested deeply, a bound on its
 * memory, and no right but to read its environment, which TypeScript looks at.
 * To start it is the first thing that a kernel does: it takes longest.
 * @module
 */

/** A process that parses cells. */
export interface SpawnedTranslator {
  /** The process. */
  readonly process: Deno.ChildProcess;
  /** What its environment holds, and no other's. */
  readonly mark: string;
}

/** Starts a process that parses cells; it ends when its input does. */
export function spawnTranslator(): SpawnedTranslator {
  const mark = `SKEIN_TRANSLATOR_${crypto.randomUUID().replaceAll("-", "_")}`;
  const flags = ["run", "--quiet", "--no-prompt", "--allow-env"];
  const main = import.meta.resolve("./translator_main.ts");
  const isWindows = Deno.build.os === "windows";
  const process = new Deno.Command(isWindows ? Deno.execPath() : "/bin/sh", {
    // On Windows a stack is as large as the program says, and no larger.
    args: isWindows
      ? [...flags, `--v8-flags=${HEAP_FLAG}`, main]
      : ["-c", SCRIPT, Deno.execPath(), main, ...flags],
    env: { [mark]: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    // Ctrl-C in a terminal is the kernel's to handle.
    detached: !isWindows,
  }).spawn();
  return { process, mark };
}

/** A small young generation saves 8 MiB of 63, for the same processor time. */
const HEAP_FLAG = "--max-old-space-size=2048,--max-semi-space-size=2";
const STACK_KIB = 256 * 1024;
// V8 does not know how large the stack is; some systems allow no larger one.
const SCRIPT = `
ulimit -s ${STACK_KIB} 2> /dev/null || ulimit -s "$(ulimit -H -s)"
size=$(ulimit -s)
[ "$size" = unlimited ] && size=${STACK_KIB}
main=$1
shift
exec "$0" "$@" "--v8-flags=--stack-size=$((size * 9 / 10)),${HEAP_FLAG}" "$main"
`;

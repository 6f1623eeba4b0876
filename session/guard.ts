/**
 * Sees to it that no session outlives its kernel, not even one in an endless
 * loop whose kernel was killed.
 *
 * A small shell waits on a pipe from the kernel, and when the pipe ends, ends
 * the process groups it was told of, and on Linux whoever carries the session's
 * mark in its environment, such as what has left its group. Each is looked up
 * once more by then: the number of one that has gone may be a stranger's now.
 * On Windows there is no guard: there the session notices by itself, when its
 * code lets it.
 * @module
 */
import type { ProcessId } from "./processes/census.ts";

/** Ends processes when this process is gone. */
export class Guard implements AsyncDisposable {
  readonly #shell: Deno.ChildProcess | null;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array> | null;
  readonly #encoder = new TextEncoder();

  /**
   * Starts the guard.
   *
   * @param mark What the environments of the processes hold that are to end.
   */
  constructor(mark: string) {
    if (Deno.build.os === "windows") {
      this.#shell = null;
      this.#writer = null;
      return;
    }
    this.#shell = new Deno.Command("/bin/sh", {
      args: ["-c", SCRIPT, mark],
      stdin: "piped",
      stdout: "null",
      stderr: "null",
      // Ctrl-C in a terminal goes to our group; the guard has to outlive it.
      detached: true,
    }).spawn();
    this.#shell.unref();
    this.#writer = this.#shell.stdin.getWriter();
  }

  /**
   * Puts a process group under guard.
   *
   * @param leader The group's leader.
   */
  add(leader: ProcessId): void {
    this.#tell("+", leader);
  }

  /**
   * Lets a group go, which has ended.
   *
   * @param leader The group's leader.
   */
  remove(leader: ProcessId): void {
    this.#tell("-", leader);
  }

  /** Ends the guard; what was still guarded ends with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#shell === null) return;
    // Whoever waits for us may have nothing else that keeps Deno from ending.
    this.#shell.ref();
    await this.#writer?.close().catch(ignoreEnded);
    await this.#shell.status;
  }

  #tell(verb: string, { pid, stamp }: ProcessId): void {
    const line = this.#encoder.encode(`${verb} ${pid}=${stamp}\n`);
    this.#writer?.write(line).catch(ignoreEnded);
  }
}

/** Someone ended the guard: then there is nothing to tell it, and nothing to do. */
function ignoreEnded(): void {}

// What follows the script's text on the command line is its `$0`. Both ways to
// a start time give what `processes/census.ts` calls a stamp.
const SCRIPT = `
started() {
  if [ -d /proc/self ]; then
    read -r line < "/proc/$1/stat" || return
    set -- \${line##*) }
    echo "\${20}"
  else
    LC_ALL=C ps -o lstart= -p "$1" | xargs echo | tr ' ' _
  fi
}
groups=" "
while read -r verb group; do
  case $verb in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do
  [ "$(started "\${group%%=*}")" = "\${group#*=}" ] && kill -KILL "-\${group%%=*}"
done
for round in 1 2 3 4 5 6 7 8 9; do
  found=
  for file in $(grep -lsF "$0" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    kill -KILL "\${pid%/environ}" && found=yes
  done
  [ "$found" ] || break
done
`;

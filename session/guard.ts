/**
 * Sees to it that no session outlives its kernel, not even one in an endless
 * loop whose kernel was killed.
 *
 * A small shell waits on a pipe from the kernel, and when the pipe ends, ends
 * the process groups it was told of. On Windows there is none: there the
 * session notices by itself, when its code lets it.
 * @module
 */

/** Ends process groups when this process is gone. */
export class Guard implements AsyncDisposable {
  readonly #shell: Deno.ChildProcess | null;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array> | null;
  readonly #encoder = new TextEncoder();

  /** Starts the guard, with nothing to guard yet. */
  constructor() {
    if (Deno.build.os === "windows") {
      this.#shell = null;
      this.#writer = null;
      return;
    }
    this.#shell = new Deno.Command("/bin/sh", {
      args: ["-c", SCRIPT],
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
   * @param pid Id of the group's leader.
   */
  add(pid: number): void {
    this.#tell(`+ ${pid}`);
  }

  /**
   * Lets a group go, which has ended.
   *
   * @param pid Id of the group's leader.
   */
  remove(pid: number): void {
    this.#tell(`- ${pid}`);
  }

  /** Ends the guard; what was still guarded ends with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#shell === null) return;
    // Whoever waits for us may have nothing else that keeps Deno from ending.
    this.#shell.ref();
    await this.#writer?.close().catch(ignoreEnded);
    await this.#shell.status;
  }

  #tell(line: string): void {
    this.#writer?.write(this.#encoder.encode(line + "\n")).catch(ignoreEnded);
  }
}

/** Someone ended the guard: then there is nothing to tell it, and nothing to do. */
function ignoreEnded(): void {}

const SCRIPT = `
groups=" "
while read -r verb group; do
  case $verb in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -KILL "-$group"; done
`;

/**
 * The process of a language server.
 * @module
 */
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import type { Enclosure } from "./enclosure.ts";

/**
 * Starts `deno lsp` in its surroundings, at low priority.
 *
 * @param executablePath Path of `deno`; the one that runs this by default.
 * @param enclosure Its surroundings, which end if it can not be started.
 * @returns The process.
 */
export function startProcess(
  executablePath: string | undefined,
  enclosure: Enclosure,
): Deno.ChildProcess {
  try {
    const process = new Deno.Command(executablePath ?? Deno.execPath(), {
      args: ["lsp", "--quiet"],
      cwd: fileURLToPath(enclosure.rootUrl),
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      clearEnv: true,
      env: {
        ...enclosure.environment,
        DENO_V8_FLAGS: [FRUGAL, enclosure.environment.DENO_V8_FLAGS]
          .filter(Boolean).join(","),
      },
      // Ctrl-C in a terminal is the kernel's to handle.
      detached: Deno.build.os !== "windows",
    }).spawn();
    beModest(process.pid);
    return process;
  } catch (error) {
    enclosure[Symbol.dispose]();
    throw error;
  }
}

/** What cells measure must not depend on whether their types are looked at. */
function beModest(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // It has ended already, or the system has no priorities: it works all the same.
  }
}

/** A tenth of what a cell gets on a core that both want. Units: nice levels. */
const NICENESS = 10;
/**
 * Garbage of earlier answers is collected when the heap has grown by so many per
 * cent, not when it has doubled or more: after 200 checked cells it takes 350 MiB
 * instead of 600, for the same processor time (with 20, a fifth more of it).
 */
const FRUGAL = "--heap-growing-percent=40";

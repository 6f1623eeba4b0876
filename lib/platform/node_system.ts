/**
 * What stands in for `Deno` in Node: the names and shapes are Deno's.
 *
 * As far as `system.ts` lists it. Node has no permissions: all are granted.
 * Programs are started by `node_command.ts`.
 * @module
 */
import type * as Fs from "node:fs";
import type * as Process from "node:process";
import { getBuiltin } from "./host.ts";
import { NodeBrokenPipe, NodeCommand, NodeNotFound } from "./node_command.ts";
import type { System } from "./system.ts";

/** Makes the stand-in. */
export function createNodeSystem(): System {
  const process = getBuiltin<typeof Process>("node:process");
  const fs = getBuiltin<typeof Fs>("node:fs");
  const granted = { state: "granted", partial: false };
  const standIn = {
    build: {
      os: OS_NAMES[process.platform] ?? process.platform,
      arch: ARCH_NAMES[process.arch] ?? process.arch,
    },
    Command: NodeCommand,
    errors: { NotFound: NodeNotFound, BrokenPipe: NodeBrokenPipe },
    execPath: () => process.execPath,
    kill: (pid: number, signal: string) => void process.kill(pid, signal),
    memoryUsage: () => process.memoryUsage(),
    permissions: {
      query: () => Promise.resolve(granted),
      querySync: () => granted,
    },
    pid: process.pid,
    readDirSync: (path: string) =>
      fs.readdirSync(path).map((name) => ({ name })),
    readTextFile: (path: string) => fs.promises.readFile(path, "utf8"),
    readTextFileSync: (path: string) => fs.readFileSync(path, "utf8"),
    remove: (path: string, options: { readonly recursive?: boolean }) =>
      fs.promises.rm(path, { ...options }),
    stdout: { writeSync: writeOut },
    version: { deno: "", v8: process.versions.v8, typescript: "" },
    writeTextFile: (path: string | URL, text: string) =>
      fs.promises.writeFile(path, text),
  };
  return standIn as unknown as System;

  function writeOut(bytes: Uint8Array): number {
    try {
      return fs.writeSync(1, bytes);
    } catch (error) {
      // A full pipe that does not block: nothing was taken yet.
      if ((error as { code?: string }).code === "EAGAIN") return 0;
      throw error;
    }
  }
}

const OS_NAMES: Readonly<Record<string, string>> = { win32: "windows" };
const ARCH_NAMES: Readonly<Record<string, string>> = {
  x64: "x86_64",
  arm64: "aarch64",
};

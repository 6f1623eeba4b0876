/**
 * `skein doctor`: what works on this machine, and what to do about the rest.
 * @module
 */
import { join } from "node:path";
import { kernelsFolder } from "../jupyter/mod.ts";
import { Kernel } from "../kernel/mod.ts";
import { toFileUrl } from "../session/mod.ts";
import { askProgram } from "./programs.ts";
import type { Terminal } from "./run.ts";
import type { Arguments, Usage } from "./usage.ts";

/** What `skein doctor` takes. */
export const DOCTOR_USAGE: Usage = {
  verb: "doctor",
  operand: null,
  help:
    "Check Deno, Jupyter and the kernel, run one cell, and report what works.",
  options: {},
};

/** What a check found. */
interface Finding {
  readonly isGood: boolean;
  readonly text: string;
}

/**
 * Checks the installation.
 *
 * @param _args Nothing.
 * @param terminal Where to report.
 * @returns 0 if all is well, else 1.
 */
export async function doctor(
  _args: Arguments,
  { print, env }: Terminal,
): Promise<number> {
  let isWell = true;
  for (const check of [checkDeno, checkJupyter, checkKernelSpec, checkCell]) {
    const { isGood, text } = await check(env);
    print(`${isGood ? "ok  " : "FAIL"}  ${text}`);
    isWell &&= isGood;
  }
  return isWell ? 0 : 1;
}

function checkDeno(): Finding {
  const { deno, v8, typescript } = Deno.version;
  const [major = 0, minor = 0, patch = 0] = deno.split(".").map(Number);
  const isGood = major > 2 ||
    major === 2 && (minor > 9 || minor === 9 && patch >= 6);
  return {
    isGood,
    text:
      `Deno ${deno} (V8 ${v8}, TypeScript ${typescript}) at ${Deno.execPath()}${
        isGood ? "" : "; 2.9.6 or newer is needed"
      }`,
  };
}

async function checkJupyter(): Promise<Finding> {
  for (const command of ["jupyter", "jupyter-lab", "python3"]) {
    const args = command === "python3"
      ? ["-m", "jupyter_core", "--version"]
      : ["--version"];
    const answer = await askProgram(command, args);
    if (answer === null) continue;
    const [line = ""] = answer.split("\n");
    return { isGood: true, text: `Jupyter answers: ${command}: ${line}` };
  }
  return {
    isGood: false,
    text:
      "Jupyter was not found; install it (pip install jupyterlab), or use skein run without it",
  };
}

async function checkKernelSpec(env: Terminal["env"]): Promise<Finding> {
  const surroundings = { os: Deno.build.os, env };
  const folder = join(kernelsFolder({ type: "user" }, surroundings), "skein");
  const text = await Deno.readTextFile(join(folder, "kernel.json"))
    .catch(() => null);
  if (text === null) {
    return {
      isGood: false,
      text:
        `No kernel in ${folder}; run skein install (ignore this if you installed it with --prefix or --sys-prefix)`,
    };
  }
  const { argv } = JSON.parse(text) as { argv: string[] };
  const missing = [argv[0]!, argv[3]!].filter((path) => {
    try {
      return !Deno.statSync(path).isFile;
    } catch {
      return true;
    }
  });
  return missing.length === 0
    ? { isGood: true, text: `Kernel installed in ${folder}` }
    : {
      isGood: false,
      text: `The kernel in ${folder} starts ${
        missing.join(" and ")
      }, which is not there; run skein install again`,
    };
}

async function checkCell(): Promise<Finding> {
  const { promise, resolve } = Promise.withResolvers<Finding>();
  const timer = setTimeout(
    () => resolve({ isGood: false, text: "The kernel did not answer in 20 s" }),
    ANSWER_MS,
  );
  const startMs = performance.now();
  await using kernel = new Kernel({
    notebookUrl: toFileUrl(`${Deno.cwd()}/doctor.ipynb`),
    permissions: { type: "all" },
    send: ({ header, content }) => {
      if (header.msg_type !== "execute_reply") return;
      const ms = (performance.now() - startMs).toFixed(0);
      resolve({
        isGood: content.status === "ok",
        text: `A cell ran: ${content.status}, ${ms} ms after the start`,
      });
    },
  });
  const header = {
    msg_id: "doctor",
    session: "doctor",
    msg_type: "execute_request",
  };
  kernel.handle({ header, content: { code: "const x: number = 1; x + 1" } }, {
    channel: "shell",
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

const ANSWER_MS = 20_000;

/**
 * The npm package in Node: packed, installed by npm into a folder of its own,
 * and used by a program and by TypeScript.
 *
 * npm takes what the package depends on from its cache, else from its registry.
 */
import assert from "node:assert/strict";
import ts from "typescript";
import { findPython } from "../../lib/run/python/interpreter.ts";
import { pack } from "./pack.ts";

const LINES = `
**shown**
html: "<b>&lt;</b>"
fits: [1.3333333333333333]
task: 55
task refused: TypeError: Cannot ship function "anonymous": it uses "outside" from outside (line 1: "() => outside"), pass it as an argument or declare it inside
measure: [true,true]
compare: [["sequential",[55,89]],["async",[55,89]],["workers",[55,89]],["processes",[55,89]]]
compare shown: [true,true]
explain: true
scale: [55,55]
crossover: 1
spawnCost: [true,["web worker was left out: this is Node N, expected Deno 2.9.6 or newer.","deno was left out: this is Node N, expected Deno 2.9.6 or newer."]]
messageCost: [true,true]
memory: Error: Cannot measure memory: this is Node N, expected Deno 2.9.6 or newer
switches: [true,true]
lag: [true,true]
load: [true,true]
pool: [34,55]
pool, endless job: ["TimeoutError","goes on"]
pool, no memory: Error: Cannot finish "fill": its thread ran out of memory, expected a result
pool, crash: Error: Cannot finish "crash": it threw where nothing awaits it: late, expected a result
pool, exit: Error: Cannot finish "leave": it ended its thread with code 3, expected a result
worker: 144
process: 144
command: ["42",0]
command that is not there: Error: Cannot start "no-such-program": it is not there, expected a program
locks: 2000
a dead thread's lock: "is free"
channel: 55
trace: ["breakfast",["main","tea","sum","worker 1"]]
trace lacks: ["Cores are missing: this is Node N, expected Deno 2.9.6 or newer","What Workers and programs did that the run started by itself is missing: this is Node N, expected Deno 2.9.6 or newer"]
trace shown: [true,true]
view: [true,true]
chrome trace: true
trace explained: true
race: [6,4,{"schedules":2,"agreed":2},"0110","workers"]
`;
const PYTHON_LINES = `
python: 45
runPython: 2
Python's error: ZeroDivisionError: division by zero
compare with Python: [["sequential",[2]],["python-threads",[2]]]
`;

const why = await explainNoNode();
const suffix = why === null ? "" : ` (skipped: ${why})`;

Deno.test({
  name: `the npm package does in Node what mod.ts does in Deno${suffix}`,
  ignore: why !== null,
  async fn(t) {
    const folder = await Deno.makeTempDir({ prefix: "skein-npm-" });
    try {
      const tarball = await pack(folder);
      await t.step("it holds the library and nothing else", async () => {
        const list = await run("tar", ["-tzf", tarball], folder);
        const files = list.trim().split("\n").filter((path) =>
          !path.endsWith("/")
        );
        const isWanted =
          /^package\/(package\.json|README\.md|LICENSE|(mod|node|lib\/.*)\.(js|d\.ts))$/;
        assert.deepEqual(files.filter((path) => !isWanted.test(path)), []);
        const isTest = /_test\.|\/test_|gallery|fixtures/;
        assert.deepEqual(files.filter((path) => isTest.test(path)), []);
      });

      await Deno.writeTextFile(`${folder}/package.json`, '{"type":"module"}');
      const missing = await install(tarball, folder);
      if (missing !== null) {
        // deno-lint-ignore no-console -- Else nobody would know.
        console.log(`Skipped: npm cannot install here: ${missing}`);
        return;
      }

      await t.step("a program finds all of it", async () => {
        const hasPython = (await findPython()).type === "found";
        await Deno.copyFile(url("uses.js"), `${folder}/uses.js`);
        const args = ["uses.js", ...hasPython ? ["python"] : []];
        assert.deepEqual(
          (await run("node", args, folder)).trim().split("\n"),
          `${LINES}${hasPython ? PYTHON_LINES : ""}end`.trim().split(/\n+/),
        );
      });

      await t.step("its types are right", async () => {
        const file = `${folder}/types.ts`;
        await Deno.copyFile(url("types.ts"), file);
        for (const options of WAYS) {
          const program = ts.createProgram([file], {
            ...options,
            strict: true,
            noEmit: true,
            skipLibCheck: false,
            types: [],
          });
          const found = ts.getPreEmitDiagnostics(program).map(
            ({ file, messageText }) =>
              `${file?.fileName}: ${
                ts.flattenDiagnosticMessageText(messageText, " ")
              }`,
          );
          assert.deepEqual(found, []);
        }
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function explainNoNode(): Promise<string | null> {
  for (const program of ["node", "npm", "tar"]) {
    try {
      await run(program, ["--version"], ".");
    } catch {
      return `there is no ${program} here`;
    }
  }
  const version = await run("node", ["--version"], ".");
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 16)
    ? null
    : `node is ${version.trim()}, expected v20.16 or newer`;
}

/** Installs; tells why not, if that is for want of a network. */
async function install(
  tarball: string,
  folder: string,
): Promise<string | null> {
  const flags = ["--prefer-offline", "--no-audit", "--no-fund"];
  try {
    await run(
      "npm",
      ["install", ...flags, "--ignore-scripts", tarball],
      folder,
    );
    return null;
  } catch (error) {
    const found = /\b(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONN\w+|ENOTCACHED)\b/
      .exec(String(error));
    if (found === null) throw error;
    return found[0];
  }
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    stdin: "null",
    signal: AbortSignal.timeout(100_000),
  }).output();
  const [out, wrong] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  assert.equal(code, 0, `${program} ${args[0]}: ${out}${wrong}`);
  return out as string;
}

function url(name: string): URL {
  return new URL(name, import.meta.url);
}

/** How programs are compiled: for Node, and for bundlers with an older target. */
const WAYS: readonly ts.CompilerOptions[] = [
  {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
  },
  { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16 },
  {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  },
];

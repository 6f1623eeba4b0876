// deno-lint-ignore-file no-console -- A program whose output is its result.
/**
 * `deno task course`: runs every lesson for real, checks that each shows what it
 * promises, and writes site, slides and PDF to `out/course/`.
 *
 * Then lessons are run as those have to who have less: on one core, without
 * Python, without granted permissions. Arguments are beginnings of names.
 * @module
 */
import { basename, join } from "node:path";
import { SHAPES } from "./shapes.ts";

const ROOT = new URL("../../", import.meta.url);
const [LESSONS, OUT] = [new URL("notebooks/", ROOT).pathname, "out/course"];
const NAMES = [...Deno.readDirSync(LESSONS)].map(({ name }) => name)
  .filter((name) => name.endsWith(".ipynb")).sort()
  .filter((name) =>
    Deno.args.length === 0 || Deno.args.some((one) => name.startsWith(one))
  );

/** A lesson takes some 20 s where nothing else runs. */
const LIMIT_MS = 240_000;

let [passed, failed] = [0, 0];
await Deno.mkdir(join(OUT, "ran"), { recursive: true });

for (const name of NAMES) {
  await check(name, () => runLesson(name, { to: join(OUT, "ran", name) }));
}
for (const name of NAMES) {
  await check(`${name} as a script`, () => runScript(name));
}
if (Deno.args.length === 0) {
  // Those whose figures say most about cores, and the one that needs Python.
  for (const name of NAMES.filter((one) => /^(02|04|05|09)/.test(one))) {
    await check(
      `${name} on one core`,
      () => runLesson(name, { before: ["taskset", "-c", "0"] }),
    );
  }
  for (const name of NAMES.filter((one) => /^(11|12)/.test(one))) {
    await check(
      `${name} without Python and permissions`,
      () => runLesson(name, { grants: [] }),
    );
  }
  await check(
    "the course as a site",
    () =>
      skein(
        "site",
        join(OUT, "ran"),
        "-o",
        join(OUT, "site"),
        "--title",
        "Threading, asyncio, multiprocessing",
      ),
  );
  for (const format of ["slides", "pdf"]) {
    const paths = NAMES.map((name) => join(OUT, "ran", name));
    await check(
      `the course as ${format}`,
      () => skein("export", ...paths, "--to", format, "-o", join(OUT, format)),
    );
  }
}
console.log(`\n${passed} passed, ${failed} failed`);
Deno.exit(failed === 0 && passed > 0 ? 0 : 1);

async function check(what: string, work: () => Promise<void>): Promise<void> {
  const startMs = performance.now();
  try {
    await work();
    passed++;
    const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
    console.log(`${what} ... ok (${seconds} s)`);
  } catch (error) {
    failed++;
    console.log(`${what} ... FAILED\n${(error as Error).message}`);
  }
}

async function runLesson(
  name: string,
  { to, before = [], grants = ["--allow-requested"] }: {
    readonly to?: string;
    readonly before?: readonly string[];
    readonly grants?: readonly string[];
  },
): Promise<void> {
  const path = to ?? join(await Deno.makeTempDir(), name);
  await skeinAs(before, "run", join(LESSONS, name), "-o", path, ...grants);
  const { cells } = JSON.parse(await Deno.readTextFile(path));
  const bad = cells.filter(({ outputs = [] }: { outputs?: Output[] }) =>
    outputs.some((one) =>
      one.output_type === "error" || one.name === "stderr" ||
      // Somebody forgot to await what should be seen.
      /^Promise \{/.test(textOf([one]))
    )
  ).map(({ id }: { id: string }) => id);
  if (bad.length > 0) {
    throw new Error(`errors or promises are shown by ${bad.join(", ")}`);
  }
  const shown = (id: string) =>
    textOf(cells.find((cell: { id: string }) => cell.id === id)?.outputs ?? []);
  const shape = SHAPES[basename(name).slice(0, 2)];
  if (shape === undefined) throw new Error("nothing is known of what it shows");
  const problems = shape(shown);
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** A lesson has to run without a kernel, too. */
async function runScript(name: string): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, name.replace(/ipynb$/, "ts"));
  await skein("export", join(LESSONS, name), "--to", "script", "-o", path);
  await runDeno([], ["run", "--allow-all", "--no-check", path], folder);
  await Deno.remove(folder, { recursive: true });
}

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, string | string[]>>;
}

/** All that a cell shows, as text. */
function textOf(outputs: readonly Output[]): string {
  return outputs.map(({ text, data = {} }) =>
    [text ?? data["text/markdown"] ?? data["text/plain"] ?? ""].flat().join("")
  ).join("\n");
}

function skein(...args: readonly string[]): Promise<void> {
  return skeinAs([], ...args);
}

function skeinAs(
  before: readonly string[],
  ...args: readonly string[]
): Promise<void> {
  const main = new URL("main.ts", ROOT).href;
  return runDeno(before, ["run", "-A", "--no-check", main, ...args]);
}

async function runDeno(
  before: readonly string[],
  args: readonly string[],
  cwd = ".",
): Promise<void> {
  const [program, ...rest] = [...before, Deno.execPath(), ...args];
  const { code, stdout, stderr } = await new Deno.Command(program!, {
    args: rest,
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(LIMIT_MS),
  }).output();
  if (code === 0) return;
  const decoder = new TextDecoder();
  throw new Error(
    `exit code ${code}\n${decoder.decode(stdout)}\n${decoder.decode(stderr)}`,
  );
}

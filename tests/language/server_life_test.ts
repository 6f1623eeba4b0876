/**
 * What becomes of questions when the language server dies, hangs, or is not there.
 * @module
 */
import assert from "node:assert/strict";
import { LanguageService, type RuntimeAnswer } from "../../language/service.ts";
import { DEADLINE_MS, untilGone, within } from "../session/within.ts";
import { findProblems, OPTIONS, UNKNOWN } from "./cases.ts";

const CELLS = [
  "const amount = 5",
  "class A { size = 1 }",
  "class B extends A {}\nlet text = 'x'",
];
const QUESTION = "const wrong: string = amount;\nnew B().size.at(text)";
const PROBLEMS = ["TS2322 1", "TS2339 2"];

Deno.test("LanguageService loses nothing when its server is killed", async () => {
  await using service = openNotebook();
  assert.deepEqual(await diagnose(service), PROBLEMS);
  for (let round = 0; round < 2; round++) {
    const before = kill(service);
    assert.deepEqual(await diagnose(service), PROBLEMS);
    assert.notEqual(service.serverPid, before);
  }
  assert.equal(service.serverProblem, null);
});

Deno.test("LanguageService answers what was asked when its server is killed", async () => {
  await using service = openNotebook();
  await diagnose(service);
  // Nobody else knows, so the next server is waited for.
  const diagnosis = diagnose(service);
  const completion = service.complete("new B().", 8);
  const description = service.inspect("amount", 6);
  kill(service);
  assert.deepEqual(await diagnosis, PROBLEMS);
  assert.deepEqual((await completion).items.map(({ text }) => text), ["size"]);
  assert.equal((await description)?.plain, "const amount: 5");
});

Deno.test("LanguageService answers from the program when its server is killed", async () => {
  await using service = openNotebook({
    runtime: ({ what }) =>
      Promise.resolve(what === "complete" ? MADE : describe("made")),
  });
  await service.diagnose("");
  const completion = service.complete("made", 4);
  const description = service.inspect("made", 4);
  kill(service);
  const { items } = await completion;
  assert.ok(items.some(({ text }) => text === "madeGlobal"));
  assert.equal((await description)?.plain, "made");
});

Deno.test("LanguageService replaces a server that does not answer", async () => {
  // Long enough for a slow machine, else a good server would be replaced too.
  await using service = openNotebook({ silentMs: 4000, answerMs: 100 });
  assert.deepEqual(await diagnose(service), PROBLEMS);
  const pid = service.serverPid!;
  Deno.kill(pid, "SIGSTOP");
  assert.deepEqual(await diagnose(service), PROBLEMS);
  await untilGone(pid);
});

Deno.test("LanguageService goes on without a server that can not be started", async () => {
  const asked: string[] = [];
  await using service = openNotebook({
    executablePath: "/nowhere/deno",
    runtime: ({ what }) => {
      asked.push(what);
      return Promise.resolve(what === "complete" ? MADE : describe("made"));
    },
  });
  for (let round = 0; round < 3; round++) {
    assert.equal(await findProblems(service, QUESTION), null);
    const { items } = await service.complete("made", 4);
    assert.deepEqual(items.map(({ text }) => text), ["madeGlobal"]);
    assert.equal((await service.inspect("made", 4))?.plain, "made");
  }
  assert.equal(asked.length, 6);
  assert.equal(service.serverPid, null);
  assert.match(service.serverProblem!, /^Cannot start language server: .*/);
});

Deno.test({
  name:
    "LanguageService gives up on a server that always ends, until the session is a new one",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using program = await writeProgram("exit 1");
    await using service = openNotebook({ executablePath: program.path });
    for (let round = 0; round < 3; round++) {
      assert.equal(await findProblems(service, QUESTION), null);
    }
    assert.equal(await countStarts(program), 4);
    assert.match(service.serverProblem!, /^Cannot keep language server: .* 4 /);
    service.forget();
    assert.equal(service.serverProblem, null);
    assert.equal(await service.diagnose(""), null);
    assert.equal(await countStarts(program), 8);
  },
});

Deno.test("LanguageService ends its server when nobody asks, and starts it again", async () => {
  await using service = openNotebook({ idleMs: 500 });
  for (let round = 0; round < 2; round++) {
    // A slow answer may outlive its server, and is asked for again then.
    assert.deepEqual(await diagnose(service), PROBLEMS);
    const pid = service.serverPid;
    if (pid !== null) await untilGone(pid);
  }
  assert.equal(service.serverProblem, null);
});

Deno.test({
  name: "LanguageService leaves no process behind, not even one that starts",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using program = await writeProgram(`exec "${Deno.execPath()}" "$@"`);
    const executablePath = program.path;
    const service = openNotebook({ executablePath });
    const diagnosis = service.diagnose("");
    await within(program.untilStarted(), DEADLINE_MS, "its start");
    await service[Symbol.asyncDispose]();
    assert.equal(await diagnosis, null);
    const other = openNotebook({ executablePath });
    assert.deepEqual(await diagnose(other), PROBLEMS);
    await other[Symbol.asyncDispose]();
    assert.equal(await other.diagnose(""), null);
    const pids = await program.pids();
    assert.equal(pids.length, 2);
    await untilGone(...pids);
  },
});

Deno.test("LanguageService starts no server before it is asked", async () => {
  await using service = openNotebook();
  assert.equal(await service.format("1+1"), "1 + 1;");
  assert.equal(service.serverPid, null);
  await using off = openNotebook({ isServerOff: true, runtime: nobody });
  assert.equal(await off.diagnose(QUESTION), null);
  assert.deepEqual((await off.complete("amou", 4)).items, []);
  assert.equal(off.serverPid, null);
  assert.equal(off.serverProblem, null);
});

Deno.test("LanguageService answers each of many questions about its own cell", async () => {
  await using service = openNotebook();
  await service.diagnose("");
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const source = `${
        "\n".repeat(i)
      }const own${i}: "a${i}" = amount; own${i}`;
      const [problems, completions, description] = await Promise.all([
        findProblems(service, source),
        service.complete(source, source.length),
        service.inspect(source, source.length),
      ]);
      return [
        problems?.map(({ line }) => line),
        completions.items[0]?.text,
        description?.plain,
      ];
    }),
  );
  assert.deepEqual(
    answers,
    answers.map((_, i) => [[i + 1], `own${i}`, `const own${i}: "a${i}"`]),
  );
});

Deno.test("LanguageService sees that an imported file has changed", async () => {
  const folder = await Deno.makeTempDir();
  await using _ = { [Symbol.asyncDispose]: () => remove(folder) };
  const write = async (text: string, seconds: number) => {
    await Deno.writeTextFile(`${folder}/own.ts`, text);
    await Deno.utime(`${folder}/own.ts`, seconds, seconds);
  };
  await write("export const own = 1", 1000);
  await using service = openNotebook({
    folderUrl: `file://${folder}/`,
    configPath: undefined,
  });
  const cell = 'import { own } from "./own.ts"; own.toFixed()';
  assert.deepEqual(await findProblems(service, cell), []);
  await write('export const own = "x"', 2000);
  const [problem] = await findProblems(service, cell) ?? [];
  assert.equal(problem?.code, "TS2551");
});

/** Opens a notebook in which the cells above were run. */
function openNotebook(
  options: Partial<ConstructorParameters<typeof LanguageService>[0]> = {},
): LanguageService {
  const service = new LanguageService({ ...OPTIONS, ...options });
  for (const cell of CELLS) service.ran(cell);
  return service;
}

async function diagnose(service: LanguageService): Promise<unknown> {
  const problems = await findProblems(service, QUESTION);
  return problems?.map(({ code, line }) => `${code} ${line}`);
}

function kill(service: LanguageService): number {
  const pid = service.serverPid;
  assert.ok(pid !== null, "there is a server to be killed");
  Deno.kill(pid, "SIGKILL");
  return pid;
}

interface Program extends AsyncDisposable {
  readonly path: string;
  /** Ids of the processes that were started. */
  pids(): Promise<readonly number[]>;
  untilStarted(): Promise<void>;
}

/** Writes a program that stands in for `deno`, and notes its starts. */
async function writeProgram(script: string): Promise<Program> {
  const folder = await Deno.makeTempDir();
  const [path, log] = [`${folder}/deno`, `${folder}/log`];
  await Deno.writeTextFile(log, "");
  const text = `#!/bin/sh\necho $$ >> "${log}"\n${script}\n`;
  await Deno.writeTextFile(path, text, { mode: 0o755 });
  const pids = async () =>
    (await Deno.readTextFile(log)).split("\n").filter(Boolean).map(Number);
  return {
    path,
    pids,
    async untilStarted() {
      while ((await pids()).length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    [Symbol.asyncDispose]: () => remove(folder),
  };
}

async function countStarts(program: Program): Promise<number> {
  return (await program.pids()).length;
}

async function remove(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true });
}

function nobody(): Promise<RuntimeAnswer> {
  return Promise.resolve(UNKNOWN);
}

function describe(text: string): RuntimeAnswer {
  return { type: "description", lookupId: 0, text };
}

const MADE: RuntimeAnswer = {
  type: "completions",
  lookupId: 0,
  matches: ["madeGlobal"],
  types: ["property"],
  start: 0,
  end: 4,
};

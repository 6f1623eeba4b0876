import assert from "node:assert/strict";
import {
  listTrusted,
  readTrust,
  removeTrust,
  settleRights,
  writeTrust,
} from "./grants.ts";
import { NO_RIGHTS, type Rights } from "./rights.ts";

const ASKED: Rights = { run: ["sh"], folder: null };

Deno.test("settleRights() grants what was typed, and asks for the rest", async () => {
  await using home = await openHome();
  const check = async (
    { flags = [], answer = null, lists = {} }: {
      flags?: string[];
      answer?: string | null;
      lists?: Record<string, string[]>;
    },
    expected: { granted: Rights; questions: number; lines: number },
  ) => {
    const found = await home.settle(ASKED, { flags, answer, lists });
    assert.deepEqual(
      {
        granted: found.granted,
        questions: found.questions.length,
        lines: found.lines.length,
      },
      expected,
    );
  };
  const no = { granted: NO_RIGHTS, questions: 1, lines: 1 };
  await check({}, no);
  for (const answer of ["", "\n", "n\n", "no", "maybe", "yes please"]) {
    await check({ answer }, no);
  }
  for (const answer of ["y\n", "Y", "yes\r\n"]) {
    await check({ answer }, { granted: ASKED, questions: 1, lines: 0 });
  }
  for (const flag of ["allow-all", "allow-requested"]) {
    await check({ flags: [flag] }, { granted: ASKED, questions: 0, lines: 0 });
  }
  await check({ lists: { "allow-run": ["ls,sh"] } }, {
    granted: NO_RIGHTS,
    questions: 0,
    lines: 0,
  });
  assert.deepEqual(await listTrusted(home.env), []);
});

Deno.test("settleRights() remembers exactly what was granted for good", async () => {
  await using home = await openHome();
  const settle = async (asked: Rights, answer: string | null = null) =>
    (await home.settle(asked, { answer })).granted;
  assert.deepEqual(await settle(ASKED, "a\n"), ASKED);
  assert.deepEqual(await settle(ASKED), ASKED);
  // Also less than that is another thing to ask for.
  for (const run of [["sh", "ls"], ["ls"]]) {
    assert.deepEqual(await settle({ run, folder: null }), NO_RIGHTS);
  }
  assert.deepEqual(await settle({ ...ASKED, folder: "/" }), NO_RIGHTS);
});

Deno.test("trust is kept for one path, closed to others, until it is removed", async () => {
  await using home = await openHome();
  const { env } = home;
  await writeTrust({ path: "/b.ipynb", rights: ASKED }, env);
  await writeTrust({ path: "/a.ipynb", rights: ASKED }, env);
  await writeTrust(
    { path: "/a.ipynb", rights: { run: ["x"], folder: null } },
    env,
  );
  assert.deepEqual(await listTrusted(env), [
    { path: "/a.ipynb", rights: { run: ["x"], folder: null } },
    { path: "/b.ipynb", rights: ASKED },
  ]);
  assert.equal(await readTrust("/c.ipynb", env), null);
  if (Deno.build.os !== "windows") {
    for (const file of home.files()) {
      assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600, file);
    }
  }
  assert.equal(await removeTrust("/a.ipynb", env), true);
  assert.equal(await removeTrust("/a.ipynb", env), false);
  assert.deepEqual((await listTrusted(env)).map(({ path }) => path), [
    "/b.ipynb",
  ]);
});

Deno.test("trust that can not be read grants nothing", async () => {
  await using home = await openHome();
  await writeTrust({ path: "/a.ipynb", rights: ASKED }, home.env);
  const [file] = home.files();
  const other = JSON.stringify({ path: "/b.ipynb", rights: ASKED });
  for (const text of ["", "{", "null", "[]", '{"path": "/a.ipynb"}', other]) {
    await Deno.writeTextFile(file!, text);
    assert.equal(await readTrust("/a.ipynb", home.env), null, text);
  }
  assert.equal(await readTrust("/a.ipynb", () => undefined), null);
});

/** A home of its own, with a terminal in it. */
async function openHome() {
  const path = await Deno.makeTempDir({ prefix: "skein home " });
  const env = (name: string) => name === "HOME" ? path : undefined;
  return {
    env,
    files: () => list(path),
    async settle(
      asked: Rights,
      { flags = [], lists = {}, answer = null }: {
        flags?: string[];
        lists?: Record<string, string[]>;
        answer?: string | null;
      },
    ) {
      const [questions, lines]: [string[], string[]] = [[], []];
      const granted = await settleRights(asked, {
        path: "/n.ipynb",
        args: { flags: new Set(flags), lists },
        terminal: {
          env,
          print: (line) => void lines.push(line),
          ask: (question) => {
            questions.push(question);
            return Promise.resolve(answer);
          },
        },
      });
      return { granted, questions, lines };
    },
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

function list(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) =>
    isDirectory ? list(`${path}/${name}`) : [`${path}/${name}`]
  );
}

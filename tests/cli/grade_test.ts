/**
 * `skein assign` and `skein grade` as they are typed.
 * @module
 */
import assert from "node:assert/strict";
import { notebookOf, type Short } from "../../grading/test_exam.ts";
import { parseNotebook, serializeNotebook } from "../../nbformat/mod.ts";
import { openFolder } from "./folder.ts";

const ANSWER = `function square(x: number): number {
  // BEGIN SOLUTION
  const ourOwnFactor = x;
  return x * ourOwnFactor;
  // END SOLUTION
}`;
const CELLS: Short[] = [
  ["code", 'import assert from "node:assert/strict";'],
  ["answer a", ANSWER],
  [
    "check c 2",
    "assert.equal(square(3), 9);\n// BEGIN HIDDEN TESTS\nassert.equal(square(-25), 625);\n// END HIDDEN TESTS",
  ],
  [
    "check file 1",
    'assert.equal(square(Number(Deno.readTextFileSync("n.txt"))), 49);',
  ],
];
const text = (cells: readonly Short[]) => serializeNotebook(notebookOf(cells));

Deno.test("skein assign and skein grade go from a solution to grades", async () => {
  await using folder = await openFolder({
    "hw/squares.ipynb": text(CELLS),
    "hw/n.txt": "7",
  });
  const assigned = await folder.skein("assign", "hw", "-o", "out");
  assert.equal(assigned.stderr, "");
  assert.match(
    assigned.stdout,
    /^squares\.ipynb: 2 checks, 3 points, \d+ faulty solutions tried\n/,
  );
  assert.deepEqual(folder.files().filter((path) => path.startsWith("out/")), [
    "out/instructor.json",
    "out/solution/n.txt",
    "out/solution/squares.ipynb",
    "out/student/n.txt",
    "out/student/squares.ipynb",
  ]);
  const handedOut = await folder.read("out/student/squares.ipynb");
  assert.doesNotMatch(handedOut, /ourOwnFactor|625/);

  const handIn = async (student: string, answer: string) => {
    const notebook = parseNotebook(handedOut);
    const cells = notebook.cells.map((cell, at) =>
      at === 1 ? { ...cell, source: answer } : cell
    );
    await Deno.mkdir(`${folder.path}/in/${student}`, { recursive: true });
    await Deno.writeTextFile(
      `${folder.path}/in/${student}/squares.ipynb`,
      serializeNotebook({ ...notebook, cells }),
    );
  };
  await handIn("ada", "const square = (x: number) => x ** 2;");
  await handIn("bob", "const square = () => 9;");
  await handIn("eve", "Deno.exit(0);");
  await Deno.mkdir(`${folder.path}/in/zed`);
  await Deno.writeTextFile(`${folder.path}/in/zed/squares.ipynb`, "{ no");
  const files = ["zed", "bob", "eve", "ada"].map((one) =>
    `in/${one}/squares.ipynb`
  );
  const grade = (name: string, jobs: string) =>
    folder.skein(
      "grade",
      ...files,
      ...["-a", "out", "--jobs", jobs, "--json", `${name}.json`],
      ...["--csv", `${name}.csv`, "--junit", `${name}.xml`],
      ...["--html", `${name}.html`, "--checks", `${name}-checks.csv`],
      ...["--feedback", `${name}-pages`],
    );
  const graded = await grade("one", "2");
  assert.equal(graded.code, 1);
  assert.match(
    graded.stdout,
    /^ada +3 of 3 points\nbob +0 of 3 points\neve +0 of 3 points\nzed +0 of 3 points\nNot graded: in\/zed/m,
  );
  const rows = (await folder.read("one-checks.csv")).split("\r\n");
  assert.deepEqual(
    rows.slice(1, -1).map((row) => row.split(",").slice(1, 6).join(" ")),
    [
      "ada squares.ipynb c passed 2",
      "ada squares.ipynb file passed 1",
      "bob squares.ipynb c failed 0",
      "bob squares.ipynb file failed 0",
      "eve squares.ipynb c error 0",
      "eve squares.ipynb file error 0",
      "zed squares.ipynb c error 0",
      "zed squares.ipynb file error 0",
    ],
  );
  // 9 !== 625 gives away what is hidden.
  const seen = await folder.read("one-pages/bob.html");
  assert.match(seen, /part of this check is hidden/);
  assert.doesNotMatch(seen, /625|ada/);
  assert.match(await folder.read("one.html"), /625/);
  // The same input gives the same result, whoever comes first.
  files.reverse();
  await grade("two", "1");
  for (const end of [".json", ".csv", ".xml", ".html", "-checks.csv"]) {
    assert.equal(
      await folder.read(`two${end}`),
      await folder.read(`one${end}`),
      end,
    );
  }
  // What never ends is not read.
  await Deno.mkdir(`${folder.path}/in/yan`);
  const endless = "in/yan/squares.ipynb";
  await Deno.symlink("/dev/zero", `${folder.path}/${endless}`);
  const refused = await folder.skein("grade", endless, "-a", "out");
  assert.equal(refused.code, 1);
  assert.match(refused.stdout, /^yan +0 of 3 points\nNot graded: .*no file/m);
});

Deno.test("skein assign writes nothing that is not proven", async () => {
  await using folder = await openFolder({
    "weak/a.ipynb": text([...CELLS.slice(0, 2), ["check c", "square;"]]),
    "leak/a.ipynb": text(CELLS.slice(0, 3)),
    "leak/notes.md": "Hint:  `const ourOwnFactor = x;` and so on.",
    "plain/a.ipynb": text([["code", "1"]]),
    "full/x": "",
  });
  const check = async (args: string[], code: number, expected: RegExp) => {
    const before = folder.files();
    const result = await folder.skein("assign", ...args);
    assert.equal(result.code, code);
    assert.match(result.stdout + result.stderr, expected);
    assert.deepEqual(folder.files(), before);
  };
  await check(
    ["weak", "-o", "out"],
    1,
    /not proven, and nothing is written:\n +a\.ipynb: check "c" gives 1 points to the student version/,
  );
  await check(
    ["leak", "-o", "out"],
    1,
    /notes\.md: students would get a line of a solution: "constourOwnFactor=x;"/,
  );
  await check(["plain", "-o", "out"], 2, /no notebook in it has a cell with/);
  await check(["weak", "-o", "full"], 2, /holds other files/);
  await check(["weak", "-o", "weak/out"], 2, /is in the folder of the assign/);
  await check(["weak"], 2, /found no --output/);
});

Deno.test("skein grade says what it needs", async () => {
  await using folder = await openFolder({ "a.ipynb": text(CELLS) });
  const { code, stderr } = await folder.skein("grade", "a.ipynb");
  assert.equal(code, 2);
  assert.match(stderr, /found no ".*instructor\.json", expected the folder/);
});

import assert from "node:assert/strict";
import { startPython } from "./python.ts";
import { ANY, testPython } from "./test_python.ts";

testPython(
  "a session keeps names, also after an exception",
  ANY,
  async (python) => {
    await using py = await startPython({ python });
    assert.equal(
      await py.run("x = 1\ndef more(n): return n + x", { y: 5 }),
      null,
    );
    await assert.rejects(py.run("x = 2\nboom()"), {
      name: "NameError",
      line: 2,
      traceback: /File "<cell 2>", line 2, in <module>\n +boom\(\)/,
    });
    assert.equal(await py.run("more(y)"), 7);
  },
);

testPython("a session answers in order, whoever waits", ANY, async (python) => {
  await using py = await startPython({ python });
  const values = await Promise.all([1, 2, 3].map((n) => py.run("n", { n })));
  assert.deepEqual(values, [1, 2, 3]);
});

testPython(
  "a session hands all its definitions to processes",
  ANY,
  async (python) => {
    await using py = await startPython({ python });
    await py.run("import multiprocessing\ndef square(n): return n * n * k", {
      k: 2,
    });
    const code = `
if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found = pool.map(square, [1, 2])
`;
    await py.run(code);
    assert.deepEqual(await py.run("found"), [2, 8]);
  },
);

testPython("a session that was disposed of has ended", ANY, async (python) => {
  const py = await startPython({ python });
  await py[Symbol.asyncDispose]();
  await assert.rejects(py.run("1"), /^Error: Cannot finish Python code/);
});

testPython(
  "a session ends with its signal, in the middle of a run",
  ANY,
  async (python) => {
    const controller = new AbortController();
    await using py = await startPython({ python, signal: controller.signal });
    const ended = assert.rejects(py.run("while True: pass"), {
      message: "enough",
    });
    controller.abort(new Error("enough"));
    await ended;
  },
);

testPython("a session measures each run", ANY, async (python) => {
  await using py = await startPython({ python });
  const { value, runMs } = await py.measure("import time\ntime.sleep(0.01)\n3");
  assert.equal(value, 3);
  assert.ok(runMs >= 9 && py.startMs > 0);
});

import assert from "node:assert/strict";
import { writeJunit } from "./junit.ts";

Deno.test("writeJunit() counts, escapes, and leaves out what XML can not hold", () => {
  const xml = writeJunit("skein", [{
    name: 'a "b" & <c>.ipynb',
    cases: [
      { className: "a", name: "cell 1", outcome: "passed", elapsedMs: 1500 },
      {
        className: "a",
        name: "cell 2",
        outcome: "failed",
        elapsedMs: 250,
        message: "\x1b[31mred\x1b[0m \x00\x08]]> \ud800 line\nbreak",
        details: "1 < 2\n&",
        output: "said\x0b",
      },
      { className: "a", name: "cell 3", outcome: "skipped", message: "late" },
      { className: "a", name: "cell 4", outcome: "error", message: "gone" },
    ],
  }]);
  assert.equal(
    xml,
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="skein" tests="4" failures="1" errors="1" skipped="1" time="1.750">
  <testsuite name="a &quot;b&quot; &amp; &lt;c&gt;.ipynb" tests="4" failures="1" errors="1" skipped="1" time="1.750">
    <testcase classname="a" name="cell 1" time="1.500"/>
    <testcase classname="a" name="cell 2" time="0.250">
      <failure message="red ]]&gt; \ufffd line&#10;break" type="failed">1 &lt; 2
&amp;</failure>
      <system-out>said</system-out>
    </testcase>
    <testcase classname="a" name="cell 3">
      <skipped message="late"/>
    </testcase>
    <testcase classname="a" name="cell 4">
      <error message="gone" type="error">gone</error>
    </testcase>
  </testsuite>
</testsuites>
`,
  );
});

// deno-lint-ignore-file no-console -- A program whose output is its result.
/**
 * `deno task test:jupyter`: our kernel under programs that were not written
 * here. Makes its own Python environment under `out/`, installs the kernel
 * there, and closes with the plain line that counts.
 *
 * Without arguments all suites run; else those that are named.
 * @module
 */
import { checkServe } from "./serve.ts";
import { run, type SuiteResult } from "./suite.ts";
import { checkConformance } from "./conformance.ts";
import { checkHub } from "./hub.ts";
import { prepareEnvironment } from "./environment.ts";
import { compareWithJupytext } from "./jupytext.ts";
import { runLab } from "./lab.ts";
import { checkNpm } from "./npm.ts";

const environment = await prepareEnvironment();
const wanted = new Set(Deno.args);
const suites: Record<string, () => Promise<SuiteResult>> = {
  kernel: () => run("jupyter_kernel_test", "test_kernel.py", environment),
  clients: () =>
    run("nbclient, nbconvert, papermill", "test_clients.py", environment),
  grading: () => run("nbgrader", "test_grading.py", environment),
  parameters: () =>
    run("papermill and parameters", "test_parameters.py", environment),
  export: () => run("nbformat and exports", "test_export.py", environment),
  bench: () => checkConformance(environment),
  text: () => compareWithJupytext(environment),
  lab: () => runLab(environment),
  serve: () => checkServe(environment),
  hub: () => checkHub(environment),
  npm: () => checkNpm(environment),
};

let passed = 0;
let failed = 0;
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.size > 0 && !wanted.has(name)) continue;
  const result = await suite();
  passed += result.passed;
  failed += result.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
Deno.exit(failed === 0 && passed > 0 ? 0 : 1);

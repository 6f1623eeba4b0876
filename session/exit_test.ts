import assert from "node:assert/strict";
import { BEGAN_NONE, endByLimit, type ExitFacts, explainExit } from "./exit.ts";

const CRASHED: ExitFacts = {
  closed: false,
  exitingCode: null,
  code: 1,
  signal: null,
  lastStderr: "",
  maxHeapMb: null,
  ended: null,
};

function check(
  facts: Partial<ExitFacts>,
  type: string,
  message: RegExp,
): void {
  const exit = explainExit({ ...CRASHED, ...facts });
  assert.equal(exit.type, type);
  assert.match(exit.message, message);
  assert.equal(exit.code, facts.code ?? CRASHED.code);
  assert.equal(exit.signal, facts.signal ?? null);
}

Deno.test("explainExit() tells each end in plain words", () => {
  const lastStderr = "\n# Fatal JavaScript out of memory: Reached heap limit\n";
  check({ closed: true, signal: "SIGKILL" }, "closed", /was closed$/);
  check({ exitingCode: 3, code: 3 }, "exited", /Deno\.exit\(3\).*lost$/);
  check({ exitingCode: 0, code: 0 }, "exited", /Deno\.exit\(0\)/);
  check({ lastStderr, maxHeapMb: 64 }, "out-of-memory", /64 MiB.*lost$/);
  check({ lastStderr, signal: "SIGTRAP" }, "out-of-memory", /larger --max-h/);
  check({ signal: "SIGKILL" }, "killed", /by SIGKILL, by a cell, by another/);
  check({ signal: "SIGTERM" }, "killed", /by SIGTERM; its variables are lost/);
  check({ signal: "SIGSEGV" }, "crashed", /by SIGSEGV; its variables/);
  check({ code: 0 }, "exited", /by itself with exit code 0/);
  check({ code: 70 }, "crashed", /by itself with exit code 70/);
});

Deno.test("explainExit() believes a cell's word only when the system agrees", () => {
  check({ exitingCode: -1, code: 255 }, "exited", /Deno\.exit\(-1\)/);
  check({ exitingCode: 0, code: 70 }, "crashed", /by itself with exit code 70/);
  check({ exitingCode: 3, signal: "SIGKILL" }, "killed", /by SIGKILL/);
  check({ closed: true, exitingCode: 3 }, "closed", /was closed$/);
});

Deno.test("explainExit() says that a session began no cell any more", () => {
  check(
    { ended: BEGAN_NONE, code: 137, signal: "SIGKILL" },
    "crashed",
    /began no cell any more .*variables are lost$/,
  );
});

Deno.test("explainExit() says which limit was reached, and what changes it", () => {
  const breach = { limit: "maxThreads", found: 9, allowed: 8 } as const;
  check(
    { ended: endByLimit(breach), code: 137, signal: "SIGKILL" },
    "limit",
    /^the session was ended: .* 9 threads, the limit is 8 \(--max-threads\); its variables are lost$/,
  );
});

Deno.test("explainExit() says which unstable API a cell used", () => {
  const lastStderr =
    "Unstable API 'Deno.magic'. The `--unstable-magic` flag must be provided.\n";
  check(
    { lastStderr, code: 70 },
    "crashed",
    /unstable API Deno\.magic, which needs --unstable-magic, and cells run without it; its variables are lost$/,
  );
  // Any program may print such a sentence.
  check({ lastStderr, code: 1 }, "crashed", /by itself with exit code 1/);
});

Deno.test("explainExit() says that a session could not read its commands", () => {
  check({ code: 97 }, "crashed", /could not read from its kernel .*lost$/);
  check({ code: 97, exitingCode: 97 }, "exited", /Deno\.exit\(97\)/);
});

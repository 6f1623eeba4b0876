/** Deno has `node:child_process` too, so Node's stand-in is tested in it. */
import assert from "node:assert/strict";
import { NodeBrokenPipe, NodeCommand, NodeNotFound } from "./node_command.ts";

const DENO = Deno.execPath();
const encoder = new TextEncoder();

Deno.test("NodeCommand passes on arguments, folder and variables", async () => {
  const script =
    "console.log(Deno.cwd(), Deno.env.get('SKEIN_TEST')); console.error('e')";
  const { success, code, signal, stdout, stderr } = await new NodeCommand(
    DENO,
    { args: ["eval", script], cwd: "/", env: { SKEIN_TEST: "variable" } },
  ).output();
  assert.deepEqual([success, code, signal], [true, 0, null]);
  assert.equal(new TextDecoder().decode(stdout), "/ variable\n");
  assert.equal(new TextDecoder().decode(stderr), "e\n");
});

Deno.test("NodeCommand tells the exit code", async () => {
  const { success, code } = await new NodeCommand(DENO, {
    args: ["eval", "Deno.exit(3)"],
  }).output();
  assert.deepEqual([success, code], [false, 3]);
});

Deno.test("NodeCommand talks with what it started, and ends it", async () => {
  const child = new NodeCommand(DENO, {
    args: ["eval", "await Deno.stdin.readable.pipeTo(Deno.stdout.writable)"],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const input = child.stdin.getWriter();
  const output = child.stdout.getReader();
  await input.write(encoder.encode("echo"));
  const { value } = await output.read();
  assert.equal(new TextDecoder().decode(value), "echo");
  child.kill("SIGKILL");
  assert.deepEqual(await child.status, {
    success: false,
    code: 137,
    signal: "SIGKILL",
  });
  await output.cancel().catch(() => {});
  await input.abort().catch(() => {});
});

Deno.test("errors of Node are told apart by their codes", () => {
  const withCode = (code: string) => Object.assign(new Error(code), { code });
  assert.ok(withCode("ENOENT") instanceof NodeNotFound);
  assert.ok(withCode("ESRCH") instanceof NodeNotFound);
  assert.ok(withCode("EPIPE") instanceof NodeBrokenPipe);
  assert.ok(!(withCode("EPERM") instanceof NodeNotFound));
  assert.ok(!(new Error("ENOENT") instanceof NodeNotFound));
  assert.ok(!((null as unknown) instanceof NodeBrokenPipe));
});

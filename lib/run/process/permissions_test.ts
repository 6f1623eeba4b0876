import assert from "node:assert/strict";

Deno.test("listPermissionFlags() passes on no more than there is", async () => {
  const program = `
    import { listPermissionFlags, explainNoProcesses } from
      "${new URL("./permissions.ts", import.meta.url)}";
    console.log(JSON.stringify([await listPermissionFlags(), await explainNoProcesses()]));`;
  const check = async (
    flags: readonly string[],
    expected: readonly string[],
    reason: RegExp,
  ) => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        "--no-config",
        "--no-lock",
        ...flags,
        asUrl(program),
      ],
      signal: AbortSignal.timeout(30_000),
    }).output();
    const [passed, explained] = JSON.parse(new TextDecoder().decode(stdout));
    assert.deepEqual(passed, expected);
    assert.match(explained ?? "none", reason);
  };
  await check([], [], /allow it with `skein run --allow-run=/);
  await check(["--allow-run"], ["--allow-run"], /^none$/);
  await check([`--allow-run=${Deno.execPath()}`], [], /^none$/);
  await check(
    ["--allow-net=127.0.0.1:80", "--allow-read=/tmp"],
    [],
    /allow-run/,
  );
  await check(
    ["--allow-net=127.0.0.1"],
    ["--allow-net=127.0.0.1"],
    /allow-run/,
  );
  await check(["--allow-net", "--deny-net=a.example"], [
    "--allow-net=127.0.0.1,localhost,[::1]",
  ], /allow-run/);
  await check(
    ["--allow-env", "--allow-net"],
    ["--allow-net", "--allow-env"],
    /allow-run/,
  );
});

function asUrl(program: string): string {
  return `data:text/javascript,${encodeURIComponent(program)}`;
}

import assert from "node:assert/strict";
import { denoFolder } from "../../folder/mod.ts";
import { fromFileUrl, openCensus } from "../../session/mod.ts";
import { isAlive, untilGone } from "../session/within.ts";

const DENO_DIR = denoFolder(Deno.env.toObject(), Deno.build.os)!;
const MAIN = fromFileUrl(import.meta.resolve("../../main.ts"));

Deno.test({
  name:
    "skein kernel ends when the front end that started it is gone (skipped on Windows)",
  // Windows gives orphans no new parent to be told by.
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const connection = `${folder}/k.json`;
      const port = 0;
      await Deno.writeTextFile(
        connection,
        JSON.stringify({
          transport: "tcp",
          ip: "127.0.0.1",
          shell_port: port,
          iopub_port: port,
          stdin_port: port,
          control_port: port,
          hb_port: port,
          key: "k",
          signature_scheme: "hmac-sha256",
        }),
      );
      // The shell is the front end: it says who its kernel is, and goes away
      // when its input ends.
      const frontEnd = new Deno.Command("sh", {
        args: [
          "-c",
          'export JPY_PARENT_PID=$$; "$@" </dev/null >/dev/null 2>&1 & echo $!; read -r _',
          "sh",
          Deno.execPath(),
          "run",
          "-A",
          MAIN,
          "kernel",
          "--connection-file",
          connection,
        ],
        env: { XDG_DATA_HOME: folder },
        stdin: "piped",
        stdout: "piped",
      }).spawn();
      const reader = frontEnd.stdout.getReader();
      const { value } = await reader.read();
      const pid = Number(new TextDecoder().decode(value).trim());
      assert.ok(isAlive(pid));
      await frontEnd.stdin.close();
      await frontEnd.status;
      await reader.cancel();
      await untilGone(pid);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("skein kernel says in one line what is wrong with a connection file", async () => {
  const folder = await Deno.makeTempDir();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const table: Readonly<Record<string, readonly [object, RegExp]>> = {
    "taken port": [
      { hb_port: taken.addr.port },
      /^Cannot open heartbeat at 127\.0\.0\.1:\d+: /,
    ],
    "address of another machine": [
      { ip: "203.0.113.7" },
      /^Cannot open shell at 203\.0\.113\.7:0: /,
    ],
    "name of no machine": [{ ip: "no such host" }, /^Cannot open shell at /],
    "unknown scheme": [{ signature_scheme: "md5" }, /^Cannot sign messages: /],
    "missing folder": [
      { transport: "ipc", ip: `${folder}/nowhere/socket` },
      /^Cannot open shell at .*nowhere/,
    ],
    "port out of range": [{ shell_port: 70_000 }, /^Cannot read connection/],
  };
  try {
    for (const [name, [wrong, expected]] of Object.entries(table)) {
      const { code, stderr } = await startKernel(folder, wrong);
      assert.equal(code, 2, name);
      // The log stands there as well, such as what the folder may not do.
      const lines = stderr.trimEnd().split("\n")
        .filter((line) => !line.startsWith("Not allowed: "));
      assert.match(lines[0]!, expected, `${name}: ${stderr}`);
      assert.equal(lines.length, 1, stderr);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test({
  name: "skein kernel that can not start leaves no session (Linux only)",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir();
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    try {
      // Where all is allowed, the session is started before the kernel.
      for (
        const [wrong, options] of [
          [{ hb_port: taken.addr.port }, []],
          [{ shell_port: 70_000 }, []],
          [{}, ["--check", "nonsense"]],
          [{}, ["--max-heap-mb", "x"]],
        ] as const
      ) {
        const all = ["--allow-all", ...options];
        const { code } = await startKernel(folder, wrong, all);
        assert.equal(code, 2);
        await untilGone(...listIn(folder));
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

/** Processes that work in a folder. */
function listIn(folder: string): number[] {
  return openCensus().list().map(({ pid }) => pid).filter((pid) => {
    try {
      return Deno.readLinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}

Deno.test("skein kernel warns of a connection that anybody can use", async () => {
  const folder = await Deno.makeTempDir();
  using taken = Deno.listen({ hostname: "0.0.0.0", port: 0 });
  try {
    // The last port is taken, so that it ends by itself.
    const { code, stdout, stderr } = await startKernel(folder, {
      ip: "0.0.0.0",
      key: "",
      hb_port: taken.addr.port,
    });
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^Warning: the connection file has no key, so /m);
    assert.match(stderr, /^Warning: the kernel listens on all network /m);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("skein kernel says in one line which permission or configuration is wrong", async () => {
  const folder = await Deno.makeTempDir();
  const table: readonly (readonly [string, string, RegExp])[] = [
    ["--allow-net=a b", "{}", /^Cannot run: invalid host 'a b'/],
    ["--allow-sys=foo", "{}", /^Cannot run: unknown sys descriptor: 'foo'/],
    ["--allow-env=A=B", "{}", /^Cannot run: invalid env var name: 'A=B'/],
    ["--allow-net=a", "{", /^Cannot read configuration ".*deno\.json"/],
  ];
  try {
    for (const [option, config, expected] of table) {
      await Deno.writeTextFile(`${folder}/deno.json`, config);
      const { code, stderr } = await startKernel(folder, {}, [option]);
      assert.equal(code, 2, option);
      assert.match(stderr, expected, option);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("skein kernel does not grant the home folder by itself", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    // The last port is taken, so that it ends by itself.
    const connection = { hb_port: taken.addr.port };
    const { stderr } = await startKernel(folder, connection);
    assert.match(stderr, /^Not allowed: to read and write all of "[^\n]*$/m);
    const typed = [`--allow-read=${folder}`, `--allow-write=${folder}`];
    const granted = await startKernel(folder, connection, typed);
    assert.doesNotMatch(granted.stderr, /Not allowed/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function startKernel(
  folder: string,
  connection: object,
  options: readonly string[] = [],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const path = `${folder}/connection.json`;
  const whole = {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: 0,
    iopub_port: 0,
    stdin_port: 0,
    control_port: 0,
    hb_port: 0,
    key: "k",
    ...connection,
  };
  await Deno.writeTextFile(path, JSON.stringify(whole));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", MAIN, "kernel", "--connection-file", path],
      ...options,
    ],
    cwd: folder,
    env: { XDG_DATA_HOME: folder, NO_COLOR: "1", HOME: folder, DENO_DIR },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

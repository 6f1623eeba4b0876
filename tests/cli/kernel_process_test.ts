import assert from "node:assert/strict";
import { fromFileUrl } from "../../session/mod.ts";
import { isAlive, untilGone } from "../session/within.ts";

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

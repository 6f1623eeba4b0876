/**
 * A kernel, in a process of its own, that reads a source which takes for ever.
 * @module
 */
import { Kernel } from "../../kernel/mod.ts";

const kernel = new Kernel({
  notebookUrl: import.meta.url,
  permissions: { type: "all" },
  send({ header }) {
    if (header.msg_type !== "execute_reply") return;
    ask("async (".repeat(60));
    // deno-lint-ignore no-console -- This is how it tells.
    console.log("reading");
  },
});
ask("1");

function ask(code: string): void {
  const header = { msg_id: code, session: "s", msg_type: "execute_request" };
  kernel.handle({ header, content: { code } }, { channel: "shell" });
}

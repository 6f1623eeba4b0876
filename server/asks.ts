/**
 * Questions of editors to a kernel, which answers them while cells run.
 * @module
 */
import { type Kernel, toCodePoints, toUtf16 } from "../kernel/mod.ts";
import type { OutgoingMessage } from "../protocol/mod.ts";
import type { PageRequest } from "./protocol.ts";

/** What an editor asks. */
export type Ask = Extract<PageRequest, { type: "ask" }>;

/** Open questions. */
export class Asks {
  readonly #open = new Map<string, (content: unknown) => void>();

  /** Asks; offsets are UTF-16 units on this side and code points on the other. */
  async ask(kernel: Kernel, { about, code, cursor }: Ask): Promise<unknown> {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const id = crypto.randomUUID();
    this.#open.set(id, resolve);
    const header = {
      msg_id: id,
      session: "page",
      msg_type: `${about}_request`,
    };
    const content = { code, cursor_pos: toCodePoints(code, cursor) };
    kernel.handle({ header, content }, { channel: "shell" });
    const reply = await promise as Record<string, unknown> | null;
    return reply === null || about === "inspect" ? reply : {
      ...reply,
      cursor_start: toUtf16(code, Number(reply.cursor_start ?? 0)),
      cursor_end: toUtf16(code, Number(reply.cursor_end ?? 0)),
    };
  }

  /** Takes an answer; says whether the message was one. */
  take({ header, parent_header, content }: OutgoingMessage): boolean {
    const id = String(parent_header.msg_id ?? "");
    const resolve = this.#open.get(id);
    if (resolve === undefined || !header.msg_type.endsWith("_reply")) {
      return false;
    }
    this.#open.delete(id);
    resolve(content);
    return true;
  }

  /** Nobody will answer any more. */
  giveUp(): void {
    for (const resolve of this.#open.values()) resolve(null);
    this.#open.clear();
  }
}

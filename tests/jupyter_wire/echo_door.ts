/**
 * A door with a small kernel behind it, which echoes.
 * @module
 */
import { type Connection, type Door, openDoor } from "../../jupyter/mod.ts";
import type { DoorOptions } from "../../jupyter/mod.ts";

/** A door that echoes, and what it has logged. */
export interface EchoDoor extends AsyncDisposable {
  /** The door. */
  readonly door: Door;
  /** What it has logged so far. */
  readonly lines: readonly string[];
}

/** A connection file for any free ports, with a key. */
export const ANYWHERE: Connection = {
  type: "connection",
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 0,
  control_port: 0,
  stdin_port: 0,
  iopub_port: 0,
  hb_port: 0,
  signature_scheme: "hmac-sha256",
  key: "secret",
};

/**
 * Opens a door that echoes: `echo` is answered and published, `flood` publishes
 * many, `ask` prompts, what is typed is published, `fail` throws.
 *
 * @param options What differs from a door at any free ports.
 * @returns The door, open.
 */
export async function openEchoDoor(
  options: Partial<DoorOptions> = {},
): Promise<EchoDoor> {
  const lines: string[] = [];
  const aborted = new AbortController();
  const door: Door = await openDoor({
    connection: ANYWHERE,
    kernelId: "k",
    signal: aborted.signal,
    log: (line) => lines.push(line),
    onRequest: ({ header, content, buffers }, { channel, route }) => {
      const type = String(header.msg_type);
      const parent = header as never;
      const message = {
        header: { ...parent as object, msg_type: type } as never,
        parent_header: parent,
        metadata: {},
        content,
        buffers,
      };
      if (type === "fail") throw new TypeError("the handler threw");
      if (type === "ask") {
        door.send({ ...message, channel: "stdin", route });
        return;
      }
      if (type === "flood") {
        for (let number = 0; number < Number(content.count); number++) {
          door.send({ ...message, channel: "iopub", content: { number } });
        }
        return;
      }
      door.send({ ...message, channel, route });
      // Long data goes back to the asker only.
      if (buffers.every(({ length }) => length < 1024)) {
        door.send({ ...message, channel: "iopub" });
      }
    },
    onInputReply: ({ header, content }) => {
      door.send({
        channel: "iopub",
        header: header as never,
        parent_header: {},
        metadata: {},
        content,
      });
    },
    ...options,
  });
  return {
    door,
    lines,
    [Symbol.asyncDispose]: () => door.close(),
  };
}

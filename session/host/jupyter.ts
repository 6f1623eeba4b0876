/**
 * `Deno.jupyter` inside cells: how code displays values.
 *
 * The interface is the one that `deno jupyter` has, so that notebooks written
 * for it, and our own helper library, work in both.
 * @module
 */
import { currentExecution } from "./attribution.ts";
import type { Displays } from "./displays.ts";
import { DISPLAY, formatValue } from "./format.ts";
import type { EmitEvent } from "./frames.ts";
import { installGpu } from "./gpu.ts";
import { imageType } from "./image_type.ts";
import {
  append,
  own,
  ThePromise,
  TheString,
  TheTypeError,
  TheUint8Array,
  toBase64,
} from "./intrinsics.ts";
import type { MimeBundle } from "../../protocol/output.ts";
import type { SessionEvent } from "../../protocol/session.ts";

/** How to display a value. */
export interface DisplayOptions {
  /** Take a plain object as a MIME bundle. @default false */
  readonly raw?: boolean;
  /** Replace what was displayed under the same id. @default false */
  readonly update?: boolean;
  /** Name under which the display can be replaced later. */
  readonly display_id?: string;
}

/**
 * Makes `Deno.jupyter` available.
 *
 * @param emit Where displays go.
 * @param displays Where those under way are kept.
 */
export function installJupyter(emit: EmitEvent, displays: Displays): void {
  const show = (data: MimeBundle, options: DisplayOptions) =>
    emit({
      type: "display",
      executionId: currentExecution(),
      data,
      metadata: {},
      ...(options.display_id === undefined
        ? {}
        : { displayId: TheString(options.display_id) }),
      update: Boolean(options.update),
    });

  const jupyter = {
    $display: DISPLAY,
    display(value: unknown, options: DisplayOptions = {}): Promise<void> {
      if (!options.raw || typeof value !== "object" || value === null) {
        return displays.add(async () =>
          show((await own(formatValue(value))).bundle, options)
        );
      }
      show(value as MimeBundle, options);
      return new ThePromise((resolve) => resolve());
    },
    /** Shows a value in the front end's pager, beside the notebook. */
    async page(value: unknown): Promise<void> {
      const executionId = currentExecution();
      const { bundle: data } = await own(formatValue(value));
      emit({ type: "page", executionId, data });
    },
    async format(value: unknown): Promise<MimeBundle> {
      return (await own(formatValue(value))).bundle;
    },
    md: template("text/markdown"),
    html: template("text/html"),
    svg: template("image/svg+xml"),
    image,
    broadcast(
      type: string,
      content: Record<string, unknown>,
      extra: Extra = {},
    ): Promise<void> {
      emit(toEvent(type, content, extra));
      return new ThePromise((resolve) => resolve());
    },
  };
  // Deno has a setter for this very purpose; its own getter throws outside `deno jupyter`.
  (Deno as unknown as { jupyter: unknown }).jupyter = jupyter;
  installGpu();
}

function template(mime: string) {
  return (strings: TemplateStringsArray, ...values: unknown[]) => {
    let text = strings[0]!;
    for (let i = 1; i < strings.length; i++) {
      text += TheString(values[i - 1] ?? "") + strings[i]!;
    }
    return { [DISPLAY]: () => ({ [mime]: text }) };
  };
}

function image(source: string | Uint8Array) {
  const bytes = typeof source === "string" ? readFileSync(source) : source;
  const mime = imageType(bytes);
  if (mime === null) {
    throw new TheTypeError(
      "Cannot display image: its first bytes are of no known format, expected PNG, JPEG or GIF",
    );
  }
  const data = { [mime]: toBase64(bytes) };
  return { [DISPLAY]: () => data };
}

/** What goes beside the content of a message. */
interface Extra {
  readonly metadata?: MimeBundle;
  readonly buffers?: readonly (ArrayBuffer | ArrayBufferView)[];
}

/** Outputs and comms are told as such: the kernel keeps account of them. */
function toEvent(
  messageType: string,
  content: Record<string, unknown>,
  { metadata, buffers = [] }: Extra,
): SessionEvent {
  const executionId = currentExecution();
  checkMessage(messageType, content);
  const extra = { metadata: metadata ?? {}, buffers: asBase64(buffers) };
  const kind = COMM_KINDS[messageType as keyof typeof COMM_KINDS];
  if (kind !== undefined) {
    const { comm_id, target_name, data = {} } = content;
    const target = kind === "open"
      ? { targetName: TheString(target_name) }
      : {};
    const commId = TheString(comm_id);
    return {
      type: "comm",
      executionId,
      kind,
      commId,
      ...target,
      data,
      ...extra,
    };
  }
  const isPlain = metadata === undefined && buffers.length === 0;
  if (messageType === "clear_output" && isPlain) {
    return { type: "clear", executionId, wait: content.wait === true };
  }
  const update = messageType === "update_display_data";
  if ((update || messageType === "display_data") && isPlain) {
    const { data, metadata, transient } = content;
    const { display_id } = (transient ?? {}) as DisplayOptions;
    return {
      type: "display",
      executionId,
      data: (data ?? {}) as MimeBundle,
      metadata: (metadata ?? {}) as MimeBundle,
      ...(display_id === undefined ? {} : { displayId: TheString(display_id) }),
      update,
    };
  }
  if (messageType === "stream" && isPlain && isStream(content)) {
    const { name, text } = content;
    return { type: "stream", executionId, name, text };
  }
  return { type: "broadcast", executionId, messageType, content, ...extra };
}

function checkMessage(messageType: unknown, content: unknown): void {
  if (typeof messageType !== "string" || messageType === "") {
    throw new TheTypeError(
      `Cannot broadcast: its type is ${
        inspect(messageType)
      }, expected a string`,
    );
  }
  if (messageType === "status") {
    throw new TheTypeError(
      'Cannot broadcast "status": only the kernel knows it, expected another type',
    );
  }
  if (typeof content !== "object" || content === null) {
    throw new TheTypeError(
      `Cannot broadcast "${messageType}": its content is ${
        inspect(content)
      }, expected an object`,
    );
  }
}

function isStream(
  content: Record<string, unknown>,
): content is { name: "stdout" | "stderr"; text: string } {
  const { name, text } = content;
  return (name === "stdout" || name === "stderr") && typeof text === "string";
}

function asBase64(
  buffers: readonly (ArrayBuffer | ArrayBufferView)[],
): string[] {
  const texts: string[] = [];
  for (let i = 0; i < buffers.length; i++) {
    const bytes = buffers[i]!;
    const view = isView(bytes)
      ? new TheUint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : new TheUint8Array(bytes);
    append(texts, toBase64(view));
  }
  return texts;
}

const { inspect, readFileSync } = Deno;
const { isView } = ArrayBuffer;

const COMM_KINDS = {
  comm_open: "open",
  comm_msg: "msg",
  comm_close: "close",
} as const;

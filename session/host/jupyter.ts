/**
 * `Deno.jupyter` inside cells: how code displays values.
 *
 * The interface is the one that `deno jupyter` has, so that notebooks written
 * for it, and our own helper library, work in both.
 * @module
 */
import { currentExecution } from "./attribution.ts";
import type { Displays } from "./displays.ts";
import { DISPLAY, formatValue, imageType } from "./format.ts";
import type { EmitEvent } from "./frames.ts";
import type { MimeBundle } from "../../protocol/output.ts";

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
        : { displayId: String(options.display_id) }),
      update: Boolean(options.update),
    });

  const jupyter = {
    $display: DISPLAY,
    display(value: unknown, options: DisplayOptions = {}): Promise<void> {
      if (!options.raw || typeof value !== "object" || value === null) {
        return displays.add(
          formatValue(value).then((bundle) => show(bundle, options)),
        );
      }
      show(value as MimeBundle, options);
      return Promise.resolve();
    },
    /** Shows a value in the front end's pager, beside the notebook. */
    async page(value: unknown): Promise<void> {
      const executionId = currentExecution();
      emit({ type: "page", executionId, data: await formatValue(value) });
    },
    format: formatValue,
    md: template("text/markdown"),
    html: template("text/html"),
    svg: template("image/svg+xml"),
    image,
    broadcast(
      type: string,
      content: Record<string, unknown>,
      extra: { metadata?: MimeBundle } = {},
    ): Promise<void> {
      broadcast(emit, type, content, extra.metadata ?? {});
      return Promise.resolve();
    },
  };
  // Deno has a setter for this very purpose; its own getter throws outside `deno jupyter`.
  (Deno as unknown as { jupyter: unknown }).jupyter = jupyter;
}

function template(mime: string) {
  return (strings: TemplateStringsArray, ...values: unknown[]) => {
    const text = strings.reduce((all, part, i) =>
      all + String(values[i - 1] ?? "") + part
    );
    return { [DISPLAY]: () => ({ [mime]: text }) };
  };
}

function image(source: string | Uint8Array) {
  const bytes = typeof source === "string" ? Deno.readFileSync(source) : source;
  const mime = imageType(bytes);
  if (mime === null) {
    throw new TypeError(
      "Cannot display image: its first bytes are of no known format, expected PNG, JPEG or GIF",
    );
  }
  const data = { [mime]: bytes.toBase64() };
  return { [DISPLAY]: () => data };
}

function broadcast(
  emit: EmitEvent,
  type: string,
  content: Record<string, unknown>,
  metadata: MimeBundle,
): void {
  const executionId = currentExecution();
  if (type === "clear_output") {
    emit({ type: "clear", executionId, wait: content.wait === true });
  } else if (type === "display_data" || type === "update_display_data") {
    const { display_id } = (content.transient ?? {}) as DisplayOptions;
    emit({
      type: "display",
      executionId,
      data: (content.data ?? {}) as MimeBundle,
      metadata: (content.metadata ?? metadata) as MimeBundle,
      ...(display_id === undefined ? {} : { displayId: String(display_id) }),
      update: type === "update_display_data",
    });
  } else {
    throw new TypeError(
      `Cannot broadcast "${type}": it is no output message, expected display_data, update_display_data or clear_output`,
    );
  }
}

/**
 * `kernel_info_request`: who we are. Pure.
 *
 * Source: Jupyter messaging protocol 5.5, "Kernel info".
 * @module
 */
import { PROTOCOL_VERSION, type RequestOf } from "../../protocol/mod.ts";
import { type Decision, type KernelState, publishStatus } from "../state.ts";

/** Version of this kernel, the same as in `deno.json`. */
export const SKEIN_VERSION = "0.1.0";

/**
 * Decides what a question about the kernel means.
 *
 * @param state What is known.
 * @param request The question.
 */
export function onKernelInfoRequest(
  state: KernelState,
  request: RequestOf<"kernel_info_request">,
): Decision {
  return {
    state,
    actions: [
      publishStatus(request.header, "busy"),
      {
        type: "reply",
        asker: request,
        messageType: "kernel_info_reply",
        content: {
          ...KERNEL_INFO,
          language_info: LANGUAGE_INFO[state.cells],
        },
      },
      publishStatus(request.header, "idle"),
    ],
  };
}

const LANGUAGE_INFO = {
  typescript: {
    name: "typescript",
    version: "6.0.3",
    mimetype: "text/x.typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    // A plain string: other shapes break some front ends.
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  },
  javascript: {
    name: "javascript",
    version: "",
    mimetype: "text/javascript",
    file_extension: ".js",
    pygments_lexer: "javascript",
    codemirror_mode: "javascript",
    nbconvert_exporter: "script",
  },
};
const KERNEL_INFO = {
  status: "ok",
  protocol_version: PROTOCOL_VERSION,
  implementation: "skein",
  implementation_version: SKEIN_VERSION,
  banner:
    "Skein: TypeScript on Deno, with Workers and processes you can see at work",
  help_links: [
    { text: "Deno", url: "https://docs.deno.com" },
    { text: "TypeScript", url: "https://www.typescriptlang.org/docs" },
  ],
  debugger: false,
  supported_features: ["kernel subshells"],
};

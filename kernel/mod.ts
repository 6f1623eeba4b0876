/**
 * The kernel, free of any transport.
 * @module
 */
export { Kernel } from "./kernel.ts";
export type { KernelOptions, RequestOrigin } from "./options.ts";
export {
  admitCheck,
  CHECK_MODES,
  type CheckMode,
  isCheckMode,
} from "./check_mode.ts";
export type { HistoryStore } from "./history.ts";
export { FileHistory } from "./history_file.ts";
export { Translator } from "./translator.ts";
export { SKEIN_VERSION } from "./requests/kernel_info.ts";
export { toCodePoints, toUtf16 } from "./offsets.ts";

export type {
  LivingThing,
  LookedAt,
  LookedLock,
  SessionLook,
} from "../session/mod.ts";
export type { KernelView } from "./view.ts";

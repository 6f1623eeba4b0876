/**
 * The kernel, free of any transport.
 * @module
 */
export { Kernel, type KernelOptions, type RequestOrigin } from "./kernel.ts";
export type { HistoryStore } from "./history.ts";
export { FileHistory } from "./history_file.ts";
export { SKEIN_VERSION } from "./requests/kernel_info.ts";

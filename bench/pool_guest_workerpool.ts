/**
 * The task of `pool_arms.ts` for workerpool, which wants a file of its own.
 * @module
 */
import { increment } from "./pool_guest_plain.ts";
import { loadLibrary } from "./pool_libraries.ts";

const { worker } = await loadLibrary("workerpool");
worker({ increment });

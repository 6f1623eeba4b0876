/**
 * The task of `pool_arms.ts`, for libraries that have a part of their own in
 * the thread. Which library is in the thread's address: `?comlink`.
 * @module
 */
import { increment } from "./pool_guest_plain.ts";
import { loadLibrary } from "./pool_libraries.ts";

switch (new URL(import.meta.url).search.slice(1)) {
  case "comlink": {
    const { expose } = await loadLibrary("comlink");
    expose(increment);
    break;
  }
  case "poolifier-web-worker": {
    const { ThreadWorker } = await loadLibrary("poolifier-web-worker");
    new ThreadWorker((n: number) => increment(n));
    break;
  }
}

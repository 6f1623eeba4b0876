/**
 * Pools, threads and processes for functions, and commands.
 * @module
 */
export type { Work } from "./code.ts";
export type { JobReport, RunOptions } from "./job.ts";
export { type Pool, pool, type PoolOptions } from "./pool.ts";
export { process, type ProcessOptions } from "./process.ts";
export type { RemoteFunction } from "./remote_function.ts";
export { listPoolThreads, type PoolThread } from "./roster.ts";
export type { JobTiming } from "./stamps.ts";
export { worker, type WorkerOptions } from "./worker.ts";

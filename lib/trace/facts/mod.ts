/**
 * What follows from a recording: locks, tasks, turns, and what a timeline shows.
 * @module
 */
export * from "./contention_facts.ts";
export * from "./lanes.ts";
export * from "./lock_moment.ts";
export * from "./stuck.ts";
export * from "./task_tree_facts.ts";
export * from "./timeline_groups.ts";
export * from "./turn_facts.ts";

import assert from "node:assert/strict";
import {
  defaultLimits,
  describeBreach,
  findBreach,
  type Limits,
  type Usage,
} from "./limits.ts";

const NOTHING: Usage = {
  maxMemoryMb: 0,
  maxProcesses: 0,
  maxThreads: 0,
  maxOpenFiles: 0,
  maxDiskMb: 0,
};

function check(
  usage: Partial<Usage>,
  limits: Limits,
  expected: string | null,
): void {
  const breach = findBreach({ ...NOTHING, ...usage }, limits);
  assert.equal(breach === null ? null : describeBreach(breach), expected);
}

Deno.test("findBreach() finds what is more than is allowed, and nothing else", () => {
  check({}, {}, null);
  check({ maxMemoryMb: 1e9, maxThreads: 1e9 }, {}, null);
  check({ maxMemoryMb: 100 }, { maxMemoryMb: 100 }, null);
  check(
    { maxMemoryMb: 100.1 },
    { maxMemoryMb: 100 },
    breach("took a memory of 100 MiB, the limit is 100 MiB (--max-memory-mb)"),
  );
  check(
    { maxProcesses: 9 },
    { maxProcesses: 8 },
    breach("were 9 processes, the limit is 8 (--max-processes)"),
  );
  check(
    { maxThreads: 9 },
    { maxThreads: 8 },
    breach("had 9 threads, the limit is 8 (--max-threads)"),
  );
  check(
    { maxThreads: 2 },
    { maxThreads: 1 },
    breach("had 2 threads, the limit is 1 (--max-threads)"),
  );
  check(
    { maxOpenFiles: 9 },
    { maxOpenFiles: 8 },
    breach(
      "held 9 open files and sockets, the limit is 8 (--max-open-files)",
    ),
  );
  check(
    { maxDiskMb: 9 },
    { maxDiskMb: 8 },
    breach("filled the disk with 9 MiB, the limit is 8 MiB (--max-disk-mb)"),
  );
});

function breach(rest: string): string {
  return `the cells and all they have started ${rest}`;
}

Deno.test("defaultLimits() leave a part of the machine to others", () => {
  const { maxMemoryMb, maxDiskMb } = defaultLimits({
    memoryMb: 1000,
    freeDiskMb: 500,
  });
  assert.deepEqual([maxMemoryMb, maxDiskMb], [750, 250]);
  const unknown = defaultLimits({ memoryMb: 1000, freeDiskMb: null });
  assert.equal(unknown.maxDiskMb, undefined);
});

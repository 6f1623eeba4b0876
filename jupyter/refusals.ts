/**
 * Says what was refused, without letting peers fill the log.
 *
 * A client that speaks the wrong protocol comes back ten times a second.
 * @module
 */

/** Tells that something was refused, and why. */
export type Refuse = (what: string, reason: string) => void;

/**
 * Makes a log of refusals: the first ones in full, then each time their number
 * has doubled.
 *
 * @param log Takes lines.
 * @returns The log.
 */
export function logRefusals(log: (line: string) => void): Refuse {
  let count = 0;
  return (what, reason) => {
    count++;
    if (count <= ALL_UP_TO) log(`${what}: ${reason}`);
    else if (Math.log2(count) % 1 === 0) {
      log(`${what}: ${reason} (${count} were refused so far)`);
    }
  };
}

const ALL_UP_TO = 16;

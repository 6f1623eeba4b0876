/**
 * The line between a page and its server, which can be cut: what is under way is
 * lost on both sides, as with sleep or a lost network.
 * @module
 */
import type { Page } from "./desk.ts";

/** A line. */
export interface Line {
  /** Lets a page's connections go over it, from its next one on. */
  carry(page: Page): Promise<void>;
  /** Drops what comes for a while, then the connection. */
  cut(): void;
}

/** Makes a line. */
export function makeLine(): Line {
  const ends = new Set<() => void>();
  return {
    carry: (page) =>
      page.routeWebSocket(/\/live$/, (near) => {
        const far = near.connectToServer();
        let isCut = false;
        near.onMessage((message) => isCut || far.send(message));
        far.onMessage((message) => isCut || near.send(message));
        ends.add(() => {
          isCut = true;
          setTimeout(() => {
            // 1006 can not be sent; 4001 means as well that coming back is of use.
            void near.close({ code: 4001 });
            void far.close({ code: 4001 });
          }, DEAD_MS);
        });
      }),
    cut() {
      for (const end of ends) end();
      ends.clear();
    },
  };
}

const DEAD_MS = 200;

/**
 * What cells start by Node's modules: processes and servers.
 *
 * Loading such a module takes 30 ms, so each is watched from the moment that a
 * cell imports it; packages that a cell uses meet the same classes.
 * @module
 */
import { apply, findPattern, nodeProcess, own } from "./intrinsics.ts";
import type { NodeProcessHost } from "./node_processes.ts";
import { register } from "./servers.ts";

interface NodeServer {
  address(): unknown;
  close(): void;
  closeAllConnections?(): void;
  once(event: string, listener: () => void): void;
}

/** Makes what a module starts known, once a cell imports it. */
export class NodeTracking {
  readonly #host: NodeProcessHost;
  #hasProcesses = false;
  #hasServers = false;

  /** @param host What tracking needs. */
  constructor(host: NodeProcessHost) {
    this.#host = host;
  }

  /**
   * Gets ready for a module, before it is imported.
   *
   * @param url What a cell imports.
   */
  async prepare(url: string): Promise<void> {
    if (url === "node:child_process" && !this.#hasProcesses) {
      this.#hasProcesses = true;
      const { trackNodeProcesses } = await own(import("./node_processes.ts"));
      trackNodeProcesses(this.#host);
    } else if (findPattern(SERVING, url) !== null && !this.#hasServers) {
      this.#hasServers = true;
      this.#trackServers();
    }
  }

  /** All servers of Node begin to listen in one method of one class. */
  #trackServers(): void {
    const { children } = this.#host;
    const { Server } = (nodeProcess() as NodeProcess).getBuiltinModule(
      "node:net",
    );
    const { listen } = Server.prototype;
    Server.prototype.listen = function (this: NodeServer, ...args: unknown[]) {
      this.once("listening", () => {
        const { ended } = register(children, this.address(), () => {
          this.close();
          this.closeAllConnections?.();
        });
        this.once("close", ended);
      });
      return apply(listen, this, args);
    };
  }
}

interface NodeProcess {
  getBuiltinModule(name: "node:net"): {
    Server: { prototype: { listen(...args: unknown[]): unknown } };
  };
}

const SERVING = /^node:(?:net|http|https|http2|tls)$/;

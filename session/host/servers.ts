/**
 * Servers that cells start: known while they listen, and closed with their cell's
 * interrupt or one by one.
 *
 * Whoever asks `Deno.serve` gets the true server, with a signal of ours beside
 * the cell's own. Those of `node:net` and what stands on it are in
 * `node_servers.ts`.
 * @module
 */
import type { Children, Registration } from "./children.ts";
import {
  apply,
  bare,
  defineProperty,
  free,
  isObject,
  TheAbortController,
  TheString,
} from "./intrinsics.ts";

/**
 * Replaces `Deno.serve`, `Deno.listen` and `Deno.listenTls`.
 *
 * @param children Where servers are registered.
 */
export function installServers(children: Children): void {
  const { serve } = Deno;
  const replaced = (...args: unknown[]): unknown => {
    const at = isObject(args[0]) && typeof args[0] !== "function" ? 0 : -1;
    const given = at < 0 ? {} : args[at] as Deno.ServeOptions;
    const stopper = new TheAbortController();
    const signal = given.signal instanceof AbortSignal
      ? anyOf(bare([given.signal, stopper.signal]))
      : stopper.signal;
    const options = { ...given, signal };
    const server = apply(
      serve,
      Deno,
      at < 0 ? [options, ...args] : [options, args[1]],
    ) as Deno.HttpServer;
    const { ended } = register(children, server.addr, () => abort(stopper));
    void server.finished.then(ended, ended);
    return server;
  };
  Deno.serve = replaced as typeof Deno.serve;
  for (const name of ["listen", "listenTls"] as const) {
    const listen = Deno[name] as (options: unknown) => Deno.Listener;
    Deno[name] = ((options: unknown) => {
      const listener = apply(listen, Deno, [options]) as Deno.Listener;
      watchClose(listener, children);
      return listener;
    }) as never;
  }
}

function watchClose(listener: Deno.Listener, children: Children): void {
  const { close } = listener;
  const { ended } = register(children, listener.addr, () => {
    ended();
    apply(close, listener, []);
  });
  const value = () => {
    ended();
    apply(close, listener, []);
  };
  for (const name of ["close", Symbol.dispose]) {
    defineProperty(listener, name, bare({ value, configurable: true }));
  }
}

/** Takes a server in that listens already. */
export function register(
  children: Children,
  address: unknown,
  stop: () => void,
): Registration {
  return children.add({
    what: "server",
    name: addressText(address),
    raw: false,
    stop: () => {
      try {
        stop();
      } catch {
        // It was closed already, which is what was wanted.
      }
    },
  });
}

function addressText(address: unknown): string {
  if (!isObject(address)) return TheString(address);
  // Node says `address` where Deno says `hostname`.
  const { hostname, address: host, port, path } = address;
  return path === undefined
    ? `${TheString(host ?? hostname)}:${TheString(port)}`
    : TheString(path);
}

const anyOf = AbortSignal.any.bind(AbortSignal) as (
  signals: AbortSignal[],
) => AbortSignal;
const abort = free<AbortController, [], void>(AbortController.prototype.abort);

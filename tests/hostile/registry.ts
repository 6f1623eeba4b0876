/**
 * A package registry on an address that no cell may talk to, which remembers
 * what it was asked. It has every package that anybody asks for.
 * @module
 */
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";

/** A registry that listens. */
export interface Registry extends AsyncDisposable {
  /** Its address, which ends in `/`. */
  readonly url: string;
  /** Its host and port. */
  readonly host: string;
  /** What it was asked: method, path and authorization. */
  readonly requests: readonly string[];
}

/**
 * Starts a registry.
 *
 * @param marker File that the install scripts of its packages write.
 */
export function openRegistry(marker: string): Registry {
  const requests: string[] = [];
  const server: Deno.HttpServer<Deno.NetAddr> = Deno.serve(
    { hostname: "127.0.0.2", port: 0, onListen() {} },
    async (request): Promise<Response> => {
      const { pathname, origin } = new URL(request.url);
      const url = `${origin}/`;
      const authorization = request.headers.get("authorization") ?? "";
      requests.push(`${request.method} ${pathname} ${authorization}`.trim());
      if (pathname.endsWith(".ts")) {
        return new Response("export const fetched = 'FETCHED' as const;", {
          headers: { "content-type": "text/typescript" },
        });
      }
      const name = decodeURIComponent(
        pathname.slice(1).replace(/\/-\/.*$/, ""),
      );
      const packed = pack(name, marker);
      if (pathname.endsWith(".tgz")) return new Response(packed);
      return Response.json(await describe(name, { packed, url }));
    },
  );
  const host = `127.0.0.2:${server.addr.port}`;
  const url = `http://${host}/`;
  return {
    url,
    host,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function describe(
  name: string,
  { packed, url }: {
    readonly packed: Uint8Array<ArrayBuffer>;
    readonly url: string;
  },
) {
  const digest = await crypto.subtle.digest("SHA-512", packed);
  return {
    name,
    "dist-tags": { latest: "1.0.0" },
    versions: {
      "1.0.0": {
        name,
        version: "1.0.0",
        hasInstallScript: true,
        dist: {
          tarball: `${url}${name}/-/package.tgz`,
          integrity: `sha512-${Buffer.from(digest).toString("base64")}`,
        },
      },
    },
    time: { "1.0.0": "2020-01-01T00:00:00Z" },
  };
}

/** A gzipped tar file with the package in it. */
function pack(name: string, marker: string): Uint8Array<ArrayBuffer> {
  const manifest = {
    name,
    version: "1.0.0",
    type: "module",
    main: "index.js",
    types: "index.d.ts",
    scripts: { postinstall: `env > '${marker}'` },
  };
  const parts = Object.entries({
    "package.json": JSON.stringify(manifest),
    "index.js": "export const loaded = 'LOADED';",
    "index.d.ts": "export declare const loaded: 'LOADED';",
  }).flatMap(([file, text]) => tarEntry(`package/${file}`, text));
  return new Uint8Array(
    gzipSync(Buffer.concat([...parts, new Uint8Array(1024)])),
  );
}

/** Source: POSIX, "ustar Interchange Format". */
function tarEntry(path: string, text: string): readonly Uint8Array[] {
  const encoder = new TextEncoder();
  const body = encoder.encode(text);
  const header = new Uint8Array(512);
  const put = (field: string, at: number) =>
    header.set(encoder.encode(field), at);
  put(path, 0);
  put("0000644\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${body.length.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        ", 148);
  put("0", 156);
  put("ustar\0", 257);
  put("00", 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const padded = new Uint8Array(Math.ceil(body.length / 512) * 512);
  padded.set(body);
  return [header, padded];
}

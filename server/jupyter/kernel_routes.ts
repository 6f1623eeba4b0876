/**
 * `/api/kernels` and `/api/kernelspecs`.
 * @module
 */
import {
  answerNothing,
  HttpError,
  readObject,
  type Routes,
} from "./answers.ts";
import type { Kernels } from "./kernels.ts";
import { LEGACY } from "./wire/legacy.ts";
import { V1, V1_PROTOCOL } from "./wire/v1.ts";

/** How clients are told of the kernel that there is. */
export interface KernelSpec {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** Logos by file name. */
  readonly resources: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
}

/** What routes are made of. */
export interface KernelRoutesOptions {
  readonly kernels: Kernels;
  readonly basePath: string;
  /** Takes a place among all connections; null if there is none left. */
  readonly takePlace: () => (() => void) | null;
}

/** Makes the routes of kernels. */
export function kernelRoutes(
  { kernels, basePath, takePlace }: KernelRoutesOptions,
): Routes {
  return {
    "GET /api/kernels": async () => {
      const all = await kernels.list();
      return Response.json(all.map((kernel) => kernel.describe()));
    },
    "POST /api/kernels": async (call) => {
      const { name, path, kernel_id } = await readObject(call);
      const kernel = await kernels.start({
        name: typeof name === "string" ? name : null,
        path: typeof path === "string" ? path : "",
        ...isId(kernel_id) ? { id: kernel_id } : {},
      });
      return Response.json(kernel.describe(), {
        status: 201,
        headers: { location: `${basePath}api/kernels/${kernel.id}` },
      });
    },
    "GET /api/kernels/:id": async ({ params }) => {
      await kernels.list();
      return Response.json(kernels.get(params.id!).describe());
    },
    "DELETE /api/kernels/:id": async ({ params }) => {
      await kernels.shutDown(params.id!);
      return answerNothing();
    },
    "POST /api/kernels/:id/interrupt": async ({ params }) => {
      await kernels.get(params.id!).interrupt();
      return answerNothing();
    },
    "POST /api/kernels/:id/restart": async ({ params }) => {
      const kernel = kernels.get(params.id!);
      await kernel.restart();
      return Response.json(kernel.describe());
    },
    "GET /api/kernels/:id/channels": ({ request, params, query }) => {
      const kernel = kernels.get(params.id!);
      if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
        throw new HttpError(426, "Expected a WebSocket");
      }
      const leave = takePlace();
      if (leave === null) throw new HttpError(503, "Too many connections");
      const offered = (request.headers.get("sec-websocket-protocol") ?? "")
        .split(",").map((name) => name.trim());
      const isV1 = offered.includes(V1_PROTOCOL);
      const { socket, response } = Deno.upgradeWebSocket(request, {
        idleTimeout: IDLE_SECONDS,
        ...isV1 ? { protocol: V1_PROTOCOL } : {},
      });
      socket.binaryType = "arraybuffer";
      const sessionId = query.get("session_id") ?? crypto.randomUUID();
      kernel.connect(sessionId, socket, isV1 ? V1 : LEGACY);
      socket.addEventListener("close", leave, { once: true });
      return response;
    },
  };
}

/** Makes the routes of kernelspecs. */
export function kernelSpecRoutes(
  { name, spec, resources }: KernelSpec,
  basePath: string,
): Routes {
  const own = {
    name,
    spec,
    resources: Object.fromEntries(
      Object.keys(resources).map((file) => [
        file.replace(/\.\w+$/, ""),
        `${basePath}kernelspecs/${name}/${file}`,
      ]),
    ),
  };
  return {
    "GET /api/kernelspecs": () =>
      Response.json({ default: name, kernelspecs: { [name]: own } }),
    "GET /api/kernelspecs/:name": ({ params }) => {
      if (params.name !== name) {
        throw new HttpError(404, `No such kernel: ${params.name}`);
      }
      return Response.json(own);
    },
    "GET /kernelspecs/:name/:file": ({ params }) => {
      const { file } = params;
      if (params.name !== name || !Object.hasOwn(resources, file!)) {
        throw new HttpError(404, "There is no such resource");
      }
      const type = file!.endsWith(".svg") ? "image/svg+xml" : "image/png";
      return new Response(resources[file!], {
        headers: {
          "content-type": type,
          "content-security-policy": "sandbox; default-src 'none'",
        },
      });
    },
  };
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{1,64}$/.test(value);
}

const IDLE_SECONDS = 30;

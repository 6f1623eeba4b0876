/**
 * What is left of Jupyter's REST interface: small, and the same for everybody.
 * @module
 */
import { answerError, HttpError, readObject, type Routes } from "./answers.ts";
import type { Kernels } from "./kernels.ts";

/** Who is served. */
export interface Identity {
  readonly username: string;
  readonly name: string;
}

/** What the routes are made of. */
export interface SmallRoutesOptions {
  readonly kernels: Kernels;
  readonly identity: Identity;
  readonly connections: () => number;
}

/** Makes the routes. */
export function smallRoutes(
  { kernels, identity, connections }: SmallRoutesOptions,
): Routes {
  const started = new Date().toISOString();
  /** Sections of `/api/config`, as long as the server runs. */
  const config = new Map<string, Readonly<Record<string, unknown>>>();
  const noTerminals = () => answerError(404, "This server has no terminals");
  const noConversion = () =>
    answerError(
      501,
      "This server does not convert notebooks: use `skein export`",
    );
  return {
    "GET /api/status": async () => {
      const all = await kernels.list();
      return Response.json({
        started,
        last_activity: new Date(kernels.activeMs).toISOString(),
        kernels: all.length,
        connections: connections(),
      });
    },
    "GET /api/me": () =>
      Response.json({
        identity: {
          ...identity,
          display_name: identity.name,
          initials: identity.name.slice(0, 2).toUpperCase(),
          avatar_url: null,
          color: null,
        },
        permissions: {},
      }),
    "GET /api/config/:section": ({ params }) =>
      Response.json(config.get(params.section!) ?? {}),
    "PUT /api/config/:section": async (call) => {
      keep(config, call.params.section!, await readObject(call));
      return Response.json(config.get(call.params.section!));
    },
    "PATCH /api/config/:section": async (call) => {
      const section = call.params.section!;
      const changed = { ...config.get(section), ...await readObject(call) };
      // Null takes a field out.
      keep(
        config,
        section,
        Object.fromEntries(
          Object.entries(changed).filter(([, value]) => value !== null),
        ),
      );
      return Response.json(config.get(section));
    },
    // Front ends list the formats at their start, and ask for one by its address.
    "GET /api/nbconvert": () => Response.json({}),
    "GET /nbconvert/*path": noConversion,
    "POST /nbconvert/*path": noConversion,
    "GET /api/terminals": noTerminals,
    "POST /api/terminals": noTerminals,
    "GET /api/terminals/*name": noTerminals,
    "GET /terminals/*name": noTerminals,
    "POST /api/shutdown": () => {
      throw new HttpError(403, "Ctrl-C in its terminal ends this server");
    },
  };
}

function keep(
  config: Map<string, Readonly<Record<string, unknown>>>,
  section: string,
  value: Readonly<Record<string, unknown>>,
): void {
  if (!config.has(section) && config.size >= MOST_SECTIONS) {
    throw new HttpError(507, "Too many sections");
  }
  config.set(section, value);
}

const MOST_SECTIONS = 100;

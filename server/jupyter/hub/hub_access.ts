/**
 * The way in by JupyterHub: browsers log in there and come back with a code,
 * programs have a token of the hub.
 *
 * Source: JupyterHub, "JupyterHub and OAuth".
 * @module
 */
import type { Asked } from "../../gate.ts";
import {
  type Access,
  Cookies,
  isNavigation,
  isSame,
  nextPath,
  readCookie,
} from "../access.ts";
import { answerError } from "../answers.ts";
import { redirect } from "../login.ts";
import type { HubEnvironment } from "./environment.ts";
import type { HubApi } from "./hub_api.ts";

/** Makes the way in. */
export function makeHubAccess(
  hub: HubEnvironment,
  { api, version }: { readonly api: HubApi; readonly version: string | null },
): Access {
  const { basePath, hubUrl, clientId, callbackUrl } = hub;
  // Lax: who comes from a page elsewhere by way of the hub would never arrive.
  const cookies = new Cookies({
    name: "skein-hub",
    path: basePath,
    sameSite: "Lax",
  });
  /** The hub's tokens of browsers, by cookie. */
  const sessions = new Map<string, string>();
  /** Logins that have begun, and where each was to lead. */
  const begun = new Map<string, string>();

  const admits = async (asked: Asked) => {
    const token = sessions.get(cookies.read(asked)) ?? saidToken(asked);
    if (token === null) return false;
    return (await api.findUser(token))?.mayEnter === true;
  };

  const begin = (asked: Asked) => {
    const { pathname, search } = new URL(asked.request.url);
    const state = crypto.getRandomValues(new Uint8Array(24)).toHex();
    remember(begun, state, nextPath(pathname + search, basePath));
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: callbackUrl,
      response_type: "code",
      state,
    });
    const response = redirect(`${hubUrl}api/oauth2/authorize?${query}`);
    // Only the browser that began a login may end it.
    response.headers.append(
      "set-cookie",
      `${STATE}=${state}; Path=${basePath}; Max-Age=600; SameSite=Lax; HttpOnly`,
    );
    return response;
  };

  const finish = async ({ query, request }: Asked) => {
    const state = query.get("state") ?? "";
    const next = begun.get(state);
    begun.delete(state);
    const isOwn = isSame(readCookie(request.headers, STATE), state);
    if (next === undefined || !isOwn) {
      return answerError(400, "This login was not begun here, or is too old");
    }
    const token = await api.takeCode(query.get("code") ?? "");
    const user = token === null ? null : await api.findUser(token);
    if (token === null || user === null) {
      return answerError(403, "The hub did not confirm the login");
    }
    if (!user.mayEnter) {
      return answerError(403, `${user.name} may not use this server`);
    }
    const id = crypto.getRandomValues(new Uint8Array(32)).toHex();
    remember(sessions, id, token);
    const response = redirect(next);
    cookies.give(response.headers, id);
    return response;
  };

  const withVersion = (response: Response) => {
    if (version !== null) response.headers.set("x-jupyterhub-version", version);
    return response;
  };

  return {
    guardsPage: true,
    admits,
    // The hub's login is what a browser has to show again, not a cookie of ours.
    remember: () => {},
    refuse: (asked) =>
      withVersion(
        isNavigation(asked) || asked.path === "/"
          ? begin(asked)
          : answerError(403, "Log in at the hub, or say one of its tokens"),
      ),
    async answer(asked) {
      switch (asked.path) {
        case "/oauth_callback":
          return await finish(asked);
        case "/logout": {
          const id = readCookie(asked.request.headers, "skein-hub");
          api.forget(sessions.get(id) ?? "");
          sessions.delete(id);
          const response = redirect(`${hubUrl}logout`);
          cookies.take(response.headers);
          return response;
        }
        case "/login":
          return redirect(basePath);
        default:
          return null;
      }
    },
  };
}

function saidToken({ request, query }: Asked): string | null {
  const header = request.headers.get("authorization") ?? "";
  return /^(?:token|Bearer)\s+(\S+)$/i.exec(header)?.[1] ?? query.get("token");
}

function remember(
  map: Map<string, string>,
  key: string,
  value: string,
): void {
  map.set(key, value);
  if (map.size > MOST) map.delete(map.keys().next().value!);
}

const STATE = "skein-hub-state";
const MOST = 1000;

/**
 * Questions to a hub: whose token this is, and what a code is worth.
 * @module
 */
import { createHash } from "node:crypto";
import { hasAccess, type HubEnvironment } from "./environment.ts";

/** Somebody whom the hub knows. */
export interface HubUser {
  readonly name: string;
  /** Whether the user may use this server. */
  readonly mayEnter: boolean;
}

/** Asks the hub, and remembers what it said for some minutes. */
export class HubApi {
  readonly #hub: HubEnvironment;
  readonly #log: (line: string) => void;
  readonly #known = new Map<
    string,
    { readonly user: HubUser | null; readonly atMs: number }
  >();

  /** @param hub Which hub. */
  constructor(hub: HubEnvironment, log: (line: string) => void) {
    this.#hub = hub;
    this.#log = log;
  }

  /** Finds out whose token this is; null for nobody's. */
  async findUser(token: string): Promise<HubUser | null> {
    const key = createHash("sha256").update(token).digest("hex");
    const known = this.#known.get(key);
    const age = Date.now() - (known?.atMs ?? 0);
    if (known !== undefined && age < (known.user ? KNOWN_MS : UNKNOWN_MS)) {
      return known.user;
    }
    const answer = await this.#ask("/user", {
      headers: { authorization: `token ${token}` },
    });
    // A hub that does not answer is asked again the next time.
    if (answer === null) return null;
    const { name, scopes } = answer as {
      readonly name?: unknown;
      readonly scopes?: unknown;
    };
    const user = typeof name !== "string" ? null : {
      name,
      mayEnter: hasAccess(
        Array.isArray(scopes) ? scopes : [],
        this.#hub.accessScopes,
      ),
    };
    this.#known.set(key, { user, atMs: Date.now() });
    if (this.#known.size > MOST_KNOWN) {
      this.#known.delete(this.#known.keys().next().value!);
    }
    return user;
  }

  /** Forgets what is known of a token. */
  forget(token: string): void {
    this.#known.delete(createHash("sha256").update(token).digest("hex"));
  }

  /** Gives the token that a code is worth; null if it is worth none. */
  async takeCode(code: string): Promise<string | null> {
    const { clientId, apiToken, callbackUrl } = this.#hub;
    const answer = await this.#ask("/oauth2/token", {
      method: "POST",
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: apiToken,
        grant_type: "authorization_code",
        code,
        redirect_uri: callbackUrl,
      }),
    });
    const token = answer?.access_token;
    return typeof token === "string" ? token : null;
  }

  /** The hub's version, which it wants to hear from its servers; null if it is not known. */
  async findVersion(): Promise<string | null> {
    const version = (await this.#ask("/", {}))?.version;
    return typeof version === "string" ? version : null;
  }

  /** Tells the hub when something was last done here. */
  async tellActivity(activeMs: number): Promise<void> {
    const { activityUrl, apiToken, serverName } = this.#hub;
    const last_activity = new Date(activeMs).toISOString();
    const response = await fetch(activityUrl, {
      method: "POST",
      headers: {
        authorization: `token ${apiToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        servers: { [serverName]: { last_activity } },
        last_activity,
      }),
      signal: AbortSignal.timeout(WAIT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) {
      throw new Error(`the hub answered ${response.status}`);
    }
  }

  /** Null where the hub can not be asked; an empty object where it refuses. */
  async #ask(
    path: string,
    init: RequestInit,
  ): Promise<Readonly<Record<string, unknown>> | null> {
    try {
      const response = await fetch(`${this.#hub.apiUrl}${path}`, {
        ...init,
        signal: AbortSignal.timeout(WAIT_MS),
      });
      if (response.status >= 500) {
        await response.body?.cancel();
        throw new Error(`it answered ${response.status}`);
      }
      if (!response.ok) {
        await response.body?.cancel();
        return {};
      }
      return await response.json();
    } catch (error) {
      this.#log(`The hub can not be asked: ${(error as Error).message}`);
      return null;
    }
  }
}

const KNOWN_MS = 5 * 60_000;
const UNKNOWN_MS = 10_000;
const MOST_KNOWN = 1000;
const WAIT_MS = 15_000;

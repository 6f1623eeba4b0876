/**
 * Who may use a Jupyter face besides those who know the token: an access says
 * so, by cookies of a login page or of a hub.
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Asked } from "../gate.ts";

/** A way in. */
export interface Access {
  /** Answers what belongs to coming in and needs no permission; null for the rest. */
  readonly answer: (asked: Asked) => Promise<Response | null>;
  /** Tells whether a request may come in. */
  readonly admits: (asked: Asked) => Promise<boolean>;
  /** Answers who may not. */
  readonly refuse: (asked: Asked) => Response;
  /** Whether our own page asks for it too, since its user has no link with a token. */
  readonly guardsPage: boolean;
  /** Lets a browser come in from now on, who has shown that it may. */
  readonly remember: (response: Response) => void;
}

/** The cookies of one server, new at each start. */
export class Cookies {
  readonly #secret = crypto.getRandomValues(new Uint8Array(32));
  readonly #name: string;
  readonly #path: string;
  readonly #sameSite: string;

  /** @param options Where they hold. */
  constructor(
    { name, path, sameSite }: {
      /** Servers on other ports of a host get its cookies too: each has its own. */
      readonly name: string;
      readonly path: string;
      readonly sameSite: "Strict" | "Lax";
    },
  ) {
    this.#name = name;
    this.#path = path;
    this.#sameSite = sameSite;
  }

  /** What a request has to say besides its cookie, which browsers add by themselves. */
  get xsrf(): string {
    return this.#derive("xsrf");
  }

  /** Whether a request has the cookie that is given to all, and may use it. */
  holds(asked: Pick<Asked, "request">): boolean {
    return isSame(this.read(asked), this.#derive("session"));
  }

  /** The cookie of a request; empty where it has none, or may not use it. */
  read({ request }: Pick<Asked, "request">): string {
    const { method, headers } = request;
    const value = readCookie(headers, this.#name);
    // A page of another site, or of another port, may not even read.
    const site = headers.get("sec-fetch-site") ?? "none";
    const isNavigation = headers.get("sec-fetch-mode") === "navigate";
    if (site !== "none" && site !== "same-origin" && !isNavigation) {
      return "";
    }
    const isAllowed = method === "GET" || method === "HEAD" ||
      isSame(headers.get("x-xsrftoken") ?? "", this.xsrf);
    return isAllowed ? value : "";
  }

  /** Gives the cookies; that of the session comes first. */
  give(headers: Headers, value = this.#derive("session")): void {
    const { session, xsrf } = this.#attributes();
    headers.append("set-cookie", `${this.#name}=${value}; ${session}`);
    headers.append("set-cookie", `_xsrf=${this.xsrf}; ${xsrf}`);
  }

  /** Gives what a form has to send back. */
  giveXsrf(headers: Headers): void {
    headers.append(
      "set-cookie",
      `_xsrf=${this.xsrf}; ${this.#attributes().xsrf}`,
    );
  }

  /** Takes them away. */
  take(headers: Headers): void {
    const { session } = this.#attributes();
    headers.append("set-cookie", `${this.#name}=; Max-Age=0; ${session}`);
  }

  #attributes() {
    const both = `Path=${this.#path}; SameSite=${this.#sameSite}`;
    // The page has to read the second one.
    return { session: `${both}; HttpOnly`, xsrf: both };
  }

  #derive(what: string): string {
    return createHmac("sha256", this.#secret).update(what).digest("hex");
  }
}

/** Compares in constant time. */
export function isSame(said: string, known: string): boolean {
  const [a, b] = [said, known].map((text) => new TextEncoder().encode(text));
  return known !== "" && a!.length === b!.length && timingSafeEqual(a!, b!);
}

/** Reads a cookie; empty if there is none. */
export function readCookie(headers: Headers, name: string): string {
  const pairs = (headers.get("cookie") ?? "").split(";");
  for (const pair of pairs) {
    const [key, ...value] = pair.trim().split("=");
    if (key === name) return value.join("=");
  }
  return "";
}

/** Where to go after coming in: a path of ours, and nothing else. */
export function nextPath(said: string | null, basePath: string): string {
  return said !== null && said.startsWith(basePath) && !said.startsWith("//") &&
      !/[\\\r\n]/.test(said)
    ? said
    : basePath;
}

/** Whether a person looks at the answer. */
export function isNavigation({ request: { method, headers } }: Asked): boolean {
  return method === "GET" &&
    (headers.get("sec-fetch-mode") === "navigate" ||
      (headers.get("accept") ?? "").includes("text/html"));
}

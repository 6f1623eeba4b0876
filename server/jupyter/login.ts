/**
 * The login page: for browsers and clients that know the token and want cookies.
 * @module
 */
import { type Asked, isToken } from "../gate.ts";
import {
  type Access,
  Cookies,
  isNavigation,
  isSame,
  nextPath,
} from "./access.ts";
import { answerError, readText } from "./answers.ts";

/** Makes the way in by login page and cookie. */
export function makeLogin(
  { token, basePath, port }: {
    readonly token: string;
    readonly basePath: string;
    readonly port: number;
  },
): Access {
  const cookies = new Cookies({
    name: `skein-${port}`,
    path: basePath,
    sameSite: "Strict",
  });
  const show = (asked: Asked, status: number, message = "") => {
    const next = nextPath(asked.query.get("next"), basePath);
    const response = renderLogin({
      basePath,
      next,
      message,
      xsrf: cookies.xsrf,
    }, status);
    cookies.giveXsrf(response.headers);
    return response;
  };
  return {
    async answer(asked) {
      const { path, request } = asked;
      if (path === "/logout") {
        const response = redirect(`${basePath}login`);
        cookies.take(response.headers);
        return response;
      }
      if (path !== "/login") return null;
      if (request.method === "GET") return show(asked, 200);
      if (request.method !== "POST") return answerError(405, "Expected a form");
      const form = new URLSearchParams(await readText(request, FORM_BYTES));
      if (!isSame(form.get("_xsrf") ?? "", cookies.xsrf)) {
        return show(asked, 403, "The page was too old, try again");
      }
      if (!isToken(form.get("password") ?? "", token)) {
        return show(asked, 401, "That is not the token");
      }
      const response = redirect(nextPath(asked.query.get("next"), basePath));
      cookies.give(response.headers);
      return response;
    },
    admits: (asked) => Promise.resolve(cookies.holds(asked)),
    refuse(asked) {
      if (!isNavigation(asked)) {
        return answerError(403, "The token is missing or wrong");
      }
      const { pathname, search } = new URL(asked.request.url);
      const next = encodeURIComponent(pathname + search);
      return redirect(`${basePath}login?next=${next}`);
    },
    guardsPage: false,
    remember: ({ headers }) => cookies.give(headers),
  };
}

/** A redirect whose headers can be added to. */
export function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location } });
}

function renderLogin(
  { basePath, next, message, xsrf }: {
    readonly basePath: string;
    readonly next: string;
    readonly message: string;
    readonly xsrf: string;
  },
  status: number,
): Response {
  const action = `${basePath}login?next=${encodeURIComponent(next)}`;
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Skein: log in</title>
<link rel="icon" href="data:,">
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 24rem; margin: 15vh auto; padding: 0 1rem; }
label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
input, button { margin: .5rem 0 1rem; padding: .5rem; }
</style>
<h1>Skein</h1>
${
    message === ""
      ? ""
      : `<p role="alert">${message}</p>\n`
  }<form method="post" action="${escape(action)}">
<input type="hidden" name="_xsrf" value="${xsrf}">
<label for="password">Token</label>
<input id="password" name="password" type="password" autocomplete="current-password" autofocus required>
<button>Log in</button>
</form>
<p>The terminal in which <code>skein serve</code> runs shows the token.</p>
`;
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    },
  });
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

const FORM_BYTES = 4096;

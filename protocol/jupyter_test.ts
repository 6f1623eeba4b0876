import assert from "node:assert/strict";
import { parseRequest } from "./jupyter.ts";

const ORIGIN = { channel: "shell", route: { peer: 1 } } as const;

function message(
  type: string,
  content: unknown = {},
  header: Record<string, unknown> = {},
): unknown {
  return {
    header: { msg_id: "1", session: "s", msg_type: type, ...header },
    content,
  };
}

function check(given: unknown, problem: RegExp): void {
  assert.throws(() => parseRequest(given, ORIGIN), (error) => {
    assert.ok(error instanceof TypeError);
    assert.match(error.message, problem);
    return true;
  });
}

Deno.test("parseRequest() fills in what may be left out", () => {
  const request = parseRequest(
    message("execute_request", { code: "1" }),
    ORIGIN,
  );
  assert.ok(request.type === "execute_request");
  assert.equal(request.channel, "shell");
  assert.equal(request.route, ORIGIN.route);
  const { code, silent, store_history, stop_on_error, allow_stdin } =
    request.content;
  assert.deepEqual(
    { code, silent, store_history, stop_on_error, allow_stdin },
    {
      code: "1",
      silent: false,
      store_history: undefined,
      stop_on_error: true,
      allow_stdin: false,
    },
  );
  const { username, date } = request.header;
  assert.deepEqual({ username, date }, { username: "", date: "" });
  const shutdown = parseRequest(message("shutdown_request"), ORIGIN);
  assert.ok(shutdown.type === "shutdown_request");
  assert.equal(shutdown.content.restart, false);
});

Deno.test("parseRequest() keeps header fields that it does not know", () => {
  const { header } = parseRequest(
    message("kernel_info_request", {}, { vendor: 1 }),
    ORIGIN,
  );
  assert.equal((header as Record<string, unknown>).vendor, 1);
});

Deno.test("parseRequest() lets requests of unknown types through", () => {
  for (const type of ["odd_request", "toString", "__proto__", ""]) {
    const request = parseRequest(message(type, { any: 1 }), ORIGIN);
    assert.equal(request.type, "unknown");
    assert.equal(request.header.msg_type, type);
  }
});

Deno.test("parseRequest() names the field that is wrong", () => {
  check(null, /^Cannot read message: it is wrong, /);
  check([], /^Cannot read message: /);
  check({}, /^Cannot read message: "header" is wrong, /);
  check({ header: {}, content: {} }, /"header\.msg_id" is wrong/);
  check(
    { header: (message("x") as { header: unknown }).header },
    /^Cannot read message: "content" is wrong/,
  );
  check(message("x", "text"), /^Cannot read message: "content" is wrong/);
  check(message("x", {}, { msg_id: 1 }), /"header\.msg_id" is wrong/);
  check(message("x", {}, { session: null }), /"header\.session" is wrong/);
  check(message("x", {}, { msg_type: 5 }), /"header\.msg_type" is wrong/);
});

Deno.test("parseRequest() keeps a request whose content is wrong, to be answered", () => {
  const problemOf = (content: unknown, type = "execute_request") => {
    const request = parseRequest(message(type, content), {
      channel: "shell",
      route: null,
    });
    return request.type === "unknown" ? request.problem : undefined;
  };
  assert.match(
    problemOf({}) ?? "",
    /^Cannot read execute_request: "code" is wrong/,
  );
  assert.match(problemOf({ code: 1 }) ?? "", /"code" is wrong/);
  for (
    const [field, value] of Object.entries({
      silent: "no",
      stop_on_error: 1,
      store_history: 0,
      allow_stdin: {},
    })
  ) {
    assert.match(
      problemOf({ code: "", [field]: value }) ?? "",
      new RegExp(`"${field}" is wrong`),
    );
  }
  assert.match(
    problemOf({ restart: "yes" }, "shutdown_request") ?? "",
    /^Cannot read shutdown_request: "restart" is wrong/,
  );
});

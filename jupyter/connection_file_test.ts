import assert from "node:assert/strict";
import { parseConnectionFile } from "./connection_file.ts";

const FILE = {
  control_port: 50160,
  shell_port: 57503,
  transport: "tcp",
  signature_scheme: "hmac-sha256",
  stdin_port: 52597,
  hb_port: 42540,
  ip: "127.0.0.1",
  iopub_port: 40885,
  key: "a0436f6c-1916-498b-8eb9-e81ab9368e84",
};
const REGISTRATION = {
  kernel_id: "unique_kernel_id",
  transport: "tcp",
  registration_ip: "127.0.0.1",
  registration_port: 51587,
  signature_scheme: "hmac-sha256",
  key: "a0436f6c-1916-498b-8eb9-e81ab9368e84",
};

Deno.test("parseConnectionFile() reads the files of the documentation", () => {
  const check = (file: object, expected: object) =>
    assert.deepEqual(parseConnectionFile(JSON.stringify(file), "k"), expected);
  check(FILE, { type: "connection", ...FILE });
  check({ ...FILE, jupyter_session: "x", kernel_name: "skein" }, {
    type: "connection",
    ...FILE,
    kernel_name: "skein",
  });
  check(REGISTRATION, { type: "registration", ...REGISTRATION });
  const { transport: _, signature_scheme: __, key: ___, ...least } = FILE;
  check(least, { type: "connection", ...FILE, key: "" });
});

Deno.test("parseConnectionFile() says what is wrong", () => {
  const check = (text: string, expected: string) =>
    assert.throws(() => parseConnectionFile(text, "k.json"), {
      message: `Cannot read connection file "k.json": ${expected}`,
    });
  const change = (changes: object, file: object = FILE) =>
    JSON.stringify({ ...file, ...changes });
  check("{", "it is no JSON");
  check("[]", "it is no JSON object");
  check(change({ shell_port: undefined }), '"shell_port" is missing');
  check(change({ ip: undefined }), '"ip" is missing');
  check(
    change({ curve_publickey: "x" }),
    'it has "curve_publickey", but CURVE is not supported',
  );
  check(
    change({ kernel_id: undefined }, REGISTRATION),
    '"kernel_id" is missing',
  );
  check(
    change({ hb_port: 65536 }),
    '"hb_port" is 65536, expected a port from 0 to 65535',
  );
  check(
    change({ shell_port: "80" }),
    '"shell_port" is "80", expected a port from 0 to 65535',
  );
  check(
    change({ transport: "ipc" }, REGISTRATION),
    '"transport" is "ipc", expected "tcp"',
  );
  check(
    change({ transport: "udp" }),
    '"transport" is "udp", expected "tcp" or "ipc"',
  );
});

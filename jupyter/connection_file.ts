/**
 * Connection files: where a launcher wants a kernel to listen, or to register.
 *
 * Pure: text in, values out. Field names are those of the file.
 *
 * Source: jupyter_client, "Connection files"; JEP 66 for registration files;
 * JEP 106 for what a connection file must hold.
 * @module
 */
import * as z from "zod/mini";

const PORT = "expected a port from 0 to 65535";
const port = z.int(PORT).check(z.gte(0, PORT), z.lte(65_535, PORT));
const TEXT = "expected a text that is not empty";
const text = z.string(TEXT).check(z.minLength(1, TEXT));

const security = {
  signature_scheme: z._default(text, "hmac-sha256"),
  key: z._default(z.string("expected a text"), ""),
};

const connectionSchema = z.object({
  transport: z._default(
    z.enum(["tcp", "ipc"], 'expected "tcp" or "ipc"'),
    "tcp",
  ),
  ip: text,
  shell_port: port,
  control_port: port,
  stdin_port: port,
  iopub_port: port,
  hb_port: port,
  ...security,
  kernel_name: z.optional(text),
});

const registrationSchema = z.object({
  // A path is nobody's race to lose, so only TCP needs registration.
  transport: z._default(z.literal("tcp", 'expected "tcp"'), "tcp"),
  registration_ip: text,
  registration_port: port,
  kernel_id: text,
  ...security,
});

/** Where to listen. */
export interface Connection extends z.infer<typeof connectionSchema> {
  /** Tells it from a registration. */
  readonly type: "connection";
}

/** Where to register the ports that the kernel chooses. */
export interface Registration extends z.infer<typeof registrationSchema> {
  /** Tells it from a connection. */
  readonly type: "registration";
}

/** The name of a field that holds a port. */
export type PortName = (typeof PORT_NAMES)[number];

/** The fields that hold ports, one a channel. */
export const PORT_NAMES = [
  "shell_port",
  "control_port",
  "stdin_port",
  "iopub_port",
  "hb_port",
] as const;

/**
 * Reads a connection file, or a registration file.
 *
 * @param text What is in the file.
 * @param name The name of the file, for messages.
 * @returns What it says; fields that are not known are left out.
 * @throws {SyntaxError} If it is no JSON.
 * @throws {TypeError} If a field is missing or wrong, or it asks for CURVE.
 */
export function parseConnectionFile(
  text: string,
  name: string,
): Connection | Registration {
  const value = parseJson(text, name);
  const curve = Object.keys(value).find((key) => key.startsWith("curve_"));
  if (curve !== undefined) {
    throw new TypeError(
      `${failure(name)}: it has "${curve}", but CURVE is not supported`,
    );
  }
  return "registration_port" in value || "registration_ip" in value
    ? {
      type: "registration",
      ...check(registrationSchema, value, name),
    }
    : { type: "connection", ...check(connectionSchema, value, name) };
}

function parseJson(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`${failure(name)}: it is no JSON`, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${failure(name)}: it is no JSON object`);
  }
  return value as Record<string, unknown>;
}

function check<T>(
  schema: z.ZodMiniType<T>,
  value: Record<string, unknown>,
  name: string,
): T {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  const field = String(path[0]);
  const problem = Object.hasOwn(value, field)
    ? `is ${JSON.stringify(value[field])}, ${message}`
    : "is missing";
  throw new TypeError(`${failure(name)}: "${field}" ${problem}`);
}

function failure(name: string): string {
  return `Cannot read connection file "${name}"`;
}

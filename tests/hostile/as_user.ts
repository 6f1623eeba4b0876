/**
 * Loaded before the command line: the environment of the user that a test made up.
 *
 * Deno itself was started in the true one, so that it finds the packages that
 * the program is made of.
 * @module
 */
const environment = JSON.parse(Deno.env.get("SKEIN_TEST_ENVIRONMENT") ?? "{}");
for (const name of Object.keys(Deno.env.toObject())) Deno.env.delete(name);
for (const [name, value] of Object.entries(environment)) {
  Deno.env.set(name, value as string);
}

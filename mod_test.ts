/**
 * Holds what importing `mod.ts` loads to little: a notebook waits for it.
 *
 * No time is asserted; what costs time is how many modules there are, and how
 * large. `bench/loading.ts` measures.
 */
import assert from "node:assert/strict";

/** What one module of the graph says of itself; see `deno info --json`. */
interface Module {
  readonly specifier: string;
  readonly size?: number;
  readonly dependencies?: readonly {
    readonly code?: { readonly specifier?: string };
    readonly isDynamic?: boolean;
  }[];
}

Deno.test("mod.ts loads little when it is imported", async () => {
  const modules = await listEager();
  const names = modules.map(({ specifier }) => specifier);
  const bytes = modules.filter(({ specifier }) => !BUNDLED.test(specifier))
    .reduce((sum, { size = 0 }) => sum + size, 0);
  // More of them? Load the new ones when they are first needed, see `lib/base/late_display.ts`.
  assert.ok(
    names.length <= MOST_MODULES,
    `${names.length}: ${names.join(" ")}`,
  );
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
});

Deno.test("mod.ts loads no figure, engine or package before it is needed", async () => {
  const names = (await listEager()).map(({ specifier }) => specifier);
  const isLate =
    /^lib\/plot\/|^lib\/explain\/|_engine\.ts$|_findings?\.ts$|^npm:|^node:/;
  assert.deepEqual(names.filter((name) => isLate.test(name)), []);
});

/** All that is loaded with `mod.ts`, by paths from its folder. */
async function listEager(): Promise<readonly Module[]> {
  const entry = new URL("mod.ts", import.meta.url);
  const command = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry.href],
    signal: AbortSignal.timeout(60_000),
  });
  const { stdout } = await command.output();
  const { modules, redirects } = JSON.parse(
    new TextDecoder().decode(stdout),
  ) as {
    readonly modules: readonly Module[];
    readonly redirects: Readonly<Record<string, string>>;
  };
  const byName = new Map(modules.map((found) => [found.specifier, found]));
  const eager = new Map<string, Module>();
  const visit = (specifier: string) => {
    const name = redirects[specifier] ?? specifier;
    if (eager.has(name)) return;
    const found = byName.get(name) ?? { specifier: name };
    eager.set(name, found);
    for (const { code, isDynamic } of found.dependencies ?? []) {
      if (!isDynamic && code?.specifier) visit(code.specifier);
    }
  };
  visit(entry.href);
  assert.ok(eager.size > 20, "the graph was read");
  const folder = new URL(".", entry).href;
  return [...eager.values()].map((found) => ({
    ...found,
    specifier: found.specifier.replace(folder, ""),
  }));
}

const MOST_MODULES = 130;
const MOST_BYTES = 550_000;
// Acorn: `task()` says at once whether a function can be shipped.
const BUNDLED = /_bundle\.js$/;

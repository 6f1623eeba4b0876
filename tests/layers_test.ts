/**
 * Holds the map of folders to what ARCHITECTURE.md says: imports go to a lower
 * layer only, into another folder only through its `mod.ts`, and never around.
 * @module
 */
import assert from "node:assert/strict";

/** Layer of each folder; files at the top are above all of them. */
const LAYERS: Readonly<Record<string, number>> = {
  bundles: 0,
  protocol: 0,
  folder: 0,
  lib: 0,
  language: 1,
  nbformat: 1,
  export: 2,
  document: 2,
  server: 4,
  page: 5,
  session: 2,
  kernel: 3,
  jupyter: 4,
  runner: 4,
  grading: 5,
  testing: 5,
  cli: 6,
};

/**
 * Layer of each part inside `lib/`. Its files at the top are fronts that join
 * them, above all; the fixtures of the gallery may know every part.
 */
const LIB_LAYERS: Readonly<Record<string, number>> = {
  platform: 0,
  base: 1,
  "plot/live": 3,
  "plot/core": 2,
  widget: 2,
  predict: 3,
  trace: 3,
  sync: 2,
  run: 4,
  explain: 5,
  race: 5,
  "plot/figures": 6,
  measure: 7,
  "plot/gallery": 8,
  compat: 9,
};

/** Imports that still go up inside `lib/`; nothing may be added. */
const LIB_DEBTS: readonly string[] = [];

/** Parts of `lib/` that have a door, inner ones last. */
const LIB_DOORS: readonly string[] = [
  "lib/base",
  "lib/base/record",
  "lib/base/stamp",
  "lib/base/statistics",
  "lib/plot/core",
  "lib/sync",
  "lib/race",
  "lib/explain",
];

/** What loads by itself: at once, or only with a figure. */
const LIB_SIDE_DOORS: readonly string[] = [
  "lib/race/real/classics.ts",
  "lib/race/real/figure.ts",
];

/** Parts of `lib/` that others import through a `mod.ts`, that of a subfolder or theirs. */
const DOORED: readonly string[] = ["platform", "run", "trace"];

/** Doors besides the `mod.ts` of a folder: what few of those need who enter it. */
const DOORS = ["nbformat/directives/mod.ts", "export/live.ts"];

/** What a folder may import besides what its layer allows. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  folder: [],
  lib: [],
  nbformat: ["protocol"],
  export: ["nbformat", "protocol", "language"],
  document: ["nbformat", "protocol"],
  session: ["folder", "protocol"],
  kernel: ["session", "language", "protocol", "folder"],
};

const FIGURE_PROGRAM = "export/figure_program.ts";
const BUNDLED = "lib/plot/live/bundled.ts";

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
  /** Whether it is loaded when it is first needed. */
  readonly isLate: boolean;
}

/** What `main.ts` starts, or needs to start it, before a kernel is loaded. */
const EARLY = [
  "kernel/cell_modules.ts",
  "language/spawn_translator.ts",
  "session/launch.ts",
];
const STATIC =
  /^(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?"([^"]+)";/gm;
const DYNAMIC = /\bimport\("([^"]+)"\)/g;

const ROOT = new URL("../", import.meta.url);
const FILES = listFiles("").filter((path) =>
  path.endsWith(".ts") && !/^(tests|notebooks|out|docs|bench)\//.test(path)
);
const SOURCES = FILES.filter((path) =>
  !/_test\.ts$|\/test_\w+\.ts$/.test(path)
);
const IMPORTS = SOURCES.flatMap(readImports);

Deno.test("folders import lower layers only", () => {
  check(({ from, to }) => {
    const [inner, outer] = [folderOf(to), folderOf(from)];
    if (inner === outer || inner === "" || outer === "") return true;
    // What figures run in a browser is text; a page runs our own copy of it.
    if (from === FIGURE_PROGRAM && to === BUNDLED) return true;
    const allowed = ONLY[outer];
    if (allowed !== undefined && !allowed.includes(inner)) return false;
    return LAYERS[inner]! < LAYERS[outer]!;
  });
});

Deno.test("every folder has a layer", () => {
  const folders = new Set(SOURCES.map(folderOf).filter((name) => name !== ""));
  assert.deepEqual([...folders].filter((name) => !(name in LAYERS)), []);
});

Deno.test("folders are entered through mod.ts", () => {
  check(({ from, to }) => {
    const inner = folderOf(to);
    if (inner === "" || inner === folderOf(from)) return true;
    if (to === `${inner}/mod.ts` || DOORS.includes(to)) return true;
    // The root's mod.ts is the door of lib/. Verbs are entered one at a time by
    // main.ts. The session host must not load the parsers: types only.
    return (from === "mod.ts" && inner === "lib") ||
      // A bundle of its own, which has to be small.
      (from === "page/widget_frame.ts" && to === "lib/widget/buffers.ts") ||
      (from === "main.ts" && inner === "cli") ||
      (from === FIGURE_PROGRAM && to === BUNDLED) ||
      // What is started before the rest is loaded.
      (from === "main.ts" && EARLY.includes(to)) ||
      (from.startsWith("session/host/") && inner === "protocol");
  });
});

Deno.test("the session host imports nothing but itself and built-ins", () => {
  check(({ from, to, isType }) =>
    !from.startsWith("session/host/") || isType ||
    to.startsWith("session/host/") || to.startsWith("node:")
  );
});

Deno.test("parts of lib/ import lower parts only", () => {
  const up = IMPORTS.filter(({ from, to }) => {
    const [outer, inner] = [libPart(from), libPart(to)];
    if (outer === undefined || inner === undefined || outer === inner) {
      return false;
    }
    return !(LIB_LAYERS[inner]! < LIB_LAYERS[outer]!);
  }).map(({ from, to }) => `${from} imports ${to}`);
  assert.deepEqual([...new Set(up)].sort(), [...LIB_DEBTS].sort());
});

Deno.test("parts of lib/ with a mod.ts are entered through it", () => {
  check(({ from, to }) => {
    const door = LIB_DOORS.findLast((folder) => to.startsWith(`${folder}/`));
    if (door === undefined || to === `${door}/mod.ts`) return true;
    return libPart(from) === libPart(to) || LIB_SIDE_DOORS.includes(to);
  });
});

Deno.test("platform, run and trace are entered through a mod.ts", () => {
  check(({ from, to }) => {
    const [outer, inner] = [libPart(from), libPart(to)];
    if (inner === undefined || !DOORED.includes(inner)) return true;
    // Fronts at the top load no more than they show.
    return outer === undefined || outer === inner || to.endsWith("/mod.ts") ||
      isLate(from, to);
  });
});

Deno.test("lib/ writes npm specifiers inline", () => {
  check(({ from, to }) =>
    !from.startsWith("lib/") || /^(lib\/|npm:|node:)/.test(to)
  );
});

Deno.test("nothing imports from JSR or the network", () => {
  check(({ to }) => !/^(jsr|https?):|^@std\//.test(to));
});

Deno.test("imports do not go around in a circle", () => {
  const next = Map.groupBy(
    IMPORTS.filter(({ isType }) => !isType),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    assert.ok(!path.includes(file), `circle: ${[...path, file].join(" > ")}`);
    if (done.has(file)) return;
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of SOURCES) visit(file, []);
});

// Each takes 7 to 40 ms to load; SQLite is made of native code.
Deno.test("a kernel that starts loads no module of Node but SQLite", () => {
  const found = new Set(["main.ts", "cli/kernel.ts", "jupyter/mod.ts"]);
  for (const file of found) {
    for (const { from, to, isType, isLate } of IMPORTS) {
      if (from === file && !isType && !isLate) found.add(to);
    }
  }
  assert.ok(found.size > 100, "what it loads was read");
  const ofNode = [...found].filter((name) => name.startsWith("node:"));
  assert.deepEqual(ofNode, ["node:sqlite"]);
});

// `deno check` does not look for what is only loaded late.
Deno.test("every file that is imported is there", () => {
  check(({ to }) => !/^[^@:]+\.ts$/.test(to) || FILES.includes(to));
});

Deno.test("pure files name no effect", () => {
  const effects =
    /\b(Deno\.(?!test)|console\.|setTimeout|performance\.now|Date\.now|Math\.random|crypto\.)/;
  const pure = SOURCES.filter((path) =>
    /^(protocol|language|nbformat|export|document|kernel\/requests|jupyter\/wire)\/|^kernel\/(state|reduce|executions|endings|shells|show|session_talk|lookup_replies|offsets|history|text_budget|traceback)\.ts$/
      .test(path) && !LANGUAGE_EFFECTS.includes(path)
  );
  assert.ok(pure.length > 30);
  assert.deepEqual(pure.filter((path) => effects.test(code(path))), []);
});

Deno.test("only the two main.ts read arguments, environment, or exit", () => {
  const found = SOURCES.filter((path) =>
    // Texts may speak of them.
    /\bDeno\.(args|env|exit\()/.test(code(path).replace(/`[^`]*`/g, ""))
  );
  assert.deepEqual(
    found.filter((path) => !path.endsWith("main.ts")).sort(),
    // Who starts a process hands an environment over; there it is picked.
    ["folder/environment.ts", ...GUESTS],
  );
});

Deno.test("no source file is longer than 303 lines", () => {
  const long = SOURCES.filter((path) =>
    read(path).split("\n").length > 304 && !TABLES.includes(path)
  );
  assert.deepEqual(long, []);
});

/** Files of the language that talk to a program: a language server, `deno fmt`. */
const LANGUAGE_EFFECTS: readonly string[] = [
  "language/format.ts",
  "language/service.ts",
  "language/spawn_translator.ts",
  "language/translator_main.ts",
  "language/lsp/ask.ts",
  "language/lsp/enclosure.ts",
  "language/lsp/keeper.ts",
  "language/lsp/local_files.ts",
  "language/lsp/server.ts",
  "language/lsp/start_process.ts",
  // These write programs that name effects.
  "language/script/join.ts",
  "language/script/program.ts",
];

/** Programs that run in a process of their own, started by the library. */
const GUESTS: readonly string[] = [];

/** Files that are one long table, not code to be read. */
const TABLES: readonly string[] = ["mod.ts", "lib/run/standard_names.ts"];

function check(isAllowed: (found: Import) => boolean): void {
  assert.ok(IMPORTS.length > 100, "the imports were read");
  assert.deepEqual(
    IMPORTS.filter((found) => !isAllowed(found))
      .map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
}

function readImports(from: string): Import[] {
  const text = code(from);
  const found: Import[] = [];
  for (const [, type, to] of text.matchAll(STATIC)) {
    found.push({
      from,
      to: resolve(from, to!),
      isType: type !== undefined,
      isLate: false,
    });
  }
  for (const [, to] of text.matchAll(DYNAMIC)) {
    // Loaded later, so it can not close a circle at start.
    found.push({ from, to: resolve(from, to!), isType: false, isLate: true });
  }
  return found;
}

function resolve(from: string, to: string): string {
  if (!to.startsWith(".")) return to;
  return new URL(to, new URL(from, ROOT)).href.slice(ROOT.href.length);
}

/** Whether one file loads another when it is first needed: then it need not go through a door. */
function isLate(from: string, to: string): boolean {
  return [...code(from).matchAll(DYNAMIC)].some(([, path]) =>
    resolve(from, path!) === to
  );
}

/** Part of `lib/` that a file is in, such as `sync` or `plot/core`; none at its top. */
function libPart(path: string): string | undefined {
  return Object.keys(LIB_LAYERS).find((part) =>
    path.startsWith(`lib/${part}/`)
  );
}

function folderOf(path: string): string {
  const name = path.slice(0, Math.max(0, path.indexOf("/")));
  return SOURCES.some((file) => file.startsWith(`${name}/`)) ? name : "";
}

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/** The text without comments, whose examples import what they like. */
function code(path: string): string {
  return read(path).replace(/\/\*\*?[\s\S]*?\*\//g, "").replace(
    /^\s*\/\/.*$/gm,
    "",
  );
}

function listFiles(folder: string): string[] {
  return [...Deno.readDirSync(new URL(folder, ROOT))].flatMap((entry) => {
    const path = folder + entry.name;
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    return entry.isDirectory ? listFiles(path + "/") : [path];
  });
}

/**
 * A notebook's folder that came from a stranger, with a secret outside of it,
 * for tests: `skein run` is started as a user would, in an environment that
 * holds a secret as well.
 * @module
 */
import { dirname, join } from "node:path";
import { denoFolder } from "../../folder/mod.ts";
import { parseNotebook, serializeNotebook } from "../../nbformat/mod.ts";
import { fromFileUrl } from "../../session/mod.ts";
import { DEADLINE_MS, within } from "../session/within.ts";

/** What the environment of the user holds, for nobody else to know. */
export const SECRET = "env-secret-42";

/** How a notebook is run. */
export interface HostileRun {
  /** The code cells. */
  readonly cells: readonly string[];
  /** Metadata of the notebook. @default none */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Options of `skein run`. @default none */
  readonly args?: readonly string[];
  /** More environment variables. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Name of the notebook. @default "hostile.ipynb" */
  readonly name?: string;
}

/** What came of it. */
export interface HostileResult {
  /** Exit code. */
  readonly code: number;
  /** What was printed on the terminal. */
  readonly terminal: string;
  /** Outputs of each cell as text: streams, results, errors. */
  readonly texts: readonly string[];
  /** All of it. */
  readonly all: string;
}

/** Such a folder. */
export interface HostileFolder extends AsyncDisposable {
  /** The notebook's folder. */
  readonly path: string;
  /** A folder beside it, which no cell may touch. */
  readonly outside: string;
  /** A file in there that nothing has written yet. */
  readonly marker: string;
  /** The folder in which Deno keeps things; at first only the program's packages. */
  readonly denoDir: string;
  /** The folder for temporary files. */
  readonly temporary: string;
  /** Writes files into the notebook's folder, or `../outside/…`. */
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  /** Runs a notebook there. */
  readonly run: (run: HostileRun) => Promise<HostileResult>;
  /** All files below, by path from the parent of both folders. */
  readonly list: () => Promise<readonly string[]>;
}

/**
 * Makes such a folder.
 *
 * @param files Texts of its files by name.
 */
export async function openHostileFolder(
  files: Readonly<Record<string, string>> = {},
): Promise<HostileFolder> {
  const root = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "skein hostile" }),
  );
  const [path, outside, denoDir, temporary, home] = [
    "notebook",
    "outside",
    "deno",
    "tmp",
    "home",
  ].map((name) => join(root, name)) as [string, string, string, string, string];
  for (const folder of [path, outside, denoDir, temporary, home]) {
    await Deno.mkdir(folder);
  }
  const write: HostileFolder["write"] = async (more) => {
    for (const [name, text] of Object.entries(more)) {
      await Deno.mkdir(join(path, name, ".."), { recursive: true });
      await Deno.writeTextFile(join(path, name), text);
    }
  };
  await write(files);
  return {
    path,
    outside,
    marker: join(outside, "marker"),
    denoDir,
    temporary,
    write,
    list: async () =>
      (await listFiles(root)).filter((name) =>
        /^(notebook|outside|tmp|home)\//.test(name)
      ),
    async run({ cells, metadata = {}, args = [], env = {}, name }) {
      const file = join(path, name ?? "hostile.ipynb");
      await Deno.writeTextFile(file, notebookText(cells, metadata));
      await lendPackages(denoDir, env.NPM_CONFIG_REGISTRY ?? NPM_REGISTRY);
      const output = join(root, "result.ipynb");
      const environment = {
        PATH: Deno.env.get("PATH"),
        HOME: home,
        TMPDIR: temporary,
        DENO_DIR: denoDir,
        NO_COLOR: "1",
        SUPER_SECRET: SECRET,
        ...env,
      };
      const command = new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "-A", "--quiet", `--config=${CONFIG}`],
          ...["--preload", AS_USER, MAIN, "run", file, "-o", output, ...args],
        ],
        cwd: path,
        env: { SKEIN_TEST_ENVIRONMENT: JSON.stringify(environment) },
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      });
      const { code, stdout, stderr } = await within(
        command.output(),
        4 * DEADLINE_MS,
        "the end of skein run",
      );
      const decoder = new TextDecoder();
      const terminal = decoder.decode(stdout) + decoder.decode(stderr);
      const texts = await readTexts(output);
      return { code, terminal, texts, all: [terminal, ...texts].join("\n") };
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/**
 * Lets a folder of Deno's have the packages that the program is made of, as it
 * has on a machine where Skein was started before.
 */
async function lendPackages(denoDir: string, registry: string): Promise<void> {
  const cache = denoFolder(Deno.env.toObject(), Deno.build.os)!;
  const from = join(cache, "npm", registryFolder(NPM_REGISTRY));
  const to = join(denoDir, "npm", registryFolder(registry));
  if ((await Deno.stat(to).catch(() => null)) !== null) return;
  for (const name of await listFiles(from)) {
    // On its way there, and soon under another name.
    if (name.includes(".tmp/")) continue;
    await Deno.mkdir(dirname(join(to, name)), { recursive: true });
    // Deno follows links, and then does not know the file any more.
    await Deno.link(join(from, name), join(to, name)).catch((error) => {
      if (error instanceof Deno.errors.AlreadyExists) return;
      return Deno.copyFile(join(from, name), join(to, name));
    });
  }
}

/** Where Deno 2.9 was seen to keep packages of a registry. */
function registryFolder(url: string): string {
  const { port, hostname } = new URL(url);
  return port || hostname;
}

function notebookText(
  cells: readonly string[],
  metadata: Readonly<Record<string, unknown>>,
): string {
  return serializeNotebook(parseNotebook(
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata,
      cells: cells.map((source, i) => ({
        cell_type: "code",
        id: `cell-${i}`,
        metadata: {},
        source,
        outputs: [],
        execution_count: null,
      })),
    }),
    "hostile.ipynb",
  ));
}

async function readTexts(path: string): Promise<readonly string[]> {
  const text = await Deno.readTextFile(path).catch(() => null);
  if (text === null) return [];
  await Deno.remove(path);
  return parseNotebook(text, path).cells.flatMap((cell) =>
    cell.cell_type === "code"
      ? [
        cell.outputs.map((output) => {
          switch (output.output_type) {
            case "stream":
              return output.text;
            case "error":
              return `${output.ename}: ${output.evalue}`;
            case "other":
              return "";
            default:
              return String(output.data["text/plain"] ?? "");
          }
        }).join("\n"),
      ]
      : []
  );
}

async function listFiles(root: string, under = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(root, under))) {
    const name = join(under, entry.name);
    if (entry.isDirectory) found.push(...await listFiles(root, name));
    else found.push(name);
  }
  return found.sort();
}

const NPM_REGISTRY = "https://registry.npmjs.org/";
const [AS_USER, MAIN, CONFIG] = [
  "./as_user.ts",
  "../../main.ts",
  "../../deno.json",
].map((name) => fromFileUrl(import.meta.resolve(name))) as [
  string,
  string,
  string,
];

/**
 * What a language server finds around it: a folder and a configuration of ours,
 * an environment without secrets, no network, no package that is not loaded.
 *
 * The server runs with all rights of the user, so of a notebook that is not
 * trusted it gets to see copies only, below a folder of ours: there, nothing
 * beside or above them is a configuration. Its import map leads every `file:`
 * address there, so that whatever a cell imports, from wherever, is such a copy
 * or is not there. Of a trusted notebook it sees the files themselves.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  type CellConfig,
  type CompilerOptions,
  denoFolder,
  type Environment,
  type ImportTable,
  listPackageTypes,
  passEnvironment,
  PrivateFolder,
  readConfig,
  writeConfig,
} from "../../folder/mod.ts";

/** What of the user's files a server may see. */
export interface Sight {
  /** Paths that the notebook may read, `*` for all. */
  readonly readable: readonly string[];
  /** Whether the notebook may import modules of other hosts. */
  readonly importsRemote: boolean;
  /** Addresses of modules, and folders of them, that are ours. */
  readonly libraries: readonly string[];
}

/** Where the server is to work. */
export interface EnclosureOptions {
  /** The notebook's folder, a `file:` URL that ends in `/`. */
  readonly folderUrl: string;
  /** Path of the user's `deno.json`. @default none */
  readonly configPath?: string | undefined;
  /** Compiler options where no `deno.json` says any. @default none */
  readonly compilerOptions?: CompilerOptions | undefined;
  /** What it may see. @default all, as the notebook is trusted */
  readonly sight?: Sight | undefined;
}

/** The surroundings of one language server. */
export interface Enclosure extends Disposable {
  /** Address of the folder that the server is told to work in. */
  readonly rootUrl: string;
  /** Path of its configuration. */
  readonly configPath: string;
  /** What holds for imports. */
  readonly config: CellConfig;
  /** Its environment variables. */
  readonly environment: Environment;
  /** Gives the address that the server knows a file by. */
  readonly inside: (url: string) => string;
  /** Puts true addresses and paths into what the server says. */
  readonly outside: (text: string) => string;
  /** Paths of which copies may be made; `null` if it sees the files themselves. */
  readonly readable: readonly string[] | null;
}

/**
 * Makes the surroundings of a server; they end when they are disposed of.
 *
 * @param options Where it is to work.
 * @throws {TypeError} If the user's configuration can not be used.
 */
export function enclose(options: EnclosureOptions): Enclosure {
  const { folderUrl, configPath, sight } = options;
  const folder = new PrivateFolder("server");
  const common = { [Symbol.dispose]: () => folder[Symbol.dispose]() };
  try {
    if (sight !== undefined) {
      return { ...closed(options, sight, folder), ...common };
    }
    const config = configOf(options);
    const path = configPath ?? folder.write("deno.json", writeConfig(config));
    return {
      ...common,
      rootUrl: folderUrl,
      configPath: path,
      config,
      environment: { ...passEnvironment(["*"]), ...CUT_OFF },
      inside: (url) => url,
      outside: (text) => text,
      readable: null,
    };
  } catch (error) {
    folder[Symbol.dispose]();
    throw error;
  }
}

/** What holds for cells, and where the types of packages beside them are. */
function configOf(
  { configPath, compilerOptions, folderUrl }: EnclosureOptions,
): CellConfig {
  const folder = fileURLToPath(folderUrl);
  const config = readConfig(configPath, folder, compilerOptions);
  const imports = { ...listPackageTypes(folder), ...config.imports };
  return { ...config, imports };
}

function closed(
  options: EnclosureOptions,
  { readable, importsRemote, libraries }: Sight,
  folder: PrivateFolder,
): Omit<Enclosure, typeof Symbol.dispose> {
  const filesUrl = `${folder.url}files/`;
  const isOurs = (url: string) =>
    libraries.some((one) =>
      url === one || one.endsWith("/") && url.startsWith(one)
    );
  const inside = (url: string) =>
    !url.startsWith(FILES) || isOurs(url)
      ? url
      : filesUrl + url.slice(FILES.length);
  const config = configOf(options);
  const table = (one: ImportTable): ImportTable =>
    Object.fromEntries(
      Object.entries(one).map(([name, target]) => [
        inside(name),
        target === null ? null : inside(target),
      ]),
    );
  const own = Object.fromEntries(
    [folder.url, ...libraries].map((url) => [url, url]),
  );
  const environment = passEnvironment();
  const filesPath = fileURLToPath(filesUrl).slice(0, -1);
  return {
    rootUrl: folder.url,
    config,
    configPath: folder.write(
      "deno.json",
      writeConfig({
        ...config,
        imports: { ...table(config.imports), [FILES]: filesUrl, ...own },
        scopes: Object.fromEntries(
          Object.entries(config.scopes).map(([scope, one]) => [
            inside(scope),
            table(one),
          ]),
        ),
      }),
    ),
    environment: {
      ...environment,
      ...CUT_OFF,
      DENO_DIR: linkPackages(folder, { environment, importsRemote }),
    },
    inside,
    outside: (text) =>
      text.replaceAll(filesUrl, FILES).replaceAll(filesPath, ""),
    readable,
  };
}

/**
 * Makes a folder for what Deno keeps, in which packages are found that sessions
 * have loaded; modules of other hosts only if cells may import some.
 */
function linkPackages(
  folder: PrivateFolder,
  { environment, importsRemote }: {
    readonly environment: Environment;
    readonly importsRemote: boolean;
  },
): string {
  const path = join(folder.path, "deno");
  Deno.mkdirSync(path);
  const loaded = denoFolder(environment, Deno.build.os);
  if (loaded === null) return path;
  for (const name of importsRemote ? ["npm", "remote"] : ["npm"]) {
    try {
      Deno.symlinkSync(join(loaded, name), join(path, name), { type: "dir" });
    } catch {
      // Windows may not allow links: then types of packages are not known.
    }
  }
  return path;
}

/** Gives the address of a path. */
export function toUrl(path: string): string {
  return pathToFileURL(path).href;
}

const FILES = "file:///";
/** No address has port 0: whatever is asked for is refused before it is sent. */
const NOWHERE = "http://127.0.0.1:0";
/** What keeps a server from the network, and from `package.json` files. */
const CUT_OFF: Environment = {
  ...Object.fromEntries(
    ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].flatMap((name) => [
      [name, NOWHERE],
      [name.toLowerCase(), NOWHERE],
    ]),
  ),
  NO_PROXY: "",
  no_proxy: "",
  // As in the session: a package.json beside the notebook is not its own.
  DENO_NO_PACKAGE_JSON: "1",
  DENO_NO_UPDATE_CHECK: "1",
  NO_COLOR: "1",
};

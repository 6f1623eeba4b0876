/**
 * A Python environment with pinned Jupyter packages and our kernel in it.
 * @module
 */
import { fromFileUrl } from "../../session/mod.ts";

/** Where things are. */
export interface Environment {
  /** The environment's Python. */
  readonly python: string;
  /** Variables that its programs are started with. */
  readonly env: Readonly<Record<string, string>>;
}

/** Makes the environment, unless there is one with the same packages. */
export async function prepareEnvironment(): Promise<Environment> {
  const requirements = path("./requirements.txt");
  const wanted = await Deno.readTextFile(requirements);
  const folder = path("../../out/jupyter-venv");
  const stamp = `${folder}/requirements.txt`;
  const python = `${folder}/bin/python`;
  const installed = await Deno.readTextFile(stamp).catch(() => "");
  if (installed !== wanted) {
    await Deno.mkdir(path("../../out/"), { recursive: true });
    await must("python3", ["-m", "venv", "--clear", folder]);
    const quiet = ["--quiet", "--disable-pip-version-check"];
    await must(python, ["-m", "pip", "install", ...quiet, "-r", requirements]);
    await Deno.writeTextFile(stamp, wanted);
  }
  const main = path("../../main.ts");
  // Under its own name, and in the place of another kernel.
  for (const standIn of [[], ["--as", "tslab"]]) {
    const install = ["install", "--prefix", folder, "--force", ...standIn];
    await must(Deno.execPath(), ["run", "-A", main, ...install]);
  }
  return {
    python,
    env: {
      JUPYTER_PATH: `${folder}/share/jupyter`,
      // History and settings of the person who runs the tests stay as they are.
      XDG_DATA_HOME: `${folder}/data`,
      JUPYTER_DATA_DIR: `${folder}/data/jupyter`,
      JUPYTER_CONFIG_DIR: `${folder}/config`,
      IPYTHONDIR: `${folder}/ipython`,
      // Asyncio and ZeroMQ on Windows apart, nothing else needs saying.
      PYTHONWARNINGS: "ignore",
    },
  };
}

function path(relative: string): string {
  return fromFileUrl(import.meta.resolve(relative));
}

async function must(command: string, args: string[]): Promise<void> {
  const { success, code } = await new Deno.Command(command, {
    args,
    stdout: "null",
    stderr: "inherit",
  }).output();
  if (!success) {
    throw new Error(
      `Cannot prepare Jupyter: ${command} ${args.join(" ")} gave ${code}`,
    );
  }
}

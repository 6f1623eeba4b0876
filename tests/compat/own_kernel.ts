/**
 * Our kernel, in memory, as one of those that are compared.
 * @module
 */
import { cellOptions } from "../../cli/stand_ins.ts";
import type { KernelOptions } from "../../kernel/mod.ts";
import { toFileUrl } from "../../session/mod.ts";
import { TestKernel } from "../kernel/open_kernel.ts";
import type { Group } from "./case.ts";
import { writeFiles } from "./files.ts";
import type { Asked, CompatKernel, Said } from "./kernel.ts";
import { type Result, runGroup } from "./run.ts";
import type { Compared } from "./suites.ts";

/** Our kernel. */
export class OwnKernel implements CompatKernel {
  readonly #kernel: TestKernel;

  /**
   * @param folder Where it runs.
   * @param options How.
   */
  constructor(folder: string, options: Partial<KernelOptions>) {
    const notebookUrl = toFileUrl(`${folder}/notebook.ipynb`);
    this.#kernel = new TestKernel({ notebookUrl, ...options });
  }

  /** Sends a request, and gives all that came of it. */
  async ask({ type, content }: Asked): Promise<readonly Said[]> {
    const { messages } = await this.#kernel.request(type, { ...content })
      .ended();
    return messages.map(({ header, content, metadata, buffers }) => ({
      type: header.msg_type,
      content,
      metadata: metadata ?? {},
      buffers: buffers ?? [],
    }));
  }

  /** Ends it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#kernel[Symbol.asyncDispose]();
  }
}

/**
 * Runs groups of cases in kernels of ours: one for all that can share it, as
 * `skein install --as` would start it.
 *
 * @param compared Whose notebooks they stand for.
 * @param groups The groups.
 * @param take Takes what became of each group.
 */
export async function runOwn(
  compared: Compared,
  groups: readonly Group[],
  take: (group: Group, results: readonly Result[]) => void,
): Promise<void> {
  const kinds = Map.groupBy(
    groups,
    ({ isChecked, isJavaScript }) =>
      isJavaScript ? "jslab" : isChecked ? "checked" : compared,
  );
  for (const [kind, some] of kinds) {
    const folder = await Deno.makeTempDir({ prefix: "skein compat " });
    try {
      await writeFiles(folder);
      const standIn = kind === "checked" ? compared : kind;
      await using kernel = new OwnKernel(folder, {
        check: kind === "checked" ? "strict" : "off",
        languageServer: kind === "checked",
        ...cellOptions(folder, standIn),
      });
      for (const group of some) take(group, await runGroup(group, kernel));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
}

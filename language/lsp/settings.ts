/**
 * What a language server is told of us, and how it is to work. Pure.
 *
 * Source: Language Server Protocol 3.17, "Initialize Request".
 * @module
 */

/**
 * Writes the settings that a server asks for.
 *
 * @param configPath Path of its configuration.
 */
export function writeSettings(configPath: string): Readonly<
  Record<"deno" | "typescript", Readonly<Record<string, unknown>>>
> {
  return {
    deno: {
      enable: true,
      config: configPath,
      lint: false,
      unstable: ["sloppy-imports"],
      cacheOnSave: false,
      codeLens: {},
      // Else the scripts of the folder are part of the program, whether a cell
      // imports them or not: every answer takes up to three times as long.
      documentPreloadLimit: 0,
      suggest: { autoImports: false, imports: { autoDiscover: false } },
    },
    typescript: {
      suggest: { autoImports: false, completeFunctionCalls: false },
    },
  };
}

/** What we can take in answers. */
export const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: {
    // With this the server waits to be asked; else it would check all
    // documents again after each change of one.
    diagnostic: { dynamicRegistration: false },
    definition: { linkSupport: true },
    hover: { contentFormat: ["markdown"] },
    completion: {
      completionItem: {
        snippetSupport: false,
        documentationFormat: ["markdown"],
      },
    },
  },
};

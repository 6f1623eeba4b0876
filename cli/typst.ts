/**
 * Typst, as npm has it: loaded when the first PDF is made, and never before.
 *
 * The compiler is a native library of 50 MB. It works in an empty folder, so a
 * document can read nothing; what it shows is handed over in memory.
 * @module
 */
import { Buffer } from "node:buffer";
import type { CompiledPdf, Typesetter } from "../export/mod.ts";
import { INTER, readInterFaces } from "./npm_files.ts";
import { UsageError } from "./usage.ts";

/** What we use of the compiler. */
interface Compiler {
  mapShadow(path: string, content: Buffer): void;
  resetShadow(): void;
  compile(options: { mainFileContent: string }): CompileResult;
  pdf(document: unknown, options: { pdfStandard: string }): Uint8Array;
  fetchDiagnostics(error: unknown): { readonly message: string }[];
}

interface CompileResult {
  readonly result: unknown;
  hasError(): boolean;
  takeError(): unknown;
}

/**
 * Starts the compiler.
 *
 * @param folder An empty folder, all that a document could read.
 * @throws {UsageError} If the compiler is not on this machine, and can not be
 *   loaded.
 */
export async function startTypesetter(folder: string): Promise<Typesetter> {
  const compiler = await load(folder);
  const prepare = (
    main: string,
    files: ReadonlyMap<string, Uint8Array>,
  ): CompileResult => {
    compiler.resetShadow();
    for (const [path, bytes] of files) {
      compiler.mapShadow(folder + path, Buffer.from(bytes));
    }
    return compiler.compile({ mainFileContent: main });
  };
  return {
    compile: (main, files) => compile(compiler, prepare(main, files)),
    accepts: (main, files) => !prepare(main, files).hasError(),
  };
}

function compile(compiler: Compiler, compiled: CompileResult): CompiledPdf {
  if (compiled.hasError()) {
    const [first] = compiler.fetchDiagnostics(compiled.takeError());
    return {
      type: "failed",
      message: first?.message ?? "nothing",
      characters: [],
    };
  }
  try {
    const bytes = compiler.pdf(compiled.result, { pdfStandard: "ua-1" });
    return { type: "pdf", bytes: new Uint8Array(bytes) };
  } catch (error) {
    // It says what breaks the standard in the way that Rust prints values.
    const text = (error as Error).message;
    const [, message = text] = /message: "((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
    return { type: "failed", message, characters: missingCharacters(text) };
  }
}

/** Characters that no font has, as the compiler names them. */
function missingCharacters(text: string): string[] {
  return [...text.matchAll(MISSING)].map(([, written = ""]) =>
    written.replace(
      /\\+u\{([\da-f]{1,6})\}/gi,
      (_, code) => String.fromCodePoint(parseInt(code, 16)),
    )
  );
}

const MISSING =
  /the text (?:`|contains the disallowed codepoint `)\\"(.*?)\\"`/gs;

async function load(folder: string): Promise<Compiler> {
  try {
    // Not a name that Deno sees before the program runs: it would be loaded then.
    const name: string = TYPST;
    const { NodeCompiler } = await import(name);
    // Fonts of figures and headings; those of text and code are in the compiler.
    const fonts = (await readInterFaces()).map((face) => Buffer.from(face));
    return NodeCompiler.create({
      workspace: folder,
      fontArgs: [{ fontBlobs: fonts }],
    });
  } catch (error) {
    throw new UsageError(
      `Cannot make a PDF: the typesetter can not be loaded, ${
        (error as Error).message.split("\n")[0]
      } (it is loaded from npm once: run \`deno cache ${TYPST} ${INTER}\` with a network; or use --engine chromium)`,
    );
  }
}

const TYPST = "npm:@myriaddreamin/typst-ts-node-compiler@0.7.0";

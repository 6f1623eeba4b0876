/**
 * The process that typesets: loads Typst from npm, reads questions, writes answers.
 *
 * It reads and writes blocking, and does nothing else: `typst.ts` keeps an eye on
 * the time. It ends when its input does. Arguments: an empty folder, all that a
 * document could read; the address of the compiler.
 * @module
 */
import { Buffer } from "node:buffer";
import { readInterFaces } from "./npm_files.ts";
import {
  packMessage,
  type TypstAnswer,
  type TypstQuestion,
} from "./typst_wire.ts";

/** What we use of the compiler. */
interface Compiler {
  mapShadow(path: string, content: Buffer): void;
  resetShadow(): void;
  evictCache(age: number): void;
  compile(options: { mainFileContent: string }): CompileResult;
  pdf(document: unknown, options: { pdfStandard: string }): Uint8Array;
  fetchDiagnostics(error: unknown): { readonly message: string }[];
}

interface CompileResult {
  readonly result: unknown;
  hasError(): boolean;
  takeError(): unknown;
}

interface Answered {
  readonly answer: TypstAnswer;
  readonly bytes?: Uint8Array;
}

async function load(
  folder: string,
  address: string,
): Promise<Compiler | undefined> {
  try {
    const [{ NodeCompiler }, faces] = await Promise.all([
      import(address),
      readInterFaces(),
    ]);
    const compiler: Compiler = NodeCompiler.create({
      workspace: folder,
      // Fonts of figures and headings; those of text and code are in the compiler.
      fontArgs: [{ fontBlobs: faces.map((face) => Buffer.from(face)) }],
    });
    // Fonts and tables are read when they are first used: while nobody waits.
    const { result } = compiler.compile({ mainFileContent: WARM_UP });
    compiler.pdf(result, { pdfStandard: "ua-1" });
    return compiler;
  } catch (error) {
    const [message = ""] = (error as Error).message.split("\n");
    write({ answer: { type: "unable", message } });
    return undefined;
  }
}

interface Asked {
  readonly question: TypstQuestion;
  readonly files: readonly Uint8Array[];
}

function answerQuestion(
  { question: { type, main, files }, files: contents }: Asked,
  { compiler, folder }: { compiler: Compiler; folder: string },
): Answered {
  compiler.resetShadow();
  for (const [at, { path }] of files.entries()) {
    compiler.mapShadow(folder + path, Buffer.from(contents[at]!));
  }
  const compiled = compiler.compile({ mainFileContent: main });
  if (type === "accepts") {
    return { answer: { type, accepts: !compiled.hasError() } };
  }
  if (compiled.hasError()) {
    const [first] = compiler.fetchDiagnostics(compiled.takeError());
    const message = first?.message ?? "nothing";
    return { answer: { type: "failed", message, characters: [] } };
  }
  try {
    const bytes = compiler.pdf(compiled.result, { pdfStandard: "ua-1" });
    return { answer: { type: "pdf", size: bytes.length }, bytes };
  } catch (error) {
    // It says what breaks the standard in the way that Rust prints values.
    const text = (error as Error).message;
    const [, message = text] = /message: "((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
    const characters = missingCharacters(text);
    return { answer: { type: "failed", message, characters } };
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

function readQuestion(): Asked | null {
  const head = readBytes(4);
  if (head === null) return null;
  const json = readBytes(new DataView(head.buffer).getUint32(0));
  if (json === null) return null;
  const question: TypstQuestion = JSON.parse(new TextDecoder().decode(json));
  const files: Uint8Array[] = [];
  for (const { size } of question.files) {
    const bytes = readBytes(size);
    if (bytes === null) return null;
    files.push(bytes);
  }
  return { question, files };
}

function readBytes(length: number): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = Deno.stdin.readSync(bytes.subarray(at));
    if (count === null) return null;
    at += count;
  }
  return bytes;
}

function write({ answer, bytes = new Uint8Array() }: Answered): void {
  for (const part of [packMessage(answer), bytes]) {
    for (let at = 0; at < part.length;) {
      at += Deno.stdout.writeSync(part.subarray(at));
    }
  }
}

const KEPT_DOCUMENTS = 3;
const MISSING =
  /the text (?:`|contains the disallowed codepoint `)\\"(.*?)\\"`/gs;
/** Something of each kind that notebooks have. */
const WARM_UP = `#set document(title: "a")
#set text(font: ("Libertinus Serif", "Inter", "DejaVu Sans Mono"))
= Heading
#math.equation(block: true, alt: "a", $ sum_(i=1)^n i^2 / n $)
#text(font: "Inter", weight: 600)[a *b* _c_] #raw("const a = 1;")
#table(columns: 2, table.header[a][b], [1], [2])
#block(width: 100%, fill: rgb("#eee"), radius: 3pt, inset: 5pt)[- a #link("https://a.b")[b]]
#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><text font-family='Inter' y='5'>a</text><path d='M0 0L9 9' stroke='red'/></svg>"), alt: "a")
`;

if (import.meta.main) {
  const [folder = "", address = ""] = Deno.args;
  const compiler = await load(folder, address);
  if (compiler !== undefined) {
    write({ answer: { type: "ready" } });
    for (let asked; (asked = readQuestion()) !== null;) {
      write(answerQuestion(asked, { compiler, folder }));
      // What was cached for documents before the last few is not needed again.
      compiler.evictCache(KEPT_DOCUMENTS);
    }
  }
}

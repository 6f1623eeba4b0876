/**
 * The process that parses cells: reads questions, writes answers.
 *
 * It reads and writes blocking, and does nothing else: whoever asks keeps an
 * eye on the time, and ends it when an answer takes too long. It ends when its
 * input does. Who starts it is `kernel/translator.ts`.
 *
 * Shape, both ways: `length (4 bytes, big-endian) | JSON (length)`. The first
 * answer answers nothing: it says that the parser is loaded.
 * @module
 */
import { answerQuestion, type Question } from "./translation.ts";
import { warmUp } from "./warm_up.ts";

if (import.meta.main) {
  write(null);
  let isWarm = false;
  for (let bytes; (bytes = read()) !== null;) {
    const question: Question = JSON.parse(new TextDecoder().decode(bytes));
    write(answerQuestion(question));
    if (!isWarm) warmUp();
    isWarm = true;
  }
}

function read(): Uint8Array | null {
  const head = readBytes(4);
  if (head === null) return null;
  return readBytes(new DataView(head.buffer).getUint32(0));
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

function write(answer: unknown): void {
  const json = new TextEncoder().encode(JSON.stringify(answer));
  const bytes = new Uint8Array(4 + json.length);
  new DataView(bytes.buffer).setUint32(0, json.length);
  bytes.set(json, 4);
  for (let at = 0; at < bytes.length;) {
    at += Deno.stdout.writeSync(bytes.subarray(at));
  }
}

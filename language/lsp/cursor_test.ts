import assert from "node:assert/strict";
import { endOfWord, nameAtCursor, startOfWord } from "./cursor.ts";

/** The cursor is where the bar stands. */
function check(text: string, expected: string | null): void {
  const offset = text.indexOf("|");
  const source = text.replace("|", "");
  const start = nameAtCursor(source, offset);
  const found = start === null ? null : source.slice(start);
  assert.equal(found, expected, text);
}

Deno.test("nameAtCursor() finds the name that the cursor touches or calls", () => {
  check("a.b|ar(1)", "bar(1)");
  check("a.|bar", "bar");
  check("a.bar(|", "bar(");
  check("a.bar( \n|", "bar( \n");
  check("this.#own|", "#own");
  check("12ab|", "ab");
  check("größe|", "größe");
  check("𝒳y|", "𝒳y");
  check("f(1, |", null);
  check("|", null);
  check("12|", null);
});

Deno.test("words of a million characters are found at once", () => {
  const word = "0a".repeat(500_000);
  assert.equal(startOfWord(`"${word}`, word.length + 1), 1);
  assert.equal(endOfWord(`"${word}"`, 1), word.length + 1);
  assert.equal(nameAtCursor(word, word.length), 1);
});

import assert from "node:assert/strict";
import { terminalText } from "./terminal_text.ts";

Deno.test("terminalText() keeps text and colors, and no other sequence", () => {
  const check = (text: string, colored: string, plain = colored) => {
    assert.equal(terminalText(text, { colors: true }), colored);
    assert.equal(terminalText(text, { colors: false }), plain);
  };
  check("a\tb\nc é 日本 🙂", "a\tb\nc é 日本 🙂");
  check("\x1b[1;31mred\x1b[0m", "\x1b[1;31mred\x1b[0m", "red");
  check("\x1b[38:5:208mx\x1b[0m", "\x1b[38:5:208mx\x1b[0m", "x");
  // What a cell leaves on does not color what follows.
  check("\x1b[31mred", "\x1b[31mred\x1b[0m", "red");
  check("a\x1b[2J\x1b[Hb", "ab");
  check("a\x1b]52;c;eA==\x07b", "ab");
  check("a\x1b]52;c;eA==\x1b\\b", "ab");
  check("a\x1b]0;title\x9cb", "ab");
  check("a\x9d52;c;eA==\x9cb", "ab");
  check("a\x1bP1$r0m\x1b\\b", "ab");
  check("\x1b]8;;http://x\x07link\x1b]8;;\x07", "link");
  check("a\x9b2Jb", "ab");
  check("a\x1b[?25lb\x1b[>4;2mc", "abc");
  check("a\x1bcb\x1b(Bc", "abc");
  check("a\x07\x08\x0b\x7f\x85b\0", "ab");
  // Cut short, or never ended: nothing of the line is shown.
  check("a\x1b]52;c;eA==\nb", "a\nb");
  check("a\x1b", "a");
  check("a\x1b[", "a");
  // Two in one another do not leave a whole one.
  check("\x1b\x1b[2J", "");
  check("\x1b[2\x1b[2JJ", "J");
});

Deno.test("terminalText() keeps the last state of a line", () => {
  const check = (text: string, expected: string) =>
    assert.equal(terminalText(text, { colors: true }), expected);
  check("10%\r20%\rdone\n", "done\n");
  check("10%\r\x1b[K100%\r", "100%");
  check("a\r\nb\r\n", "a\nb\n");
});

Deno.test("terminalText() takes work in proportion to the text", () => {
  // Each start of a string was once searched to the end of the text.
  const ms = (n: number) => {
    const text = "\x1b]".repeat(n);
    const start = performance.now();
    terminalText(text, { colors: true });
    return performance.now() - start;
  };
  ms(1000);
  const [small, large] = [Math.max(ms(50_000), 1), ms(800_000)];
  assert.ok(large < small * 100, `${small} ms, then ${large} ms`);
});

import assert from "node:assert/strict";
import { renderAnsi } from "./ansi.ts";

Deno.test("renderAnsi() turns SGR sequences into spans", () => {
  const check = (text: string, expected: string) =>
    assert.equal(renderAnsi(text), expected);
  const span = (className: string, text = "a") =>
    `<span class="${className}">${text}</span>`;
  check("", "");
  check("a < b\n\nc\n", "a &lt; b\n\nc");
  check("\x1b[31ma\x1b[0mb", `${span("ansi-fg-1")}b`);
  check("\x1b[31ma\x1b[mb", `${span("ansi-fg-1")}b`);
  check("\x1b[1;4;33ma", span("ansi-fg-3 ansi-bold ansi-underline"));
  check("\x1b[1;2ma\x1b[22mb", `${span("ansi-bold ansi-dim")}b`);
  check("\x1b[91;102ma\x1b[39;49mb", `${span("ansi-fg-9 ansi-bg-10")}b`);
  check("\x1b[7ma", span("ansi-inverse"));
  check("\x1b[31;7ma", span("ansi-bg-1 ansi-inverse"));
  check("\x1b[38;5;9ma", span("ansi-fg-9"));
  check(
    "\x1b[38;5;208ma",
    '<span style="color:color-mix(in srgb,rgb(255 135 0) 70%,var(--text))">a</span>',
  );
  check(
    "\x1b[48;5;255ma",
    '<span style="background-color:rgb(238 238 238)">a</span>',
  );
  check(
    "\x1b[38;2;1;2;999ma",
    '<span style="color:color-mix(in srgb,rgb(1 2 255) 70%,var(--text))">a</span>',
  );
  check(
    "\x1b[38:2::1:2:3ma",
    '<span style="color:color-mix(in srgb,rgb(1 2 3) 70%,var(--text))">a</span>',
  );
  check(
    "\x1b[38;5;16;41ma",
    '<span class="ansi-bg-1" style="color:rgb(0 0 0)">a</span>',
  );
  check("\x1b[4:3ma", span("ansi-underline"));
  check("\x1b[31ma\nb", `${span("ansi-fg-1")}\n${span("ansi-fg-1", "b")}`);
  check("\x1b[999ma\x1b[38ma", "aa");
  check("\x1b[31m<b>", span("ansi-fg-1", "&lt;b&gt;"));
});

Deno.test("renderAnsi() moves the cursor as a terminal does", () => {
  const check = (text: string, expected: string) =>
    assert.equal(renderAnsi(text), expected);
  check(" 10%\r100%", "100%");
  check("long line\rshort", "shortline");
  check("a\r\nb", "a\nb");
  check("abc\b\bX", "aXc");
  check("abc\r\x1b[Kd", "d");
  check("abc\x1b[2K\rd", "d");
  check("abc\x1b[1Kd", "   d");
  check("one\ntwo\x1b[1A\r1", "1ne\ntwo");
  // Three bars, each drawn again in its place.
  const put = (up: number, text: string) =>
    `\x1b[${up}A\r${text}\x1b[K\x1b[${up}B\r`;
  check(
    "A   0%\nB   0%\nC   0%\n" + put(3, "A 100%") + put(2, "B 100%") +
      put(1, "C 100%") + "all done\n",
    "A 100%\nB 100%\nC 100%\nall done",
  );
  check("a\nb\nc\x1b[2F1\x1b[E2\x1b[E3", "1\n2\n3");
  check("abc\x1b[2GX\x1b[2CY", "aXc Y");
  check("abc\x1b[2DX", "aXc");
  check("a\nb\x1b[1;1HX\x1b[2;2HY", "X\nbY");
  check("a\nb\nc\x1b[2J\x1b[Hd", "d\n\n");
  check("a\nb\nc\x1b[1;1H\x1b[0Jd", "d");
  check("a\nb\nc\x1b[A\x1b[1Jx", "\n x\nc");
  check("abc\x1b[3D\x1b[2Xd", "d c");
  check("abc\x1b[3D\x1b[P", "bc");
  check("abc\x1b[2D\x1b[2@", "a  bc");
  check("a\nb\nc\x1b[2A\x1b[M", "b\nc");
  check("a\nb\x1b[L", "a\n\nb");
  check("a\x1b7bc\x1b8X", "aXc");
  check("a\x1b[sbc\x1b[uX", "aXc");
  check("a\x1bcb", "b");
  // No further than the output goes.
  check("a\x1b[999999999Bb", "ab");
  check("a\x1b[999999999Ab", "ab");
  check("a\tb\rc", "c\tb");
  check("a\tb\r\tc", "a\tc");
  check("a\tb\r\x1b[3Cc", "a  c    b");
  check("\x1b[31mred\x1b[0m\rb", 'b<span class="ansi-fg-1">ed</span>');
});

Deno.test("renderAnsi() drops the sequences it does not know, and keeps their text", () => {
  const check = (text: string, expected: string) =>
    assert.equal(renderAnsi(text), expected);
  check("\x1b]0;title\x07a", "a");
  check("\x1b]8;;https://a.b\x1b\\link\x1b]8;;\x1b\\", "link");
  check("\x1b[?25la\x1b[?25h", "a");
  check("a\x1b[6n\x1b[?1049hb", "ab");
  check("a\x1b(Bb\x07\x00c", "abc");
  check("end\x1b", "end");
  check("tab\tkept", "tab\tkept");
});

import assert from "node:assert/strict";
import type { Cell } from "../../nbformat/mod.ts";
import { makeDeck } from "./auto_deck.ts";
import { type Deck, type DeckCell, readDeck } from "./deck.ts";

/** Cells from words such as `slide:a`, `notes:n`, `-:x`. */
function cells(words: string): DeckCell[] {
  return words.split(" ").map((word, at) => {
    const [type = "", name = ""] = word.split(":");
    const cell: Cell = {
      cell_type: "markdown",
      id: `c${at}`,
      source: name,
      metadata: type === "" ? {} : { slideshow: { slide_type: type } },
    };
    return { cell, number: at + 1 };
  });
}

/** Columns between `|`, slides between `/`, fragments after `+`, notes in brackets. */
function write(deck: Deck): string {
  return deck.map((column) =>
    column.map(({ steps, notes }) => {
      const body = steps.map(({ isFragment, cells }) =>
        (isFragment ? "+" : "") + cells.map(({ cell }) => cell.source).join(" ")
      ).join("");
      return body + (notes.length === 0
        ? ""
        : `(${notes.map(({ cell }) => cell.source).join(" ")})`);
    }).join(" / ")
  ).join(" | ");
}

Deno.test("readDeck() divides as nbconvert does", () => {
  const check = (words: string, expected: string) =>
    assert.equal(write(readDeck(cells(words))), expected);
  check("slide:a slide:b", "a | b");
  check("slide:a subslide:b slide:c", "a / b | c");
  // Whatever comes first begins a slide.
  check("-:a slide:b", "a | b");
  check("fragment:a fragment:b", "a+b");
  check("subslide:a -:b", "a b");
  // A fragment lasts until the next fragment or slide.
  check(
    "slide:a -:b fragment:c -:d fragment:e subslide:f -:g",
    "a b+c d+e / f g",
  );
  check("slide:a skip:b -:c", "a c");
  check("skip:b slide:a", "a");
  check("slide:a notes:n -:b", "a b(n)");
  check("notes:n slide:a notes:m", "a(n m)");
  check("skip:a notes:n", "");
});

Deno.test("readDeck() keeps what looks, and drops what is fetched", () => {
  const [first] = cells("slide:a");
  const cell = {
    ...first!.cell,
    metadata: {
      slideshow: {
        slide_type: "slide",
        data: {
          "background-color": "#fff",
          "background-iframe": "http://a.example",
          "background-image": "x.png",
        },
      },
    },
  } as Cell;
  assert.deepEqual(readDeck([{ cell, number: 1 }])[0]![0]!.data, {
    "data-background-color": "#fff",
  });
});

Deno.test("makeDeck() begins a slide at headings, and gives each figure one", () => {
  const md = (source: string): DeckCell["cell"] => ({
    cell_type: "markdown",
    id: "m",
    source,
    metadata: {},
  });
  const code = (source: string, count: number): DeckCell["cell"] => ({
    cell_type: "code",
    id: "c",
    source,
    metadata: {},
    execution_count: 1,
    outputs: Array.from({ length: count }, () => ({
      output_type: "display_data" as const,
      data: { "image/png": "AA" },
      metadata: {},
    })),
  });
  const deck = makeDeck(
    [
      md("# Title\n\ntext\n\n## One\n\n```\n# no heading\n```\n### part"),
      code("f()", 2),
      md("more"),
      md(Array.from({ length: 20 }, () => "line").join("\n\n")),
      md("## Two"),
    ].map((cell, at) => ({ cell, number: at + 1 })),
  );
  const seen = deck.map((column) =>
    column.map(({ steps, isFigure }) =>
      isFigure
        ? "figure"
        : steps[0]!.cells.map(({ cell }) => cell.source.split("\n")[0]).join(
          "+",
        )
    )
  );
  assert.deepEqual(seen, [
    ["# Title"],
    ["## One+f()", "figure", "figure", "more", "line"],
    ["## Two"],
  ]);
});

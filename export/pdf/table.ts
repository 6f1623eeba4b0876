/**
 * Tables of HTML as tables of Typst. Each cell is given its place, so that no
 * mistake in spans makes two cells meet. Pure.
 * @module
 */
import {
  findElements,
  isTag,
  textIn,
  type TreeElement,
  type TreeNode,
} from "../tree.ts";
import type { HtmlContext } from "./from_html.ts";

/** What typesets the content of a cell. */
export type TypesetNodes = (
  nodes: readonly TreeNode[],
  context: HtmlContext,
) => string;

/**
 * Typesets a table.
 *
 * @param table The element.
 * @param context Where its parts go.
 * @param typesetNodes Typesets what stands in a cell.
 * @returns Typst code.
 */
export function typesetTable(
  table: TreeElement,
  context: HtmlContext,
  typesetNodes: TypesetNodes,
): string {
  const all = findRows(table);
  const rows = all.slice(0, MAX_ROWS);
  if (all.length > rows.length) {
    context.warn(
      `not shown: ${all.length - rows.length} of ${all.length} rows of a table`,
    );
  }
  const headRows = countHeadRows(rows);
  const { cells, columns, lost } = place(rows, headRows);
  if (lost > 0) {
    context.warn(
      `not shown: ${lost} cells right of the first ${MAX_COLUMNS} columns of a table`,
    );
  }
  if (columns === 0) return "[]";
  const code = cells.map((cell) =>
    typesetCell(cell, typesetNodes(cell.node.children, context))
  );
  const head = code.filter((_, at) => cells[at]!.y < headRows);
  const body = code.filter((_, at) => cells[at]!.y >= headRows);
  const header = head.length === 0 ? [] : [`table.header(${head.join(", ")})`];
  const caption = findElements(["caption"], [table])[0];
  const title = caption === undefined
    ? ""
    : `emph(${typesetNodes(caption.children, context)}); parbreak(); `;
  const size = columns > 14 ? "0.6em" : columns > 7 ? "0.8em" : "0.95em";
  return `{ ${title}set text(size: ${size}); table(columns: ${columns}, ${
    [...header, ...body].join(", ")
  }) }`;
}

/** A cell and its place. */
interface Cell {
  readonly node: TreeElement;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function findRows(table: TreeElement): TreeElement[] {
  return table.children.filter(isTag).flatMap((child) => {
    if (child.name === "tr") return [child];
    return ["thead", "tbody", "tfoot"].includes(child.name)
      ? findRows(child)
      : [];
  });
}

function cellsOf(row: TreeElement): TreeElement[] {
  return row.children.filter(isTag).filter(({ name }) =>
    name === "td" || name === "th"
  );
}

/** Rows of the head: those that say so, else those of headings alone. */
function countHeadRows(rows: readonly TreeElement[]): number {
  const isHead = (row: TreeElement) =>
    row.parent !== null && "name" in row.parent &&
      row.parent.name === "thead" ||
    (cellsOf(row).length > 0 &&
      cellsOf(row).every(({ name }) => name === "th"));
  const end = rows.findIndex((row) => !isHead(row));
  // A table of nothing but headings has no head.
  return end < 0 ? 0 : end;
}

/** Gives each cell its place. */
function place(
  rows: readonly TreeElement[],
  headRows: number,
): { cells: Cell[]; columns: number; lost: number } {
  const cells: Cell[] = [];
  const taken = new Set<number>();
  const key = (x: number, y: number) => y * MAX_COLUMNS + x;
  let [columns, lost] = [0, 0];
  rows.forEach((row, y) => {
    // No cell reaches out of the head, or out of the table.
    const end = y < headRows ? headRows : rows.length;
    let x = 0;
    for (const node of cellsOf(row)) {
      while (taken.has(key(x, y))) x += 1;
      if (x >= MAX_COLUMNS) {
        lost += 1;
        continue;
      }
      let width = 1;
      const wanted = Math.min(readSpan(node.attribs.colspan), MAX_COLUMNS - x);
      while (width < wanted && !taken.has(key(x + width, y))) width += 1;
      const height = Math.min(readSpan(node.attribs.rowspan), end - y);
      for (let down = 0; down < height; down++) {
        for (let right = 0; right < width; right++) {
          taken.add(key(x + right, y + down));
        }
      }
      cells.push({ node, x, y, width, height });
      x += width;
      columns = Math.max(columns, x);
    }
  });
  return { cells, columns, lost };
}

function readSpan(text: string | undefined): number {
  const span = Math.trunc(Number(text ?? 1));
  return span >= 1 ? Math.min(span, 1000) : 1;
}

function typesetCell(cell: Cell, body: string): string {
  const { node, x, y, width, height } = cell;
  const [, side] = /text-align\s*:\s*(left|right|center)/i.exec(
    node.attribs.style ?? node.attribs.align?.replace(/^/, "text-align:") ?? "",
  ) ?? [];
  const text = textIn(node).trim();
  const align = side ?? (NUMBER.test(text) ? "right" : undefined);
  const parts = [
    `x: ${x}, y: ${y}`,
    ...(width > 1 ? [`colspan: ${width}`] : []),
    ...(height > 1 ? [`rowspan: ${height}`] : []),
    ...(align === undefined ? [] : [`align: ${align.toLowerCase()}`]),
    node.name === "th" ? `strong(${body})` : body,
  ];
  return `table.cell(${parts.join(", ")})`;
}

const NUMBER = /^[-+\u2212]?\d[\d\s.,_]*(?:e[-+]?\d+)?%?$/i;
const MAX_ROWS = 500;
const MAX_COLUMNS = 40;

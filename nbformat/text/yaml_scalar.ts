/**
 * Texts in YAML: with which quotes PyYAML writes them, and where it breaks them.
 *
 * Pure. Source: PyYAML 6, `emitter.py`, `resolver.py`.
 * @module
 */

/** How a text is written. */
export type ScalarStyle = "plain" | "single" | "double";

/**
 * Chooses how a text is written.
 *
 * @param text The text.
 * @param place Whether it is a key, stands in brackets, and whether characters
 *   beyond ASCII stay.
 */
export function chooseStyle(
  text: string,
  place: {
    readonly isKey: boolean;
    readonly isUnicode: boolean;
    readonly isFlow?: boolean;
  },
): ScalarStyle {
  if (text === "") return "single";
  const isMultiline = BREAK.test(text);
  const isSpecial = hasSpecial(text, place.isUnicode) ||
    /[ ][\n\x85\u2028\u2029]/.test(text);
  const hasBreakSpace = /[\n\x85\u2028\u2029] /.test(text);
  const isPlain = !isMultiline && !isSpecial && !hasBreakSpace &&
    !/^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/.test(text) &&
    !hasIndicators(text) && !isResolved(text) &&
    !(place.isFlow === true && FLOW_SIGN.test(text));
  if (isPlain) return "plain";
  const isSingle = !isSpecial && !hasBreakSpace &&
    !(place.isKey && isMultiline);
  return isSingle ? "single" : "double";
}

/** Signs that mean something in a block of YAML. */
function hasIndicators(text: string): boolean {
  return /^(?:---|\.\.\.)/.test(text) || /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-](?:[\0 \t\r\n\x85\u2028\u2029]|$)/.test(text) ||
    /:(?:[\0 \t\r\n\x85\u2028\u2029]|$)/.test(text) ||
    /[\0 \t\r\n\x85\u2028\u2029]#/.test(text);
}

function hasSpecial(text: string, isUnicode: boolean): boolean {
  for (const sign of text) {
    if (sign === "\n" || (sign >= " " && sign <= "~")) continue;
    const code = sign.codePointAt(0)!;
    const isPrintable = (code === 0x85 || (code >= 0xa0 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000) && code !== 0xfeff;
    if (!isPrintable || !isUnicode) return true;
  }
  return false;
}

/** What YAML 1.1 takes for something else than a text. */
function isResolved(text: string): boolean {
  return BOOL.test(text) || FLOAT.test(text) || INT.test(text) ||
    NULL.test(text) ||
    TIME.test(text) || text === "<<" || text === "=";
}

/** Where a text begins, how far in it goes on, and whether it may be broken. */
export interface Fold {
  readonly column: number;
  readonly indent: number;
  readonly canFold: boolean;
}

/**
 * Writes a text without quotes.
 *
 * @param text The text.
 * @param fold Where it stands.
 */
export function foldPlain(text: string, fold: Fold): string {
  return foldAtSpaces(text, fold, { isQuoted: false });
}

/**
 * Writes a text in single quotes.
 *
 * @param text The text.
 * @param fold Where it stands.
 */
export function foldSingle(text: string, fold: Fold): string {
  const inner = foldAtSpaces(text, { ...fold, column: fold.column + 1 }, {
    isQuoted: true,
  });
  return `'${inner}'`;
}

/** A space at which a line is broken stands for the break. */
function foldAtSpaces(
  text: string,
  { column, indent, canFold }: Fold,
  { isQuoted }: { readonly isQuoted: boolean },
): string {
  const pad = " ".repeat(indent);
  let [written, at] = ["", column];
  const put = (piece: string) => {
    const quoted = isQuoted ? piece.replaceAll("'", "''") : piece;
    written += quoted;
    at += quoted.length;
  };
  for (
    const [piece] of text.matchAll(
      / +|[\n\x85\u2028\u2029]+|[^ \n\x85\u2028\u2029]+/g,
    )
  ) {
    const start = written === "" ? 0 : 1;
    if (piece === " " && at > WIDTH && canFold && (!isQuoted || start !== 0)) {
      const isLast = text.endsWith(" ") && written.length + 1 >= text.length;
      if (!(isQuoted && isLast)) {
        written += `\n${pad}`;
        at = indent;
        continue;
      }
    }
    if (piece.startsWith("\n")) {
      // The first line end is one more than is meant.
      written += "\n" + "\n".repeat(piece.length) + pad;
      at = indent;
      continue;
    }
    put(piece);
  }
  return written;
}

/**
 * Writes a text in double quotes.
 *
 * @param text The text.
 * @param fold Where it stands, and whether characters beyond ASCII stay.
 */
export function foldDouble(
  text: string,
  { column, indent, canFold, isUnicode }: Fold & {
    readonly isUnicode: boolean;
  },
): string {
  const signs = [...text];
  let [written, at, start] = ['"', column + 1, 0];
  const put = (piece: string) => {
    written += piece;
    at += piece.length;
  };
  for (let end = 0; end <= signs.length; end++) {
    const sign = signs[end];
    const isPlain = sign !== undefined && sign !== '"' && sign !== "\\" &&
      sign !== "\x85" && sign !== "\u2028" && sign !== "\u2029" &&
      sign !== "\ufeff" &&
      ((sign >= " " && sign <= "~") ||
        (isUnicode &&
          ((sign >= "\xa0" && sign <= "\ud7ff") ||
            (sign >= "\ue000" && sign <= "\ufffd"))));
    if (!isPlain) {
      if (start < end) {
        put(signs.slice(start, end).join(""));
        start = end;
      }
      if (sign !== undefined) {
        put(escape(sign));
        start = end + 1;
      }
    }
    const isInside = end > 0 && end < signs.length - 1;
    if (
      isInside && (sign === " " || start >= end) &&
      at + (end - start) > WIDTH && canFold
    ) {
      const piece = signs.slice(start, end).join("") + "\\";
      if (start < end) start = end;
      written += `${piece}\n${" ".repeat(indent)}`;
      at = indent;
      if (signs[start] === " ") put("\\");
    }
  }
  return `${written}"`;
}

function escape(sign: string): string {
  const known = ESCAPES[sign];
  if (known !== undefined) return `\\${known}`;
  const code = sign.codePointAt(0)!;
  const hex = (length: number) =>
    code.toString(16).toUpperCase().padStart(length, "0");
  if (code <= 0xff) return `\\x${hex(2)}`;
  return code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "0",
  "\x07": "a",
  "\x08": "b",
  "\t": "t",
  "\n": "n",
  "\x0b": "v",
  "\x0c": "f",
  "\r": "r",
  "\x1b": "e",
  '"': '"',
  "\\": "\\",
  "\x85": "N",
  "\xa0": "_",
  "\u2028": "L",
  "\u2029": "P",
};

/** After how many columns a line is broken. */
export const WIDTH = 80;
/** What means something between brackets. */
const FLOW_SIGN = /^\?|[,?[\]{}:]/;
const BREAK = /[\n\x85\u2028\u2029]/;
/** Words for true and false. */
export const BOOL =
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
/** Numbers with a point, as in YAML 1.1. */
export const FLOAT =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INT =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const NULL = /^(?:~|null|Null|NULL)$/;
/** Dates, with a time or without. */
export const TIME =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

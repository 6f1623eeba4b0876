/**
 * Templates: a page of the user's own, with places for ours. Pure.
 *
 * `docs/export.md` says what each place holds.
 * @module
 */

/** What goes into the places of a template, all of it HTML, but for `{{body}}`. */
export interface Places {
  /** The title. */
  readonly title: string;
  /** The language of the text: `en`. */
  readonly lang: string;
  /** An attribute of `<html>`, with a space before it; empty if colours vary. */
  readonly theme: string;
  /** What belongs into `<head>`: policy, title, styles, what frames need. */
  readonly head: string;
  /** The table of contents. */
  readonly contents: string;
  /** The footer. */
  readonly footer: string;
}

/**
 * Fills a template.
 *
 * @param template A page with `{{body}}` and other places.
 * @param places What goes into them.
 * @returns What comes before the cells, and after them.
 * @throws {SyntaxError} If a place is missing or not known.
 */
export function fillTemplate(
  template: string,
  places: Places,
): readonly [before: string, after: string] {
  const halves = template.split(BODY);
  if (halves.length !== 2) {
    throw new SyntaxError(
      `Cannot use template: found {{body}} ${
        halves.length - 1
      } times, expected once`,
    );
  }
  if (!/\{\{\s*head\s*\}\}/.test(halves[0]!)) {
    throw new SyntaxError(
      "Cannot use template: {{head}} is missing, expected before {{body}} (it holds the styles and the policy)",
    );
  }
  const [before, after] = halves.map((half) =>
    half.replace(PLACE, (_, name: string) => {
      const html = Object.hasOwn(places, name)
        ? places[name as keyof Places]
        : undefined;
      if (html !== undefined) return html;
      throw new SyntaxError(
        `Cannot use template: {{${name}}} is not known, expected ${
          [...Object.keys(places), "body"].join(", ")
        }`,
      );
    })
  );
  return [before!, after!];
}

const BODY = /\{\{\s*body\s*\}\}/;
const PLACE = /\{\{\s*([\w-]+)\s*\}\}/g;

/**
 * Colours that authors chose for a white page, kept legible on a dark one.
 *
 * Pure. What a style may say is decided in `author_styles.ts`, and what the classes
 * `painted` and `tinted` look like in `theme.ts`.
 * @module
 */

/** What a colour may look like; nothing in it can name a file. */
export const COLOR =
  /^(?:#[\da-f]{3,8}|[a-z]+|(?:rgb|hsl)a?\([\d\s.,%/deg]+\))$/i;

/**
 * Marks an element whose style sets colours.
 *
 * With a background of its own it is `painted`: its text is dark, since on a
 * white page it was. With a colour of its own only it is `tinted`, and the
 * colour is told again as `--tint`, from which a dark page makes a lighter one.
 *
 * @param attributes Attributes of any element, by name.
 * @returns The attributes; an old `bgcolor` as the style that it means.
 */
export function markColors(
  { bgcolor, ...attributes }: Readonly<Record<string, string>>,
): Record<string, string> {
  const style = bgcolor === undefined || !COLOR.test(bgcolor)
    ? attributes.style
    : `background-color:${bgcolor};${attributes.style ?? ""}`;
  if (style === undefined) return attributes;
  const colors = readColors(style);
  const background = colors["background-color"] ?? colors.background;
  if (background !== undefined && hides(background)) {
    return { ...attributes, style, class: withClass(attributes, "painted") };
  }
  const { color } = colors;
  if (color === undefined || !hides(color)) return { ...attributes, style };
  return {
    ...attributes,
    style: `${style};--tint:${color}`,
    class: withClass(attributes, "tinted"),
  };
}

function withClass(
  attributes: Readonly<Record<string, string>>,
  name: string,
): string {
  return attributes.class === undefined ? name : `${attributes.class} ${name}`;
}

function readColors(style: string): Readonly<Record<string, string>> {
  const colors: Record<string, string> = {};
  for (const declaration of style.split(";")) {
    const [name = "", value = ""] = declaration.split(":");
    const color = value.replace(/!\s*important\s*$/i, "").trim();
    if (COLOR.test(color)) colors[name.trim().toLowerCase()] = color;
  }
  return colors;
}

/** Whether a colour is one, through which nothing else is seen. */
function hides(color: string): boolean {
  if (NO_COLORS.has(color.toLowerCase())) return false;
  if (color.startsWith("#")) return color.length === 4 || color.length === 7;
  return !/^(?:rgb|hsl)a|\//i.test(color);
}

const NO_COLORS = new Set([
  ...["transparent", "none", "inherit", "initial", "unset", "revert"],
  ...["currentcolor", "auto"],
]);

/**
 * The HTML of JupyterLab's and Notebook's pages. Pure.
 *
 * They come as templates for Jinja, of which little is used: what stands in
 * `{{ … }}` is filled in here, and blocks are taken out.
 * @module
 */

/** What a page is made of. */
export interface LabPage {
  readonly template: string;
  readonly basePath: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Fills a template. */
export function renderLabPage({ template, basePath, config }: LabPage): string {
  // Notebook's templates say in this way which page they are.
  const [, notebookPage] = /notebookPage='(\w+)'/.exec(template) ?? [];
  const whole = {
    ...config,
    baseUrl: basePath,
    wsUrl: "",
    ...notebookPage === undefined ? {} : { notebookPage },
  };
  const values: readonly (readonly [RegExp, string])[] = [
    [/^page_config_full\s*\|\s*tojson$/, toScript(whole)],
    [/^base_url\b/, escape(basePath)],
    [/^page_config\.fullStaticUrl$/, escape(String(config.fullStaticUrl))],
    [/^page_config\['appName'\]/, escape(String(config.appName))],
  ];
  return template
    .replace(/\{%\s*if custom_css\s*%\}.*?\{%\s*endif\s*%\}/gs, "")
    .replace(/\{#.*?#\}|\{%.*?%\}/gs, "")
    .replace(/\{\{\s*(.*?)\s*\}\}/gs, (_, expression: string) => {
      const found = values.find(([pattern]) => pattern.test(expression));
      // What a later version asks for besides is left out.
      return found?.[1] ?? "";
    });
}

/** JSON that can stand inside of a script. */
function toScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

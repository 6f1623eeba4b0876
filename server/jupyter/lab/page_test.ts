import assert from "node:assert/strict";
import { renderLabPage } from "./page.ts";

Deno.test("renderLabPage() fills what templates ask for, and lets nothing out of the script", () => {
  const html = renderLabPage({
    template: `<title>{{page_config['appName'] | e}}</title>{# a comment #}` +
      `{% set _ = x.update(notebookPage='tree') %}{% block favicon %}` +
      `<link href="{{ base_url | escape }}static/x.ico">{% endblock %}` +
      `{% if custom_css %}<link rel="custom">{% endif %}{{ unknown }}` +
      `<script src="{{page_config.fullStaticUrl}}/main.js"></script>` +
      `<script id="c">{{ page_config_full | tojson }}</script>`,
    basePath: "/user/a&b/",
    config: {
      appName: "<Lab>",
      fullStaticUrl: "/static/lab",
      treePath: "</script><script>alert(1)//$&{{ base_url }}",
    },
  });
  const script = /<script id="c">(.*?)<\/script>/.exec(html)![1]!;
  assert.deepEqual(JSON.parse(script), {
    appName: "<Lab>",
    fullStaticUrl: "/static/lab",
    treePath: "</script><script>alert(1)//$&{{ base_url }}",
    baseUrl: "/user/a&b/",
    wsUrl: "",
    notebookPage: "tree",
  });
  assert.equal(
    html.replace(script, ""),
    "<title>&#60;Lab&#62;</title>" +
      '<link href="/user/a&#38;b/static/x.ico">' +
      '<script src="/static/lab/main.js"></script><script id="c"></script>',
  );
});

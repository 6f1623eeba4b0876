/**
 * Deno.jupyter: what public notebooks do with it, in words of our own.
 * @module
 */
import { cells, displays, type Group } from "../case.ts";

const DISPLAY = 'Symbol.for("Jupyter.display")';

/** Cells like those of public notebooks; each has names of its own. */
export const NOTEBOOKS: Group = {
  title: "As in public notebooks",
  cases: [
    displays(
      "a shorthand for one format",
      "const asMarkdown = (text: string) => Deno.jupyter.display({ 'text/markdown': text }, { raw: true }); await asMarkdown('*so*')",
      { "text/markdown": "*so*" },
    ),
    {
      name: "a bar of progress in its place",
      steps: [{
        run:
          "const bar = (done: number, options = {}) => Deno.jupyter.display(Deno.jupyter.html`<progress value='${done}'></progress>`, { display_id: 'bar', ...options }); await bar(1); for (const done of [2, 3]) await bar(done, { update: true })",
        shows: [
          { data: { "text/html": "<progress value='1'></progress>" } },
          {
            data: { "text/html": "<progress value='2'></progress>" },
            replaces: true,
          },
          {
            data: { "text/html": "<progress value='3'></progress>" },
            replaces: true,
          },
        ],
      }],
    },
    displays(
      "rows of a table from a list",
      "await Deno.jupyter.display(Deno.jupyter.html`<ul>${['a', 'b'].map((one) => `<li>${one}</li>`).join('')}</ul>`)",
      { "text/html": "<ul><li>a</li><li>b</li></ul>" },
    ),
    cells(
      "a class that shows itself",
      `class Chart { constructor(readonly bars: number[]) {} [${DISPLAY}]() { return { "image/svg+xml": \`<svg width="\${this.bars.length}"/>\` } } }; new Chart([1, 2])`,
      { gives: { "image/svg+xml": '<svg width="2"/>' } },
    ),
    cells(
      "a getter that shows something",
      `({ get [${DISPLAY}]() { return () => ({ "text/markdown": "got" }) } })`,
      { gives: { "text/markdown": "got" } },
    ),
    cells(
      "a function that shows itself",
      `Object.assign(() => 1, { [${DISPLAY}]: () => ({ "text/html": "<i>f</i>" }) })`,
      { gives: { "text/html": "<i>f</i>" } },
      "takes it for a function",
    ),
    displays(
      "several at once",
      "await Promise.all(['p', 'q'].map((text) => Deno.jupyter.display({ 'text/plain': text }, { raw: true })))",
      { "text/plain": "p" },
      { "text/plain": "q" },
    ),
    cells(
      "JSON to open and fold",
      `({ [${DISPLAY}]: () => ({ "application/json": { deep: [1, { a: null }] } }) })`,
      { gives: { "application/json": { deep: [1, { a: null }] } } },
    ),
    cells(
      "a map as GeoJSON",
      `({ [${DISPLAY}]: () => ({ "application/geo+json": { type: "Point", coordinates: [1, 2] } }) })`,
      { gives: { "application/geo+json": { coordinates: [1, 2] } } },
    ),
    cells(
      "a chart for Plotly",
      `({ [${DISPLAY}]: () => ({ "application/vnd.plotly.v1+json": { data: [{ y: [1, 3] }], layout: {} } }) })`,
      {
        gives: { "application/vnd.plotly.v1+json": { data: [{ y: [1, 3] }] } },
      },
    ),
    cells(
      "a chart for Vega-Lite",
      "({ toSpec: () => ({ $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'bar' }) })",
      { gives: { "application/vnd.vegalite.v5+json": { mark: "bar" } } },
    ),
    cells(
      "a canvas that is a class",
      "class Canvas { toDataURL(type = 'image/png') { return `data:${type};base64,Y2FudmFz` } }; new Canvas()",
      { gives: { "image/png": "Y2FudmFz" } },
    ),
    cells(
      "an element of a made-up document",
      "class Element { constructor(readonly tag: string) {} get outerHTML() { return `<${this.tag}></${this.tag}>` } }; new Element('figure')",
      { gives: { "text/html": "<figure></figure>" } },
    ),
    cells(
      "a server and its client in two cells",
      [
        "const served = Deno.serve({ port: 0, onListen() {} }, () => Response.json({ ok: 1 }))",
        "const answer = await (await fetch(`http://127.0.0.1:${served.addr.port}`)).json(); await served.shutdown(); answer.ok",
      ],
      { gives: { "text/plain": "1" } },
    ),
    cells(
      "a file that is written and read",
      "const path = await Deno.makeTempFile(); await Deno.writeTextFile(path, 'kept'); await Deno.readTextFile(path)",
      { gives: { "text/plain": '"kept"' } },
    ),
    cells(
      "a widget opens a comm",
      "await Deno.jupyter.broadcast('comm_open', { comm_id: 'w1', target_name: 'jupyter.widget', data: { state: { _model_module: 'anywidget', _model_name: 'AnyModel', value: 1 } } }, { metadata: { version: '2.1.0' } })",
      {
        sends: [{
          type: "comm_open",
          content: { comm_id: "w1", data: { state: { value: 1 } } },
          metadata: { version: "2.1.0" },
        }],
      },
    ),
    cells(
      "a widget sends state with bytes",
      "await Deno.jupyter.broadcast('comm_msg', { comm_id: 'w1', data: { method: 'update', state: {}, buffer_paths: [['pixels']] } }, { buffers: [new Uint8Array([7, 8])] })",
      {
        sends: [{
          type: "comm_msg",
          content: { data: { method: "update", buffer_paths: [["pixels"]] } },
          buffers: [[7, 8]],
        }],
      },
    ),
    cells(
      "a widget as a value",
      `({ [${DISPLAY}]: () => ({ "application/vnd.jupyter.widget-view+json": { version_major: 2, version_minor: 1, model_id: "w1" } }) })`,
      {
        gives: {
          "application/vnd.jupyter.widget-view+json": { model_id: "w1" },
        },
      },
    ),
    cells(
      "a package of the registry, by name and version",
      "import Search from 'npm:minisearch@7.2.0'; typeof Search",
      { gives: { "text/plain": '"function"' } },
      "looks in node_modules alone, beside a package.json",
    ),
    cells(
      "lines of a program, one by one",
      "const program = new Deno.Command(Deno.execPath(), { args: ['eval', 'console.log(1); console.log(2)'], stdout: 'piped' }).spawn(); let lines = ''; for await (const part of program.stdout.pipeThrough(new TextDecoderStream())) lines += part; await program.status; lines.trim().split('\\n').length",
      { gives: { "text/plain": "2" } },
    ),
    cells(
      "a table on the console",
      "console.table([{ a: 1 }])",
      {
        prints:
          "┌───────┬───┐│ (idx) │ a │├───────┼───┤│     0 │ 1 │└───────┴───┘",
      },
    ),
    cells(
      "groups and counters on the console",
      "console.group('g'); console.log('in'); console.groupEnd(); console.count('n'); console.count('n')",
      { prints: "g in n: 1 n: 2" },
    ),
  ],
};

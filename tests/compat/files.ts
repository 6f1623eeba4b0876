/**
 * The folder in which cases run: files and packages that cells import.
 * @module
 */
import { dirname, join } from "node:path";

/** Writes the files into a folder. */
export async function writeFiles(folder: string): Promise<void> {
  for (const [name, text] of Object.entries(FILES)) {
    const path = join(folder, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
}

const FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "notes", "private": true }\n',
  "data.json": '{ "rows": [1, 2, 3] }\n',
  "tools.ts": `export const answer: number = 42;
export default function greet(name: string): string {
  return \`hello \${name}\`;
}
export interface Shape { sides: number }
`,
  "chain.ts":
    'import { answer } from "./tools";\nexport const next = answer + 1;\n',
  "plain.js": "exports.kind = 'plain';\nexports.twice = (x) => 2 * x;\n",
  "lib/index.ts": 'export const place = "lib/index";\n',
  "view.tsx": `const React = { createElement: (tag: string) => \`<\${tag}>\` };
export const view = <main />;
`,
  "shows.ts": `import * as tslab from "tslab";
export const show = (text: string) => tslab.display.html(text);
`,
  "wrong.ts": 'export const wrong: number = "text";\n',
  "decorated.ts": `export const seen: string[] = [];
function note(_target: any, key: string) { seen.push(key); }
export class Noted { @note a = 1; @note f() {} }
`,
  "node_modules/cjs-pack/package.json":
    '{ "name": "cjs-pack", "version": "1.2.3", "main": "main.js" }\n',
  "node_modules/cjs-pack/main.js":
    "module.exports = { hello: () => 'cjs', list: [1] };\n",
  "node_modules/cjs-pack/extra/part.js": "exports.part = 'part';\n",
  "node_modules/cjs-func/package.json":
    '{ "name": "cjs-func", "version": "1.0.0" }\n',
  "node_modules/cjs-func/index.js": "module.exports = (x) => x + 1;\n",
  "node_modules/typed-pack/package.json":
    '{ "name": "typed-pack", "version": "1.0.0", "main": "index.js", "types": "index.d.ts" }\n',
  "node_modules/typed-pack/index.js": "exports.add = (a, b) => a + b;\n",
  "node_modules/typed-pack/index.d.ts":
    "/** Adds. */\nexport function add(a: number, b: number): number;\n",
  "node_modules/@scope/pack/package.json":
    '{ "name": "@scope/pack", "version": "1.0.0", "main": "index.js" }\n',
  "node_modules/@scope/pack/index.js": "exports.scoped = true;\n",
  "node_modules/esm-pack/package.json":
    '{ "name": "esm-pack", "version": "1.0.0", "type": "module", "exports": "./index.js" }\n',
  "node_modules/esm-pack/index.js":
    'export const esm = "esm"; export default 7;\n',
  "node_modules/flagged-pack/package.json":
    '{ "name": "flagged-pack", "version": "1.0.0" }\n',
  "node_modules/flagged-pack/index.js":
    'Object.defineProperty(exports, "__esModule", { value: true });\nexports.default = "the default";\nexports.named = "named";\n',
};

import assert from "node:assert/strict";
import {
  addPragmas,
  type EmitSettings,
  readEmitSettings,
} from "./emit_settings.ts";
import { transformCell } from "./transform.ts";

function toText(source: string, emit: EmitSettings): string {
  const script = transformCell(source, {
    name: "cell",
    folderUrl: "file:///",
    emit,
  });
  assert.equal(script.type, "script");
  return script.type === "script" ? script.body : "";
}

Deno.test("readEmitSettings() reads what decides of emitting, comments or not", () => {
  const table: readonly (readonly [string, EmitSettings])[] = [
    ["{}", {}],
    ["", {}],
    ["not json", {}],
    ['{ "compilerOptions": 5 }', {}],
    [
      '{ "compilerOptions": { "jsx": 5, "strict": false, "lib": ["dom"] } }',
      {},
    ],
    [
      '// All of it.\n{ "compilerOptions": { "jsx": "react-jsx", /* a */ "jsxImportSource": "preact", }, }',
      { jsx: "react-jsx", jsxImportSource: "preact" },
    ],
    [
      '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }',
      { experimentalDecorators: true, emitDecoratorMetadata: true },
    ],
  ];
  for (const [text, expected] of table) {
    assert.deepEqual(readEmitSettings(text), expected, text);
  }
});

Deno.test("addPragmas() takes words of first comments only", () => {
  const table: readonly (readonly [string, EmitSettings])[] = [
    ["/** @jsx h */\n<a/>", { jsx: "react", jsxFactory: "h" }],
    ["/* @jsx h\n * @jsxFrag F */ <a/>", {
      jsx: "react",
      jsxFactory: "h",
      jsxFragmentFactory: "F",
    }],
    ["/** @jsxImportSource npm:preact@10 */", {
      jsx: "react-jsx",
      jsxImportSource: "npm:preact@10",
    }],
    ["// a\n/** @jsxRuntime automatic */", { jsx: "react-jsx" }],
    ["/** @jsxRuntime classic */", { jsx: "react" }],
    ["1; /** @jsx h */ <a/>", {}],
    ["// @jsx h\n<a/>", {}],
    ["const a = '/** @jsx h */'", {}],
  ];
  for (const [source, expected] of table) {
    assert.deepEqual(addPragmas({}, source), expected, source);
  }
});

Deno.test("transformCell() calls JSX as the settings say", () => {
  const source = 'const a = <p class="a"><>x</></p>';
  const table: readonly (readonly [EmitSettings, RegExp])[] = [
    [{}, /React\.createElement\("p", \{ class: "a" \}/],
    [
      { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "F" },
      /h\("p"[^]*h\(F/,
    ],
    // A source has no meaning in classic JSX, nor a factory in automatic JSX.
    [{ jsx: "react", jsxImportSource: "preact" }, /React\.createElement/],
    [{ jsxImportSource: "preact" }, /React\.createElement/],
    [
      { jsx: "react-jsx", jsxImportSource: "preact" },
      /import\("preact\/jsx-runtime"\)[^]*_jsx\("p"/,
    ],
    [{ jsx: "react-jsx", jsxFactory: "h" }, /import\("react\/jsx-runtime"\)/],
    [
      { jsx: "react-jsxdev", jsxImportSource: "x" },
      /import\("x\/jsx-dev-runtime"\)[^]*_jsxDEV/,
    ],
    [
      { jsx: "precompile", jsxImportSource: "preact" },
      /import\("preact\/jsx-runtime"\)/,
    ],
  ];
  for (const [emit, expected] of table) {
    assert.match(toText(source, emit), expected, JSON.stringify(emit));
  }
  assert.match(
    toText(`/** @jsx h */ ${source}`, { jsx: "react-jsx" }),
    / h\("p"/,
  );
  assert.match(
    toText(`/** @jsxImportSource y */ ${source}`, {
      jsx: "react",
      jsxFactory: "h",
    }),
    /import\("y\/jsx-runtime"\)/,
  );
});

Deno.test("transformCell() makes decorators as the settings say", () => {
  const source =
    "class A { @d m(x: string): Date { return new Date(x) } @d accessor a = 1 }";
  assert.match(toText(source, {}), /__esDecorate/);
  const old = toText(source, { experimentalDecorators: true });
  assert.match(old, /__decorate\(\[\s*d\s*\], A\.prototype, "m", null\)/);
  assert.doesNotMatch(old, /__metadata/);
  assert.match(
    toText(source, {
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    }),
    /__metadata\("design:paramtypes", \[\s*String\s*\]\)/,
  );
});

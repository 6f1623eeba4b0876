import assert from "node:assert/strict";
import { openNotebook } from "./open.ts";
import { parseNotebook } from "./parse.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** Makes a file long enough to be read cell by cell. */
const FILLER = "x".repeat(9 * 1024 * 1024);

Deno.test("openNotebook() reads what parseNotebook() reads", () => {
  const check = (text: string) => {
    const { cells, ...notebook } = parseNotebook(text, "a.ipynb");
    const opened = openNotebook(encode(text), "a.ipynb");
    assert.ok(!Array.isArray(opened.cells), "it is read cell by cell");
    for (let round = 0; round < 2; round++) {
      assert.deepEqual({ ...opened, cells: [...opened.cells] }, {
        ...notebook,
        cells,
      });
    }
  };
  const odd = String
    .raw`{"cell_type":"markdown","id":"a","metadata":{"a]":{"\"}":[1,{}]}},"source":["\\","é\ud83d\"]"]}`;
  const code =
    `{"source":"","outputs":[{"output_type":"stream","name":"stdout","text":"${FILLER}"}],"cell_type":"code","execution_count":null}`;
  const cells = `[ ${odd},\n${odd} ,\t${code} ]`;
  check(
    `{"cells":${cells},"metadata":{"x":NaN},"nbformat":4,"nbformat_minor":4}`,
  );
  check(
    `\ufeff {"nbformat_minor" : 5 , "nbformat":4,"extra":{"cells":[1]}, "metadata":{} ,"cells" : ${cells} }\n`,
  );
  check(
    `{"cells":[{"cell_type":"chat","extra":1},${code}],"metadata":{},"nbformat":4,"nbformat_minor":9}`,
  );
});

Deno.test("openNotebook() says what is wrong as parseNotebook() does", () => {
  const check = (text: string) => {
    const read = (parse: () => unknown) => {
      try {
        return `${JSON.stringify(parse()).length}`;
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.equal(
      read(() => openNotebook(encode(text), "a.ipynb")),
      read(() => parseNotebook(text, "a.ipynb")),
    );
  };
  const cell = `{"cell_type":"raw","metadata":{},"source":"${FILLER}"}`;
  check(`{"cells":[${cell}],"metadata":{},"nbformat":2}`);
  check(`{"cells":[${cell},{"cell_type":"raw","source":3}],"nbformat":4}`);
  check(`{"cells":[${cell}`);
  check(`{"cells":[${cell}],"nbformat":4} x`);
  check(`{"cells":{"a":${cell}},"nbformat":4}`);
  check(`[${cell}]`);
  check(`{"nbformat":4,"metadata":{"a":"${FILLER}"}}`);
  check(
    `{"nbformat":3,"worksheets":[{"cells":[{"cell_type":"code","input":"${FILLER}"}]}]}`,
  );
});

Deno.test("openNotebook() reads again what it did not keep", () => {
  const text =
    `{"cells":[{"cell_type":"raw","metadata":{},"source":"${FILLER}"}],"nbformat":4}`;
  const asked: number[] = [];
  const { cells } = openNotebook(encode(text), "a.ipynb", ({ start, end }) => {
    asked.push(start);
    return encode(text).subarray(start, end);
  });
  assert.equal([...cells][0]?.source.length, FILLER.length);
  assert.deepEqual(asked, [10]);
});

/**
 * tslab: what public notebooks do with it, in words of our own.
 * @module
 */
import { cells, displays, type Group } from "../case.ts";

/** Cells like those of public notebooks; each has names of its own. */
export const NOTEBOOKS: Group = {
  title: "As in public notebooks",
  cases: [
    displays(
      "a helper that shows HTML",
      [
        'import { display as shown1 } from "tslab"; const table1 = (rows: number[][]) => shown1.html(`<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</table>`)',
        "table1([[1, 2]])",
      ],
      { "text/html": "<table><tr><td>1</td><td>2</td></tr></table>" },
    ),
    {
      name: "a chart that grows in its place",
      steps: [{
        run:
          'import { newDisplay as new2 } from "tslab"; const chart2 = new2(); for (const size of [1, 2]) chart2.svg(`<svg width="${size}"/>`)',
        shows: [
          { data: { "image/svg+xml": '<svg width="1"/>' } },
          { data: { "image/svg+xml": '<svg width="2"/>' }, replaces: true },
        ],
      }],
    },
    displays(
      "an image from a file",
      [
        'import * as fs3 from "fs"; import * as tslab3 from "tslab"; fs3.writeFileSync("three.png", Buffer.from([137, 80]))',
        'tslab3.display.png(fs3.readFileSync("three.png"))',
      ],
      { "image/png": "iVA=" },
    ),
    displays(
      "a chart for Vega-Lite, raw",
      'require("tslab").display.raw("application/vnd.vegalite.v4+json", JSON.stringify({ mark: "bar" }))',
      { "application/vnd.vegalite.v4+json": '{"mark":"bar"}' },
    ),
    displays(
      "a page that loads a script",
      'require("tslab").display.html("<script>let five = 5;</script><div id=\\"d\\"></div>")',
      { "text/html": '<script>let five = 5;</script><div id="d"></div>' },
    ),
    cells("a promise with async and await", [
      "const wait6 = (ms: number) => new Promise<string>((done) => setTimeout(() => done('later'), ms))",
      "await wait6(1)",
    ], "later"),
    cells("events", [
      'import { EventEmitter as Emitter7 } from "events"; const heard7: string[] = []; const bus7 = new Emitter7(); bus7.on("say", (word: string) => heard7.push(word))',
      'bus7.emit("say", "hi"); heard7',
    ], "[hi]"),
    cells("a generic class", [
      "class Stack8<T> { private items: T[] = []; push(one: T) { this.items.push(one); return this; } pop(): T | undefined { return this.items.pop(); } }",
      "new Stack8<number>().push(1).push(2).pop()",
    ], "2"),
    cells("an interface that a later cell implements", [
      "interface Shape9 { area(): number }",
      "class Square9 implements Shape9 { constructor(private side: number) {} area() { return this.side ** 2 } }",
      "const shapes9: Shape9[] = [new Square9(3)]; shapes9[0].area()",
    ], "9"),
    cells("an abstract class", [
      "abstract class Base10 { abstract name(): string; greet() { return `I am ${this.name()}` } }",
      'new (class extends Base10 { name() { return "ten" } })().greet()',
    ], "I am ten"),
    cells("a mapped type", [
      "type Flags11<T> = { [K in keyof T]: boolean }; const flags11: Flags11<{ a: 1, b: 2 }> = { a: true, b: false }",
      "flags11",
    ], "{ a: true, b: false }"),
    cells(
      "a union that is told apart",
      'type Event12 = { kind: "key"; code: number } | { kind: "text"; text: string }; const say12 = (e: Event12) => e.kind === "key" ? e.code : e.text; say12({ kind: "text", text: "t" })',
      "t",
    ),
    cells(
      "overloads",
      "function both13(a: number): number; function both13(a: string): string; function both13(a: any) { return a + a } [both13(2), both13('x')]",
      "[4, xx]",
    ),
    cells(
      "a tuple with names",
      "const pair14: [id: number, name: string] = [1, 'n']; const [id14, ...rest14] = pair14; rest14",
      "[n]",
    ),
    cells(
      "a generator",
      "function* count15(to: number) { for (let i = 0; i < to; i++) yield i } [...count15(3)]",
      "[0, 1, 2]",
    ),
    cells(
      "an async generator",
      "async function* slow16() { yield 1; await null; yield 2 } const got16: number[] = []; for await (const one of slow16()) got16.push(one); got16",
      "[1, 2]",
      "can not: for await at the top",
    ),
    cells("a module cell with a type", [
      "/** @module geometry17 */ export interface Point { x: number; y: number } export const origin: Point = { x: 0, y: 0 };",
      'import { origin as origin17, Point as Point17 } from "./geometry17"; const here17: Point17 = { ...origin17, x: 5 }; here17',
    ], "{ x: 5, y: 0 }"),
    cells("a module cell that uses another", [
      "/** @module low18 */ export const low = 2;",
      '/** @module high18 */ import { low } from "./low18"; export const high = low * 10;',
      'import { high as high18 } from "./high18"; high18',
    ], "20"),
    cells(
      "a child process",
      'import { execSync as exec19 } from "child_process"; exec19("echo done").toString().trim()',
      "done",
    ),
    cells(
      "a hash",
      'import { createHash as hash20 } from "crypto"; hash20("sha256").update("a").digest("hex").slice(0, 8)',
      "ca978112",
    ),
    cells(
      "time that is measured",
      'import { performance as clock21 } from "perf_hooks"; const from21 = clock21.now(); clock21.now() >= from21',
      "true",
    ),
    cells(
      "lines of a file, one by one",
      'import * as lines22 from "readline"; import { Readable as Stream22 } from "stream"; const found22: string[] = []; for await (const line of lines22.createInterface({ input: Stream22.from(["a\\nb\\n"]) })) found22.push(line); found22',
      "[a, b]",
      "can not: for await at the top",
    ),
    cells(
      "a web server, asked and ended",
      'import * as http23 from "http"; const text23 = await new Promise<string>((done) => { const server = http23.createServer((_, answer) => answer.end("served")).listen(0, "127.0.0.1", () => http23.get({ port: (server.address() as any).port, host: "127.0.0.1", agent: false }, (got) => got.on("data", (part) => { server.close(); done(String(part)) }))) }); text23',
      "served",
    ),
    cells(
      "a table on the console",
      "console.table([{ a: 1 }])",
      "┌───────┬───┐ │ (idx) │ a │ ├───────┼───┤ │ 0 │ 1 │ └───────┴───┘",
      "says (index)",
    ),
  ],
};

/**
 * tslab: what Node gives, its built-in modules and the names of CommonJS.
 * @module
 */
import { cells, type Group } from "../case.ts";

/** Built-in modules of Node, and names of CommonJS. */
export const NODE: Group = {
  title: "Node",
  cases: [
    cells(
      "fs",
      'import * as fs1 from "fs"; fs1.readFileSync("data.json", "utf8").length',
      "22",
    ),
    cells(
      "fs as default",
      'import fs2 from "fs"; typeof fs2.readFileSync',
      "function",
    ),
    cells(
      "fs/promises",
      'import { readFile } from "fs/promises"; JSON.parse(await readFile("data.json", "utf8")).rows.length',
      "3",
    ),
    cells("path", 'import path4 from "path"; path4.extname("a.b")', ".b"),
    cells("os", 'import { EOL } from "os"; EOL.length', "1"),
    cells(
      "util.promisify",
      'import { promisify } from "util"; await promisify(setTimeout)(1); "slept"',
      "slept",
    ),
    cells(
      "util.inspect",
      'import { inspect } from "util"; inspect({ a: "x" })',
      "{ a: 'x' }",
    ),
    cells(
      "events",
      'import { EventEmitter } from "events"; const em = new EventEmitter(); em.on("e", (x) => console.log("got", x)); em.emit("e", 5); undefined',
      "got 5",
    ),
    cells(
      "crypto",
      'import * as crypto9 from "crypto"; crypto9.createHash("md5").update("a").digest("hex").slice(0, 6)',
      "0cc175",
    ),
    cells(
      "the global crypto",
      "typeof crypto.randomUUID()",
      "string",
      "knows it as a module only where types are old",
    ),
    cells(
      "child_process.execSync",
      'import { execSync } from "child_process"; execSync("echo hi").toString()',
      "hi",
    ),
    cells(
      "url",
      'import { parse } from "url"; parse("http://h/p").pathname',
      "/p",
    ),
    cells(
      "assert",
      'import assert13 from "assert"; assert13.equal(1, 1); "fine"',
      "fine",
    ),
    cells(
      "stream",
      'import { Readable } from "stream"; const parts: string[] = []; await (async () => { for await (const c of Readable.from(["a", "b"])) parts.push(c) })(); parts.join()',
      "a,b",
    ),
    cells(
      "zlib",
      'import * as zlib15 from "zlib"; zlib15.gunzipSync(zlib15.gzipSync("x")).toString()',
      "x",
    ),
    cells(
      "timers/promises",
      'import { setTimeout as sleep16 } from "timers/promises"; await sleep16(1, "v")',
      "v",
    ),
    cells(
      "worker_threads",
      'import { isMainThread } from "worker_threads"; typeof isMainThread',
      "boolean",
    ),
    cells(
      "http",
      'import http18 from "http"; http18.STATUS_CODES[404]',
      "Not Found",
    ),
    cells(
      "a built-in with node:",
      'import { join } from "node:path"; join("a", "b")',
      "a/b",
    ),
    cells("require of a built-in", 'require("path").sep', "/"),
    cells("typeof require", "typeof require", "function"),
    cells(
      "exports can be given names",
      "exports.given = 5; exports.given",
      "5",
      "knows it in old code only",
    ),
    cells(
      "module has exports",
      "typeof module.exports",
      "object",
      "has no module: ReferenceError",
    ),
    cells(
      "__dirname is the folder",
      'require("fs").existsSync(__dirname + "/data.json")',
      "true",
      "has none: ReferenceError",
    ),
    cells(
      "__filename is in the folder",
      "__filename.startsWith(__dirname)",
      "true",
      "has none: ReferenceError",
    ),
    cells(
      "import.meta.url",
      'new URL("data.json", import.meta.url).pathname.endsWith("/data.json")',
      "true",
      "has none: a syntax error",
    ),
  ],
};

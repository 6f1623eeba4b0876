/**
 * A kernel's history, in a process of its own: writes as many cells as it is
 * told to, then says what it was told.
 * @module
 */
import { FileHistory } from "../../kernel/mod.ts";

const [path, name, count] = Deno.args as [string, string, string];
const told: string[] = [];
const history = new FileHistory(path, (line) => told.push(line));
for (let line = 1; line <= Number(count); line++) {
  history.append({ line, source: `${name} ${line}`, output: null });
  await new Promise((resolve) => setTimeout(resolve, 1));
}
const query = { type: "search", n: null, isUnique: false } as const;
// What waits for others is written in the end.
for (let tries = 0; tries < 200; tries++) {
  const found = history.find({ ...query, pattern: `${name} *` });
  if (found.length === Number(count)) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
history[Symbol.dispose]();
// deno-lint-ignore no-console -- This is how it answers.
console.log(JSON.stringify(told));

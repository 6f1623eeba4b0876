/**
 * The picture of `README.md`: measured once by `deno task picture`, kept as
 * numbers, and drawn of them by `deno task gallery`, so that it looks as figures do.
 * @module
 */
import type { Comparison } from "../../base/record/mod.ts";
import { compare } from "../../measure/compare/compare.ts";
import { task } from "../../run/mod.ts";
import { comparisonFigure } from "../../measure/compare/figure.ts";

/** Draws what was measured. */
export async function drawFourWays(): Promise<string> {
  const found: Comparison = JSON.parse(await Deno.readTextFile(NUMBERS));
  return `${comparisonFigure(found).svg}\n`;
}

/** Where the picture is. */
export const PICTURE: URL = new URL(
  "../../../docs/four-ways.svg",
  import.meta.url,
);
const NUMBERS = new URL("four-ways.json", PICTURE);

/** Asks a server that thinks for 100 ms, four times, in four ways. */
async function measureFourWays(): Promise<Comparison> {
  const server = new Worker(
    `data:text/javascript,${encodeURIComponent(SERVER)}`,
    { type: "module" },
  );
  try {
    const port = await new Promise<number>((resolve) => {
      server.onmessage = ({ data }) => resolve(data);
    });
    const ask = task(async function ask(port: number) {
      const response = await fetch(`http://127.0.0.1:${port}`);
      return await response.text();
    });
    return await compare(ask, {
      title: "Four jobs that wait 100 ms for a server",
      inputs: [[port], [port], [port], [port]],
      prediction: { async: 4, workers: 2, processes: 2 },
    });
  } finally {
    server.terminate();
  }
}

const SERVER = `
const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return new Response("answer");
  },
);
postMessage(server.addr.port);
`;

if (import.meta.main) {
  const found = await measureFourWays();
  // deno-lint-ignore no-console -- Whether it is fit to be shown, a person decides.
  console.log(found.findings.join("\n"), found.stamp);
  await Deno.writeTextFile(NUMBERS, `${JSON.stringify(found, null, 1)}\n`);
  await Deno.writeTextFile(PICTURE, await drawFourWays());
}

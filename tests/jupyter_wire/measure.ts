/**
 * Measures the sockets and the door against libzmq; prints what it finds.
 *
 * Run: `deno run -A tests/jupyter_wire/measure.ts`. The client is `client.py`.
 * @module
 */
import { EchoRep } from "../../jupyter/sockets/rep.ts";
import { Router } from "../../jupyter/sockets/router.ts";
import { Xpub } from "../../jupyter/sockets/xpub.ts";
import { createGreeting } from "../../jupyter/welcome.ts";
import { createSigner } from "../../jupyter/wire/signature.ts";
import { ANYWHERE, openEchoDoor } from "./echo_door.ts";
import { runClient } from "./pyzmq.ts";

const RUNS = 5;
const signer = createSigner({ scheme: "hmac-sha256", key: "" });
const text = (value: string) => new TextEncoder().encode(value);

const socket = () => ({
  endpoint: { transport: "tcp", hostname: "127.0.0.1", port: 0 } as const,
  onRefused: (peer: string, reason: string) => report(peer, reason),
});

{
  await using iopub = new Xpub({
    ...socket(),
    onSubscribe: createGreeting({ kernelId: "k", signer }),
  });
  await using shell = new Router({
    ...socket(),
    onMessage: (frames) => {
      if (!new TextDecoder().decode(frames[3]).includes('"flood"')) {
        shell.send(frames);
        return;
      }
      const parts = ["topic", "<IDS|MSG>", "", "{}"].map(text);
      for (let number = 0; number < 20_000; number++) {
        iopub.publish([...parts, text(`{"number":${number}}`)]);
      }
    },
  });
  await using heartbeat = new EchoRep(socket());
  const portOf = (each: { readonly endpoint: unknown }) =>
    (each.endpoint as { readonly port: number }).port;
  await measure("sockets alone", {
    ...ANYWHERE,
    key: "",
    shell_port: portOf(shell),
    iopub_port: portOf(iopub),
    hb_port: portOf(heartbeat),
  });
}
{
  await using echo = await openEchoDoor();
  await measure("door: signed, JSON", echo.door.connection);
}

async function measure(name: string, connection: unknown): Promise<void> {
  for (let run = 0; run < RUNS; run++) {
    const latency = await runClient(connection, ["latency", "3000"]);
    report(`${name}, round trip ms`, JSON.stringify(latency));
  }
  for (let run = 0; run < RUNS; run++) {
    const { seconds } = await runClient(connection, ["flood", "20000"]);
    const rate = Math.round(20_000 / Number(seconds));
    report(`${name}, iopub messages/s`, rate);
  }
  for (const size of ["5", "50"]) {
    const { seconds } = await runClient(connection, ["big", size]);
    const timeMs = Math.round(Number(seconds) * 1e4) / 10;
    report(`${name}, ${size} MiB there and back, ms`, timeMs);
  }
  const rss = Math.round(Deno.memoryUsage().rss / 2 ** 20);
  report(`${name}, resident MiB`, rss);
}

function report(name: string, value: unknown): void {
  // deno-lint-ignore no-console
  console.log(`${name}: ${value}`);
}

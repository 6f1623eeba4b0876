import { readShippable } from "../run/capture.ts";
import { sampleThreads } from "./core_guest.ts";
import { readThreadId } from "./thread_name.ts";
import { watchInside } from "./worker_guest.ts";

Deno.test("what is shipped into Workers uses nothing from outside but globals", () => {
  for (const guest of [sampleThreads, readThreadId, watchInside]) {
    readShippable(guest, guest.name);
  }
});

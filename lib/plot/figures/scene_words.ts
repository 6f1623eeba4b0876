/**
 * What the lanes of a timeline show, in words. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import { lengthOf, sumMs, type TraceSpan } from "../../base/record/mod.ts";
import { shareInWords, STATES } from "../core/mod.ts";

/** How long a lane was in each state. */
export function describeSpans(
  spans: readonly Pick<TraceSpan, "state" | "startMs" | "endMs" | "share">[],
): string {
  const states = [...Map.groupBy(spans, ({ state }) => state)].map(
    ([state, spans]) => {
      const ms = sumMs(spans);
      const told = `${STATES[state].name} ${formatDuration(ms)}`;
      if (state !== "alive") return told;
      const known = spans.filter(({ share }) => share !== undefined);
      const knownMs = sumMs(known);
      const ranMs = known.reduce(
        (sum, span) => sum + (span.share ?? 0) * lengthOf(span),
        0,
      );
      const share = knownMs > 0 ? ranMs / knownMs : undefined;
      return `${told} (${shareInWords(share)})`;
    },
  );
  return states.join(", ") || "nothing";
}

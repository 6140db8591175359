import * as z from "zod";
import { ofKind, type HistoryEvent } from "../history/events/events.ts";
import type { DeepReadonly } from "../util/deep-readonly.ts";

/** Servers that the order of the members in SockJS's info tells apart. */
export const likenesses = ["spring", "sockjs-node", "unknown"] as const;

export const targetSaid = z
  .strictObject({
    heartBeats: z
      .array(z.strictObject({ offered: z.string(), answered: z.string() }))
      .describe(
        "`heart-beat` headers of CONNECT, each with that of the CONNECTED in answer. Each pair once.",
      ),
    servers: z.array(z.string()).describe("`server` headers of CONNECTED. Each once."),
    info: z
      .strictObject({
        looksLike: z.enum(likenesses).describe("The server that writes info like this."),
        websocket: z.boolean(),
        origins: z.array(z.string()),
        cookieNeeded: z.boolean(),
      })
      .exactOptional()
      .describe(
        "Answer to SockJS's info request; left out if hangup did not ask, or the target has no SockJS.",
      ),
  })
  .meta({ id: "TargetSaid", description: "What the target said about itself." });

/** What the target said about itself: headers of its CONNECTED frames, and SockJS's info. */
export type TargetSaid = DeepReadonly<z.infer<typeof targetSaid>>;

/** Maximum number of different values that a record keeps. */
const valuesMax = 5;

/** Returns the values that differ, the first ones if there are many. */
export function distinct<Value>(values: readonly Value[]): Value[] {
  const byContent = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byContent.values()].slice(0, valuesMax);
}

/** Returns what the target said in its CONNECTED frames. */
export function saidIn(histories: readonly (readonly HistoryEvent[])[]): TargetSaid {
  const connected = histories.flatMap((events) => ofKind(events, "connected"));
  return {
    heartBeats: distinct(
      connected.flatMap(({ offered, heartBeat }) =>
        offered === undefined || heartBeat === undefined ? [] : { offered, answered: heartBeat },
      ),
    ),
    servers: distinct(connected.flatMap(({ server }) => server ?? [])),
  };
}

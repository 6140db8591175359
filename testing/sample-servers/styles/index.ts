import type { SampleServer } from "../sample-server.ts";
import { answersLate } from "./answers-late.ts";
import { broadcastLoop } from "./broadcast-loop.ts";
import { bySessionId } from "./by-session-id.ts";
import { debouncedRoster } from "./debounced-roster.ts";
import { relay } from "./relay.ts";
import { taskPerClient } from "./task-per-client.ts";

/** Servers written in different styles. A client sees the style only in the order and the time of notices. */
export const styles: Readonly<Record<string, SampleServer>> = {
  "broadcast-loop": broadcastLoop,
  "task-per-client": taskPerClient,
  "debounced-roster": debouncedRoster,
  "by-session-id": bySessionId,
  "answers-late": answersLate,
  relay,
};

import type { Shape } from "../sample-server.ts";
import { answersLate } from "./answers-late.ts";
import { broadcastLoop } from "./broadcast-loop.ts";
import { bySessionId } from "./by-session-id.ts";
import { debouncedRoster } from "./debounced-roster.ts";
import { relay } from "./relay.ts";
import { taskPerClient } from "./task-per-client.ts";

/** Small servers by how they are written inside, which a client sees only in the order and the time of what it is told. */
export const styles: Readonly<Record<string, Shape>> = {
  "broadcast-loop": broadcastLoop,
  "task-per-client": taskPerClient,
  "debounced-roster": debouncedRoster,
  "by-session-id": bySessionId,
  "answers-late": answersLate,
  relay,
};

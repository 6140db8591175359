import { createClient } from "./client.js";
import type { Driver, Emit } from "./driver.ts";
import { nodeParts } from "./node-parts.js";

/** A client inside the harness's own process: sockjs-client or ws, under stompjs. */
export function startNodeClient(emit: Emit): Driver {
  const act = createClient(nodeParts(), emit);
  return {
    do: (command) => {
      act(command);
      return Promise.resolve();
    },
    dispose: () => {
      act({ do: "close" });
      return Promise.resolve();
    },
  };
}

import type { Driver, Emit } from "./driver.ts";
import { createNodeClient } from "./node-client.js";

/** Starts a client in the harness's own process: sockjs-client or ws, under stompjs. */
export function startNodeClient(proxyPort: number, emit: Emit): Driver {
  const act = createNodeClient(emit, proxyPort);
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

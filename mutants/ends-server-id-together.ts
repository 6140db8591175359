import type { Duplex } from "node:stream";
import { endAtAnyTime, falseEnd, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";

const serverIdIn = /^\/connection\/([^/]+)\/[^/]+\/websocket/;

export default {
  description: "Closes all connections with the same SockJS server id when the first of them closes.",
  breaks: ["SOCKJS-ANY-IDS"],
  alsoBreaks: union(["LEAVE-IN-TIME"], falseEnd, endAtAnyTime),
  mutate: (original) => ({
    openWebSocket(...given) {
      const endpoint = original.openWebSocket(...given);
      const connectionsOf = new Map<string, Duplex[]>();
      return {
        upgrade(request, socket, ...rest) {
          const serverId = serverIdIn.exec(request.url ?? "")?.[1];
          if (serverId !== undefined) {
            const all = connectionsOf.get(serverId) ?? [];
            connectionsOf.set(serverId, [...all, socket]);
            socket.once("close", () => {
              for (const other of connectionsOf.get(serverId) ?? []) other.destroy();
            });
          }
          endpoint.upgrade(request, socket, ...rest);
        },
      };
    },
  }),
} satisfies MutantFile;

import type { Duplex } from "node:stream";
import { endAtAnyTime, falseEnd, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";

const sessionAddress = /^\/connection\/([^/]+)\/[^/]+\//;

export default {
  description: "Uses the server id in a SockJS path as the session id.",
  breaks: ["SOCKJS-ANY-IDS", "OTHERS-STAY-CONNECTED"],
  alsoBreaks: union(["LEAVE-IN-TIME"], falseEnd, endAtAnyTime),
  // Like `split("/")[2]`. A second connection with the same id replaces the first.
  mutate: (original) => ({
    openSockJs(...given) {
      const endpoint = original.openSockJs(...given);
      return {
        handle(request, response) {
          request.url = (request.url ?? "").replace(sessionAddress, "/connection/$1/$1/");
          endpoint.handle(request, response);
        },
      };
    },
    openWebSocket(...given) {
      const endpoint = original.openWebSocket(...given);
      const connectionOf = new Map<string, Duplex>();
      return {
        upgrade(request, socket, ...rest) {
          const id = sessionAddress.exec(request.url ?? "")?.[1];
          if (id !== undefined) {
            connectionOf.get(id)?.destroy();
            connectionOf.set(id, socket);
          }
          endpoint.upgrade(request, socket, ...rest);
        },
      };
    },
  }),
} satisfies MutantFile;

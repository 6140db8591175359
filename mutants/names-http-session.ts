import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ClientData } from "../reference-server/flow/core/identify-message.ts";
import { readAddress } from "../reference-server/transports/address.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Keeps the client's name in the HTTP session, which the tabs of a browser share.",
  breaks: ["LEAVE-NAMES-THE-LEAVER"],
  alsoBreaks: [],
  // Like `httpSession.setAttribute("name", …)`: the name that was stored last is announced.
  mutate(original) {
    const cookieOf = new Map<string, string>();
    const nameIn = new Map<string, ClientData>();
    const noteCookie = ({ url = "", headers }: IncomingMessage) => {
      const address = readAddress(url);
      const cookie = /JSESSIONID=([\w-]+)/.exec(headers.cookie ?? "")?.[1];
      if (address?.kind === "session" && cookie !== undefined) cookieOf.set(address.sessionId, cookie);
      return cookie;
    };
    return {
      openSockJs(...given) {
        const endpoint = original.openSockJs(...given);
        return {
          handle(request, response) {
            if (noteCookie(request) === undefined && request.url?.endsWith("/info") === true)
              response.setHeader("Set-Cookie", `JSESSIONID=${randomUUID()}; Path=/; HttpOnly`);
            endpoint.handle(request, response);
          },
        };
      },
      openWebSocket(...given) {
        const endpoint = original.openWebSocket(...given);
        return {
          upgrade(request, ...rest) {
            noteCookie(request);
            endpoint.upgrade(request, ...rest);
          },
        };
      },
      perform(effect, live, context) {
        const cookie = cookieOf.get(live.connection.sessionId ?? "") ?? "";
        if (cookie !== "" && effect.kind === "put") nameIn.set(cookie, effect.mapping.clientData);
        const clientData = nameIn.get(cookie);
        const isRenamed = isLeave(effect) && clientData !== undefined;
        original.perform(
          isRenamed ? { ...effect, notice: { ...effect.notice, clientData } } : effect,
          live,
          context,
        );
      },
    };
  },
} satisfies MutantFile;

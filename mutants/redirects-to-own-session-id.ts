import { randomBytes } from "node:crypto";
import type { MutantFile } from "./support/mutant.ts";

const sessionAddress = /^\/connection\/([^/]+)\/([^/]+)\/(.+)$/;

export default {
  description: "Redirects a page's requests to a path with another session id.",
  breaks: ["SESSION-ID-FROM-TRANSPORT"],
  alsoBreaks: [],
  mutate: (original) => ({
    openSockJs(...given) {
      const endpoint = original.openSockJs(...given);
      const ownIds = new Map<string, string>();
      return {
        handle(request, response) {
          const { url = "", headers } = request;
          const [, server = "", theirs = "", rest = ""] = sessionAddress.exec(url) ?? [];
          // Only browsers follow redirects. Other clients could not connect at all.
          const isPage = headers["sec-fetch-mode"] !== undefined;
          if (!isPage || theirs === "" || [...ownIds.values()].includes(theirs)) {
            endpoint.handle(request, response);
            return;
          }
          const own = ownIds.get(theirs) ?? randomBytes(9).toString("base64url");
          ownIds.set(theirs, own);
          response.writeHead(307, { location: `/connection/${server}/${own}/${rest}` }).end();
        },
      };
    },
  }),
} satisfies MutantFile;

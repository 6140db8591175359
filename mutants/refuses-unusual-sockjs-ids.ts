import { prefix, readAddress } from "../reference-server/transports/address.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteUrls } from "./support/rewrite-transport.ts";

const usual = /^\/\d{3}\/[a-z0-9]{8}$/;

export default {
  description: "Accepts ids in a SockJS path only in the form that sockjs-client generates.",
  breaks: ["SOCKJS-ANY-IDS"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteUrls(original, ({ url = "" }) => {
      const address = readAddress(url);
      return address?.kind === "session" && !usual.test(address.path.slice(prefix.length)) ? null : url;
    }),
} satisfies MutantFile;

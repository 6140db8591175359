import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const { resolve } = createRequire(import.meta.url);

/** The client page and all that it loads, by address relative to a common root; the page itself comes first. */
export const pageFiles: Readonly<Record<string, string>> = {
  "browser-fixtures/client.html": here("client.html"),
  "browser-fixtures/page.js": here("page.js"),
  "browser-fixtures/session-id.js": here("session-id.js"),
  "browser-fixtures/sockjs.js": resolve("sockjs-client/dist/sockjs.min.js"),
  "browser-fixtures/stomp.js": resolve("@stomp/stompjs"),
  "harness/clients/client.js": here("../harness/clients/client.js"),
};

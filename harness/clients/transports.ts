/** Where a client runs: in the harness, in a child process, in a browser tab; or as a speaker, whose bytes are its own. */
export type By = "harness" | "process" | "speaker" | "tab";

/** What sockjs-client can do in Node, where there is no page for iframes and scripts. `native` is no SockJS at all. */
const inNode = ["websocket", "xhr-streaming", "xhr-polling", "eventsource", "native"] as const;

/** The transports that each kind of client can be held to. A test joins and leaves by each. */
export const transportsOf: Readonly<Record<By, readonly string[]>> = {
  harness: inNode,
  process: inNode,
  speaker: ["websocket", "xhr-streaming", "xhr-polling", "eventsource", "native"],
  tab: [
    ...inNode,
    "htmlfile",
    "jsonp-polling",
    "iframe-eventsource",
    "iframe-htmlfile",
    "iframe-xhr-polling",
  ],
};

/** @throws Error that names what a client of that kind can do, if it can't do `transport` */
export function assertPossible(by: By, transport: string): void {
  const possible = transportsOf[by];
  if (possible.includes(transport)) return;
  throw new Error(`an actor by: "${by}" can't do ${transport}; it can do ${possible.join(", ")}`);
}

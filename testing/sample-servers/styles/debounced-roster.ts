import type { MakeApplication, Session } from "../server/application.ts";
import type { Shape } from "../sample-server.ts";

/** How long changes are gathered, in milliseconds. */
const gatherMs = 50;

interface Gathering {
  /** When the list that is sent is made. */
  readonly shows?: "what is" | "what was at the first change";
  readonly nameIn?: (body: string) => unknown;
}

const parsedName = (body: string): unknown => (JSON.parse(body) as { name?: unknown }).name;
const cutName = (body: string): unknown => /"name":\s*"([^"]*)/.exec(body)?.[1];

/** Sends the whole list of those who are there, at most once in a while. */
const list =
  ({ shows = "what is", nameIn = parsedName }: Gathering = {}): MakeApplication =>
  ({ tell }) => {
    const there = new Map<Session, string>();
    let gathers = false;
    const current = () => ({ there: [...there.values()].map((name) => ({ name })) });
    const change = () => {
      if (gathers) return;
      gathers = true;
      const first = current();
      setTimeout(() => {
        gathers = false;
        tell("/topic/list", shows === "what is" ? current() : first);
      }, gatherMs);
    };
    return {
      send(session, destination, body) {
        const name = destination === "/app/list" ? nameIn(body) : undefined;
        if (typeof name !== "string") return;
        there.set(session, name);
        change();
      },
      end(session) {
        if (there.delete(session)) change();
      },
    };
  };

export const debouncedRoster: Shape = {
  server: { path: "/list", transport: "native", receipts: "all" },
  profile: {
    topic: "/topic/list",
    identify: { destination: "/app/list", body: { name: "{client}" } },
    notice: { roster: { list: "/there", client: "/name" } },
  },
  application: list(),
  broken: [
    {
      what: "sends the list as it was at the first change",
      application: list({ shows: "what was at the first change" }),
      breaks: "LEAVE-ON-CLOSE",
    },
    {
      what: "cuts a name at its first quotation mark",
      application: list({ nameIn: cutName }),
      breaks: "IDENTIFY-ANY-TEXT",
    },
  ],
};

import type { MakeApplication, SampleSession } from "../server/application.ts";
import type { SampleServer } from "../sample-server.ts";

/** Time in which changes are collected, in milliseconds. */
const gatherMs = 50;

interface ListOptions {
  /** Time at which the list is made. */
  readonly made?: "when sent" | "at the first change";
  readonly nameIn?: (body: string) => unknown;
}

const parsedName = (body: string): unknown => (JSON.parse(body) as { name?: unknown }).name;
const cutName = (body: string): unknown => /"name":\s*"([^"]*)/.exec(body)?.[1];

/** Sends the whole list of clients, at most every 50 ms. */
const list =
  ({ made = "when sent", nameIn = parsedName }: ListOptions = {}): MakeApplication =>
  ({ tell }) => {
    const there = new Map<SampleSession, string>();
    let gathers = false;
    const current = () => ({ there: [...there.values()].map((name) => ({ name })) });
    const change = () => {
      if (gathers) return;
      gathers = true;
      const first = current();
      setTimeout(() => {
        gathers = false;
        tell("/topic/list", made === "when sent" ? current() : first);
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

export const debouncedRoster: SampleServer = {
  server: { path: "/list", transport: "native" },
  profile: {
    topic: "/topic/list",
    identify: { destination: "/app/list", body: { name: "{client}" } },
    notice: { roster: { list: "/there", client: "/name" } },
  },
  application: list(),
  defects: [
    {
      description: "sends the list as it was at the first change",
      application: list({ made: "at the first change" }),
      breaks: "LEAVE-ON-CLOSE",
    },
    {
      description: "cuts a name at its first quotation mark",
      application: list({ nameIn: cutName }),
      breaks: "IDENTIFY-ANY-TEXT",
    },
  ],
};

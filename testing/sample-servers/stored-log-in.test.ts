import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { complaintsIn, recordsOf } from "./run-cases.ts";
import type { RightServer } from "./sample-server.ts";
import type { Application, SampleSession } from "./server/application.ts";

/** Time in which the application stores a log-in, in milliseconds. */
const storingMs = 150;

/** Ways of being known by what one connects with, and where the name stands. */
const ways = {
  "a header of CONNECT": {
    profile: { stomp: { headers: { login: "{client}" } }, identify: { by: "connect" } },
    react: (join) => ({ connect: (session) => join(session, session.headers["login"]) }),
  },
  "the address's query": {
    profile: { query: { nick: "{client}" }, identify: { by: "connect" } },
    react: (join) => ({ connect: (session) => join(session, session.url.searchParams.get("nick")) }),
  },
  "a header of SUBSCRIBE": {
    profile: { identify: { by: "subscribe", headers: { nick: "{client}" } } },
    react: (join) => ({ subscribe: (session, headers) => join(session, headers["nick"]) }),
  },
} as const satisfies Record<
  string,
  {
    profile: ProfileInput;
    react: (join: (session: SampleSession, name?: string | null) => void) => Application;
  }
>;

/** Stores each log-in for a while before it announces it. The broken one does not look whether the client is still there. */
function storing(way: keyof typeof ways, looks: boolean, transport: "native" | "sockjs"): RightServer {
  const { profile, react } = ways[way];
  return {
    server: { path: "/ws", transport, sockJsDelayMs: 1_000 },
    profile: { ...profile, deadlines: { endedMs: 500, httpEndedMs: 2_000 } },
    application: ({ sessions, tell }) => ({
      ...react((session, name) => {
        if (name === undefined || name === null) return;
        void wait(storingMs).then(() => {
          if (looks && !sessions.has(session)) return;
          session.client = name;
          tell("/topic/", { event: "join", clientData: name });
        });
      }),
      end({ client: clientData }) {
        if (clientData !== undefined) tell("/topic/", { event: "leave", clientData });
      },
    }),
  };
}

const idsOn = (transport: string): string[] =>
  ["leave/fin", "leave/close"].map((scenario) => `${scenario}[transport=${transport},phase=identifying]`);

const kindsOf = (records: readonly CaseRecord[], requirement: string): string[] =>
  records.flatMap(({ verdicts }) =>
    verdicts.flatMap((verdict) => (verdict.requirement === requirement ? [verdict.kind] : [])),
  );

const all = (Object.keys(ways) as (keyof typeof ways)[]).flatMap((way) =>
  (["native", "sockjs"] as const).map((transport) => ({ way, transport })),
);

test.each(all)(
  "a log-in by $way on $transport that is still being stored when the client goes",
  async (of) => {
    const ids = idsOn(of.transport === "native" ? "native" : "websocket");
    const [right, broken] = await Promise.all(
      [true, false].map((looks) => recordsOf(storing(of.way, looks, of.transport), { ids })),
    );
    expect(complaintsIn(right ?? [])).toEqual([]);
    expect(kindsOf(right ?? [], "IDENTIFY-LEAVES-NO-GHOST")).toEqual(["pass", "pass"]);
    expect(kindsOf(broken ?? [], "IDENTIFY-LEAVES-NO-GHOST")).toEqual(["fail", "fail"]);
  },
  60_000,
);

test.each(Object.keys(ways) as (keyof typeof ways)[])(
  "what a client connects with, by %s, is held on the way over HTTP, too",
  async (way) => {
    const ids = ["xhr-streaming", "xhr-polling", "eventsource"].map(
      (transport) => `leave/fin[transport=${transport},phase=identifying]`,
    );
    const records = await recordsOf(storing(way, true, "sockjs"), { ids });
    expect(complaintsIn(records)).toEqual([]);
    expect(kindsOf(records, "IDENTIFY-LEAVES-NO-GHOST")).toEqual(["pass", "pass", "pass"]);
  },
  60_000,
);

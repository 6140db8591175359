import type { ProfileInput } from "../../harness/profile/profile.ts";
import type { SampleServer } from "./sample-server.ts";
import type { MakeApplication, SampleSession } from "./server/application.ts";

/** Clients that are present, the latest first, with a number for each session. */
type Present = readonly (readonly [id: number, name: string])[];

/** Mistakes of a server that sends rosters. */
type Mistake = "keeps lost sessions" | "keeps the host";

/** Sends the clients that are present in some form whenever they change. A later subscriber may request the same. */
const showing =
  (form: (present: Present) => unknown, mistake?: Mistake): MakeApplication =>
  ({ tell }) => {
    const there = new Map<SampleSession, readonly [number, string]>();
    let ids = 0;
    const present = (): Present => [...there.values()].reverse();
    const show = () => tell("/topic/stage", form(present()));
    return {
      send(session, _destination, body) {
        const { name } = JSON.parse(body) as { name?: unknown };
        if (typeof name !== "string") return;
        there.set(session, there.get(session) ?? [(ids += 1), name]);
        show();
      },
      subscribe(session, { destination }) {
        if (destination === "/app/stage") void session.tell(destination, JSON.stringify(form(present())));
      },
      end(session, how) {
        if (mistake === "keeps lost sessions" && how === "lost") return;
        if (mistake === "keeps the host" && [...there.keys()].at(-1) === session) return;
        if (there.delete(session)) show();
      },
    };
  };

type Roster = NonNullable<NonNullable<ProfileInput["notice"]>["roster"]>;

const sample = (form: (present: Present) => unknown, roster: Roster, mistake: Mistake): SampleServer => ({
  server: { path: "/stage", transport: "native" },
  profile: {
    topic: "/topic/stage",
    identify: { destination: "/app/enter", body: { name: "{client}" } },
    notice: { roster },
    roster: { destination: "/app/stage", ...roster },
    deadlines: { endedMs: 300 },
  },
  application: showing(form),
  defects: [
    mistake === "keeps lost sessions"
      ? {
          description: "keeps clients whose connection was lost",
          application: showing(form, mistake),
          breaks: "LEAVE-ON-LOST-CONNECTION",
          alsoBreaks: ["LEAVE-ON-SILENCE"],
        }
      : {
          description: "keeps a host who leaves, until there is another",
          application: showing(form, mistake),
          breaks: "LEAVE-ON-DISCONNECT",
        },
  ],
});

/** Servers whose roster is more than one list of entries, by its form. */
export const rosterForms: Readonly<Record<string, SampleServer>> = {
  "roster of a host and guests": sample(
    ([host, ...guests]) => ({ host: host?.[1] ?? null, guests: guests.map(([, name]) => ({ name })) }),
    { list: ["/host", "/guests"], client: "/name" },
    "keeps the host",
  ),
  "roster keyed by id": sample(
    (present) => ({ users: Object.fromEntries(present.map(([id, name]) => [`s${id}`, { user: { name } }])) }),
    { list: "/users/*", client: "/user/name" },
    "keeps lost sessions",
  ),
  "roster of several lists": sample(
    (present) => ({
      active: present.filter(([id]) => id % 2 === 0).map(([, name]) => name),
      idle: present.filter(([id]) => id % 2 === 1).map(([, name]) => name),
    }),
    { list: ["/active", "/idle"], client: "" },
    "keeps lost sessions",
  ),
};

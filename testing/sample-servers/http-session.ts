import { randomUUID } from "node:crypto";
import type { MakeApplication, SampleSession } from "./server/application.ts";
import type { SampleServer } from "./sample-server.ts";

/** Id of the HTTP session that the handshake belongs to; undefined for a client without the page's cookie. */
const httpSessionOf = ({ handshake }: SampleSession): string | undefined =>
  /JSESSIONID=([\w-]+)/.exec(handshake.headers.cookie ?? "")?.[1];

/** Place where the application keeps names. */
interface Names {
  readonly store: (session: SampleSession, name: string) => void;
  readonly nameOf: (session: SampleSession) => string | null | undefined;
}

/** Keeps each name with its own connection. */
const byConnection = (): Names => ({
  store: (session, name) => (session.client = name),
  nameOf: ({ client }) => client,
});

/** Keeps names in HTTP sessions, and those of clients without one with their connections. */
function byHttpSession(): Names {
  const names = new Map<SampleSession | string, string>();
  const keyOf = (session: SampleSession) => httpSessionOf(session) ?? session;
  return {
    store: (session, name) => names.set(keyOf(session), name),
    nameOf: (session) => names.get(keyOf(session)),
  };
}

/** Removes a name with the first connection of its HTTP session, so that the others have none. */
function removedWithFirst(): Names {
  const { store, nameOf } = byHttpSession();
  const over = new Set<string>();
  return {
    store,
    nameOf(session) {
      const id = httpSessionOf(session);
      if (id !== undefined && over.has(id)) return null;
      if (id !== undefined) over.add(id);
      return session.client ?? nameOf(session);
    },
  };
}

const office =
  (makeNames: () => Names): MakeApplication =>
  ({ tell }) => {
    const names = makeNames();
    return {
      send(session, destination, body) {
        if (destination !== "/app/enter" || body === "") return;
        names.store(session, body);
        tell("/topic/office", { entered: body });
      },
      end(session) {
        const name = names.nameOf(session);
        if (name !== undefined) tell("/topic/office", { left: name });
      },
    };
  };

/** An office whose page sets a session cookie, as a servlet container does. The cookie does not identify a client. */
export const withHttpSessions: SampleServer = {
  server: {
    path: "/office",
    transport: "native",
    answers: (_request, response) =>
      void response
        .writeHead(200, { "Set-Cookie": `JSESSIONID=${randomUUID()}; Path=/; HttpOnly` })
        .end("an office"),
  },
  profile: {
    topic: "/topic/office",
    identify: { destination: "/app/enter", body: "{client}" },
    notice: {
      join: { pattern: '"entered":"(?<client>[^"]+)"' },
      leave: { pattern: '"left":(null|"(?<client>[^"]+)")' },
    },
    unidentified: "silent",
    heartbeatMs: 0,
    deadlines: { endedMs: 300 },
  },
  application: office(byConnection),
  defects: [
    {
      description: "keeps the name in the HTTP session",
      application: office(byHttpSession),
      breaks: "LEAVE-NAMES-THE-LEAVER",
    },
    {
      description: "forgets the HTTP session's name at its first end",
      application: office(removedWithFirst),
      breaks: "LEAVE-NAMES-THE-LEAVER",
    },
  ],
};

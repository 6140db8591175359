import type { MakeApplication } from "./server/application.ts";
import type { SampleServer } from "./sample-server.ts";

/** Creates rooms and users over HTTP. Each room has a topic with the list of its members. */
const rooms =
  (bindsTo: "own session" | "the session it names"): MakeApplication =>
  ({ sessions, tell }) => {
    const names = new Map<string, string>();
    const members = new Map<unknown, { readonly room: string; readonly userId: string }>();
    let made = 0;
    const show = (room: string) => {
      const there = [...members.values()].filter((member) => member.room === room);
      tell(
        `/topic/rooms/${room}/users`,
        there.map(({ userId: id }) => ({ id, name: names.get(id) })),
      );
    };
    return {
      post(path, { name = "" }) {
        const id = String((made += 1));
        if (path === "/users") names.set(id, name);
        return path === "/users" || path === "/rooms" ? { id } : undefined;
      },
      send(session, destination, body) {
        const room = /^\/ws\/rooms\/(.+)\/users$/.exec(destination)?.[1];
        if (room === undefined) return;
        const { userId, sessionId } = JSON.parse(body) as { userId: string; sessionId: string };
        const named = [...sessions].find(({ id }) => id === sessionId);
        members.set(bindsTo === "own session" ? session : named, { room, userId });
        show(room);
      },
      end(session) {
        const member = members.get(session);
        if (!members.delete(session) || member === undefined) return;
        show(member.room);
      },
    };
  };

export const ownTopicLayout: SampleServer = {
  server: { path: "/connection", transport: "sockjs" },
  profile: {
    nativeWebSocket: false,
    before: [
      { per: "case", path: "/rooms", take: { roomId: "/id" } },
      { path: "/users", json: { name: "{client}" }, take: { userId: "/id" } },
    ],
    topic: "/topic/rooms/{roomId}/users",
    identify: {
      destination: "/ws/rooms/{roomId}/users",
      body: { userId: "{userId}", sessionId: "{sessionId}" },
    },
    notice: { roster: { list: "", client: "/id" }, names: "{userId}" },
    deadlines: { endedMs: 300, httpEndedMs: 1_000 },
  },
  application: rooms("own session"),
  defects: [
    {
      description: "believes the session id in the message",
      application: rooms("the session it names"),
      breaks: "IDENTIFY-BINDS-TO-OWN-SESSION",
    },
  ],
};

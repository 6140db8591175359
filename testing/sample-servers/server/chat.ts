import type { SampleSession } from "./application.ts";
import { startServer, type RunningServer, type ServerOptions } from "./start-server.ts";

/** Means of a chat to announce who has come or gone. */
export interface Chat {
  readonly sessions: ReadonlySet<SampleSession>;
  /** Sends a body as JSON to every subscriber. */
  readonly say: (body: unknown) => void;
}

/** Tells the chat's clients that a client has come or gone. */
export type Tell = (event: "join" | "leave", session: SampleSession, chat: Chat) => void;

/** Differences of a chat from a right one. */
export interface Misbehaviour extends Partial<ServerOptions> {
  /** Replaces the notice that every subscriber gets. */
  readonly tell?: Tell;
  /** Calls `tell` also for the end of a session without an identify; false when left out. */
  readonly tellsAll?: boolean;
}

/** Announces only clients that have subscribed. */
export const onlySubscribers: Misbehaviour = {
  tell: (event, { client, subscription }, { say }) => {
    if (subscription !== undefined) say({ event, clientData: client });
  },
};

/**
 * Starts a small chat for the tests of the harness, the doctor and the command line. It has one topic, and everything is as
 * in a profile with `transport: "native"` and the other defaults. It has no heartbeats, and the end of the connection ends
 * a session.
 */
export function startChatServer({
  tell = tellEveryone,
  tellsAll = false,
  ...options
}: Misbehaviour = {}): Promise<RunningServer> {
  return startServer(
    ({ sessions, tell: send }) => {
      const chat: Chat = { sessions, say: (body) => send("/topic/", body) };
      return {
        send(session, _destination, body) {
          session.client = (JSON.parse(body) as { clientData: string }).clientData;
          tell("join", session, chat);
        },
        end(session) {
          if (tellsAll || session.client !== undefined) tell("leave", session, chat);
        },
      };
    },
    { transport: "native", heartbeats: { answer: [0, 0] }, endsByDisconnect: false, ...options },
  );
}

const tellEveryone: Tell = (event, { client }, { say }) => say({ event, clientData: client });

import { setTimeout } from "node:timers/promises";
import type { MakeApplication } from "../server/application.ts";
import type { SampleServer } from "../sample-server.ts";

type Broadcast = (subscribers: readonly { readonly tell: () => Promise<void> }[]) => Promise<void>;

/** Tells one subscriber after the other, and waits for each write. It skips a subscriber that is gone. */
const oneByOne: Broadcast = async (subscribers) => {
  for (const { tell } of subscribers) await tell().catch(() => undefined);
};

/** Tells the newest subscriber first, and ends with the first write that fails, so that older subscribers miss the notice. */
const untilOneFails: Broadcast = async (subscribers) => {
  for (const { tell } of [...subscribers].reverse()) {
    await setTimeout(5);
    await tell();
  }
};

/** Does the same, but starts again with the other subscribers when a write fails. */
const againWhenOneFails: Broadcast = async (subscribers) => {
  for (const [place, { tell }] of [...subscribers].reverse().entries()) {
    await setTimeout(5);
    const isTold = await tell().then(
      () => true,
      () => false,
    );
    if (!isTold)
      return againWhenOneFails(subscribers.filter((_, at) => at !== subscribers.length - 1 - place));
  }
};

/** Broadcasts one after the other, so that no leave overtakes its join; or, with slow writes, side by side. */
const board =
  (broadcast: Broadcast, inTurn: boolean): MakeApplication =>
  ({ sessions }) => {
    let turn = Promise.resolve();
    const announce = (notice: object) => {
      const body = JSON.stringify(notice);
      const begin = () => {
        const all = [...sessions].map((session) => ({ tell: () => session.tell("/topic/board", body) }));
        return broadcast(all).catch(() => undefined);
      };
      if (inTurn) turn = turn.then(begin);
      else void begin();
    };
    return {
      send(session, destination, body) {
        const { name } = JSON.parse(body) as { name?: unknown };
        if (destination !== "/app/board" || typeof name !== "string") return;
        session.client = name;
        announce({ type: "JOIN", name });
      },
      end({ client }) {
        if (client !== undefined) announce({ type: "LEAVE", name: client });
      },
    };
  };

export const broadcastLoop: SampleServer = {
  server: { path: "/board", transport: "native" },
  profile: {
    topic: "/topic/board",
    identify: { destination: "/app/board", body: { name: "{client}" } },
    notice: {
      join: { match: { "/type": "JOIN" }, client: "/name" },
      leave: { match: { "/type": "LEAVE" }, client: "/name" },
    },
  },
  application: board(oneByOne, true),
  defects: [
    {
      description: "tells no other subscriber when one closes during the loop",
      application: board(untilOneFails, false),
      breaks: "LEAVE-ON-CLOSE",
    },
    {
      description: "starts again when a subscriber closes during the loop",
      application: board(againWhenOneFails, false),
      breaks: "LEAVE-NOT-TWICE",
    },
  ],
};

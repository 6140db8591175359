import { setTimeout } from "node:timers/promises";
import type { MakeApplication } from "../server/application.ts";
import type { Shape } from "../sample-server.ts";

type Tell = (subscribers: readonly { readonly tell: () => Promise<void> }[]) => Promise<void>;

/** Tells one subscriber after the other, and waits for each write. A subscriber that is gone meanwhile is passed over. */
const oneByOne: Tell = async (subscribers) => {
  for (const { tell } of subscribers) await tell().catch(() => undefined);
};

/** A write takes a while, and the first that fails ends the loop: the newest are told first, so that the eldest miss it. */
const untilOneFails: Tell = async (subscribers) => {
  for (const { tell } of [...subscribers].reverse()) {
    await setTimeout(5);
    await tell();
  }
};

/** The same, but begins again with those that are left when one fails. */
const againWhenOneFails: Tell = async (subscribers) => {
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

/** Broadcasts come one after the other, so that no leave overtakes its join; or, where they take long, side by side. */
const board =
  (tellAll: Tell, inTurn: boolean): MakeApplication =>
  ({ sessions }) => {
    let turn = Promise.resolve();
    const announce = (notice: object) => {
      const body = JSON.stringify(notice);
      const begin = () => {
        const all = [...sessions].map((session) => ({ tell: () => session.tell("/topic/board", body) }));
        return tellAll(all).catch(() => undefined);
      };
      if (inTurn) turn = turn.then(begin);
      else void begin();
    };
    return {
      send(session, destination, body) {
        const { name } = JSON.parse(body) as { name?: unknown };
        if (destination !== "/app/board" || typeof name !== "string") return;
        session.user = name;
        announce({ type: "JOIN", name });
      },
      end({ user }) {
        if (user !== undefined) announce({ type: "LEAVE", name: user });
      },
    };
  };

export const broadcastLoop: Shape = {
  server: { path: "/board", transport: "native", receipts: "all" },
  profile: {
    topic: "/topic/board",
    identify: { destination: "/app/board", body: { name: "{client}" } },
    notice: {
      join: { match: { "/type": "JOIN" }, client: "/name" },
      leave: { match: { "/type": "LEAVE" }, client: "/name" },
    },
  },
  application: board(oneByOne, true),
  broken: [
    {
      what: "tells nobody else when one closes in the middle of the loop",
      application: board(untilOneFails, false),
      breaks: "LEAVE-ON-CLOSE",
    },
    {
      what: "begins again when one closes in the middle of the loop",
      application: board(againWhenOneFails, false),
      breaks: "LEAVE-NOT-TWICE",
    },
  ],
};

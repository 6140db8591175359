import { expect, onTestFinished, test } from "vitest";
import { disconnect } from "./faults/disconnect.ts";
import { fin } from "./faults/fin.ts";
import { passedUnheard, quietFromMs } from "../history/sessions/quiet.ts";
import { openStage } from "../../testing/harness/open-stage.ts";
import { startChatServer } from "../../testing/sample-servers/server/chat.ts";
import { hears, profile, written } from "../../testing/harness/written.ts";

async function chatting() {
  const server = await startChatServer();
  onTestFinished(server.close);
  const { stage, context } = openStage(
    server.url,
    { transport: "native", deadlines: { endedMs: 500 } },
    { token: "bare" },
  );
  return { server, stage, events: context.history.events };
}

test("whoever passes by is known, ends, and leaves one event beside what the others hear", async () => {
  const { server, stage, events } = await chatting();
  const bob = await stage.connect("bob");
  await bob.subscribe();
  const from = events.length;
  await Promise.all([stage.crowd.passBy("one", fin), stage.crowd.passBy("two", disconnect)]);
  await stage.settling.waitOut();
  const since = events
    .slice(from)
    .map((e) => (e.kind === "notice" ? `${e.event} ${e.client ?? ""}` : `${e.actor} ${e.kind}`));
  expect(since.sort()).toEqual([
    "harness waited-out",
    "join one-bare",
    "join two-bare",
    "leave one-bare",
    "leave two-bare",
    "one passed-by",
    "two passed-by",
  ]);
  expect(events.filter((e) => e.kind === "passed-by")).toMatchObject([
    {
      client: expect.stringMatching(/-bare$/) as string,
      transport: "native",
      witness: expect.any(String) as string,
    },
    { transport: "native" },
  ]);
  expect(server.sessions.size).toBe(1);
});

test("one whose end nothing shows says so", async () => {
  const { stage, events } = await chatting();
  await stage.crowd.passBy("one", (actor) => ({ ...fin(actor), apply: () => Promise.resolve(undefined) }));
  expect(events).toMatchObject([{ kind: "passed-by", fault: "fin", witness: null }]);
});

test("all that passes by is freed with the stage", async () => {
  const { server, stage } = await chatting();
  const lost = stage.crowd.passBy("one", (actor) => ({
    ...fin(actor),
    apply: () => stage.dispose().then(() => undefined),
  }));
  await lost;
  await expect.poll(() => server.sessions.size).toBe(0);
});

const passes = (atMs: number, client: string, transport = "websocket") =>
  [atMs, { kind: "passed-by", actor: client, client, transport, fault: "fin", witness: "seen" }] as const;

test("who passed by is waited for until its leave was heard, and until its deadline is over", () => {
  const events = written(
    passes(100, "one"),
    passes(200, "two"),
    hears("bob", "leave", "one", 210),
    hears("bob", "join", "two", 220),
  );
  expect(passedUnheard(events).map(({ client }) => client)).toEqual(["two"]);
  expect(quietFromMs(events, profile)).toBe(1_200);
  expect(quietFromMs(written(passes(200, "two", "xhr-polling")), profile)).toBe(6_700);
});

import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { diagnose, type Diagnosis } from "../../doctor/diagnose.ts";
import { onlySubscribers, startChatServer } from "../sample-servers/server/chat.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import { startReferenceServer } from "../../reference-server/server.ts";
import { sampleServers } from "../sample-servers/index.ts";
import type { RightServer } from "../sample-servers/sample-server.ts";
import type { SampleSession } from "../sample-servers/server/application.ts";
import { startServer } from "../sample-servers/server/start-server.ts";
import { complaintsIn, forEachServer, recordsOf } from "../sample-servers/run-cases.ts";

/** Returns the keys that an owner knows. The doctor has to find the form of notices, their times and heartbeats. */
function knownOf({
  topic,
  identify,
  before,
  stomp,
  query,
  headers,
  cookies,
  origin,
}: ProfileInput): ProfileInput {
  const known = { topic, identify, before, stomp, query, headers, cookies, origin };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** Returns the topics that the profile names for single notices. */
const topicsIn = ({ notice }: ProfileInput): string[] =>
  [notice?.join?.topic, notice?.leave?.topic, notice?.roster?.topic].filter(
    (topic) => typeof topic === "string",
  );

const profileOf = ({ entries }: Diagnosis): ProfileInput =>
  Object.fromEntries(entries.map(({ key, value }) => [key, value]));

/** Quick scenarios that show leaves, absences and presence. */
const ids = [
  "leave/close",
  "leave/fin",
  "leave/disconnect-with-receipt",
  "presence/two-sessions-of-one-person[end=disconnect,order=older-first]",
];

test("a target that announces only subscribers: the doctor recognises notices, and suggests `announced`", async () => {
  const chat = await startChatServer(onlySubscribers);
  onTestFinished(chat.close);
  const found = await diagnose(chat.url, {
    transport: "native",
    topic: "/topic/",
    deadlines: { endedMs: 300 },
  });
  expect(found.works).toBe(true);
  expect(profileOf(found)).toMatchObject({ announced: "subscribers" });
}, 60_000);

test("a transport that connects and delivers nothing is not suggested, and is a problem", async () => {
  const { url, close } = await startServer(
    ({ sessions }) => {
      const say = (event: string, { client }: SampleSession) => {
        const text = JSON.stringify({ event, clientData: client });
        for (const session of sessions)
          if (!session.url.pathname.endsWith("/xhr_streaming"))
            session.tell("/topic/", text).catch(() => undefined);
      };
      return {
        send(session, _destination, body) {
          session.client = (JSON.parse(body) as { clientData: string }).clientData;
          say("join", session);
        },
        end: (session) => say("leave", session),
      };
    },
    { transport: "sockjs", path: "/chat", sockJsDelayMs: 5_000 },
  );
  onTestFinished(close);
  const found = await diagnose(url, {}, { patienceMs: 2_500 });
  expect(profileOf(found).transports).toEqual(
    expect.arrayContaining(["websocket", "xhr-polling", "eventsource", "htmlfile", "jsonp-polling"]),
  );
  expect(profileOf(found).transports).not.toContain("xhr-streaming");
  expect(found.findings).toContainEqual(
    expect.objectContaining({
      level: "problem",
      says: expect.stringContaining("xhr-streaming: it connects, but no message arrives") as string,
    }),
  );
  expect(found.works).toBe(true);
}, 60_000);

interface Examined {
  readonly found: Diagnosis;
  /** Failures of the server with the suggested profile. */
  readonly complaints: readonly string[];
}

async function examine({ server, application, profile }: RightServer): Promise<Examined> {
  const { url, close } = await startServer(application, server);
  try {
    const address = new URL(url.href.replace(/^ws/, "http"));
    const found = await diagnose(address, knownOf(profile), { topics: topicsIn(profile), patienceMs: 2_500 });
    if (!found.works) return { found, complaints: ["it does not work"] };
    // The cases run on another instance, at another address.
    const suggested = Object.entries(profileOf(found)).filter(([key]) => key !== "url");
    const records = await recordsOf({ server, application, profile: Object.fromEntries(suggested) }, { ids });
    return { found, complaints: complaintsIn(records) };
  } finally {
    await close();
  }
}

describe("each sample server", () => {
  const examined = new Map<string, Examined>();
  beforeAll(async () => {
    await forEachServer(Object.entries(sampleServers), async ([name, server]) =>
      examined.set(name, await examine(server)),
    );
  }, 120_000);

  test.each(Object.keys(sampleServers))("%s: the suggested profile needs no change", (name) => {
    const { found, complaints } = examined.get(name) ?? {};
    expect(complaints, JSON.stringify(found?.entries)).toEqual([]);
  });
});

test("the doctor needs nothing but the address of the reference server", { timeout: 40_000 }, async () => {
  const server = await startReferenceServer({ store: ":memory:" });
  try {
    const found = await diagnose(new URL(server.url), {}, { patienceMs: 2_500 });
    expect(profileOf(found)).toMatchObject({
      topic: "/topic/",
      identify: { destination: "/ws", body: { sessionId: "{sessionId}", clientData: "{client}" } },
      notice: { leave: { match: { "/event": "leave" }, client: "/clientData" } },
    });
    expect(found.works).toBe(true);
  } finally {
    await server.stop();
  }
});

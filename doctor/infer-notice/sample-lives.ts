import type { Notice } from "../../harness/history/notice-kind.ts";
import { NoticeReader } from "../../harness/history/notice.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import { fill } from "../../harness/profile/template.ts";
import type { Inferred, Watched } from "./infer-notice.ts";

/** Names of a session, for samples of messages. */
export interface Somebody {
  readonly client: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly place: number;
}

type Said = unknown;

/** Sample message: a text as it is, anything else as JSON, with an optional destination. */
export interface SampleNames {
  readonly join?: (who: Somebody) => readonly Said[];
  readonly leave: (who: Somebody) => readonly Said[];
  readonly before?: (who: Somebody) => readonly Said[];
}

export const topic = "/topic/public";
export const on = (destination: string, said: Said) => ({ destination, said });

/** Returns the lives of a few sessions at a sample target, one after another. */
export function lives(
  { join = () => [], leave, before = () => [] }: SampleNames,
  clients = ["alice", "bob"],
): Watched[] {
  return clients.map((client, place) => {
    const who = {
      client,
      sessionId: `s${String(place)}abc${String(place * 7)}`,
      userId: String(4711 + place * 13),
      place,
    };
    const heard = (said: readonly Said[]) => said.map(heardOf);
    return {
      client,
      sessionId: who.sessionId,
      values: { userId: who.userId },
      before: heard(before(who)),
      afterIdentify: heard(join(who)),
      afterEnd: heard(leave(who)),
    };
  });
}

function heardOf(said: Said): { destination: string; body: string } {
  if (typeof said === "object" && said !== null && "destination" in said && "said" in said)
    return { ...heardOf(said.said), destination: String(said.destination) };
  return { destination: topic, body: typeof said === "string" ? said : JSON.stringify(said) };
}

/** Returns the real reader's notices of the same lives with the inferred profile, by phase. */
export function readAgain({ notice, topics }: Inferred, watched: readonly Watched[]) {
  const profile = parseProfile(
    { notice, topic: topics[0], before: [{ path: "/login", take: { userId: "/id" } }] },
    "what was inferred",
  );
  return watched.map((one) => {
    const values = { ...one.values, client: one.client, sessionId: one.sessionId ?? "" };
    const reader = new NoticeReader(profile, values);
    const read = (heard: Watched["before"]): Notice[] =>
      heard.flatMap(({ destination, body }) => reader.read(body, destination) ?? []);
    const named = fill(profile.notice.names, values);
    return {
      named,
      before: read(one.before),
      identified: read(one.afterIdentify),
      ended: read(one.afterEnd),
    };
  });
}

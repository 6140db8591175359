import {
  heardByAll,
  inPhase,
  livesOn,
  malformIdentifyAndClose,
  noFalseLeave,
  notGoneWhileOpen,
  nothingOf,
  onlyIdentifiedCome,
} from "../harness/index.ts";
import type { Stage } from "../harness/stage/stage.ts";

/** Turns a valid identify body with the name `client` into a body without a valid name. */
type Spoil = (body: string, client: string) => string;

/** Length in bytes above the message limit of usual servers, and small enough for a broadcast. */
const hugeLength = 100_000;
const deepLevels = 10_000;

/** Invalid identify bodies: not JSON, not an object, or without a name in the object's own keys. */
export const malformed: Readonly<Record<string, Spoil>> = {
  "not-json": (body) => body.slice(0, -1),
  "an-array": (_body, client) => JSON.stringify([client]),
  null: () => "null",
  "no-data": (body, client) => withNames(body, client, undefined),
  "null-data": (body, client) => withNames(body, client, null),
  // The name is in `__proto__`: a server that merges this object into another one would read it.
  proto: (body) => `{"__proto__":${body}}`,
  "half-a-pair": (_body, client) => JSON.stringify(`${client}\ud83d`),
  deep: () => "[".repeat(deepLevels) + "]".repeat(deepLevels),
  huge: (body) => body.slice(0, -1) + " ".repeat(hugeLength),
};

/** Bodies that are not JSON. A server may read the other bodies as the removal of a name. */
export const unreadable: readonly string[] = ["not-json", "huge"];

/** Returns the same JSON with each text that contains the name replaced or removed. */
const withNames = (body: string, client: string, instead: null | undefined): string =>
  JSON.stringify(JSON.parse(body), (_key, value: unknown) =>
    typeof value === "string" && value.includes(client) ? instead : value,
  );

/** Identifies alice, and then sends a malformed identify with another name. */
export async function knownThenMalformed(stage: Stage): Promise<void> {
  await stage.join("carol");
  await stage.join("bob");
  const alice = await stage.join("alice", { by: "raw" });
  const frame = alice.identifyFrame(malformed[stage.axes["body"] ?? ""], stage.clientOf("rubbish"));
  await stage.inject(malformIdentifyAndClose(alice, frame));
  await stage.settle();
}

/** Precondition: a target that ends alice's session before it has read her identify owes nobody a notice. */
export const wasKnown = [inPhase("alice", "identified")];

/** Checks that alice's leave has her name and arrives only after her session's end. */
export const keepsName = () => [heardByAll("alice"), notGoneWhileOpen("alice")];

/** Checks that no notice has the other name, and that the others' sessions go on. */
export const harmsNobody = () => [
  onlyIdentifiedCome(),
  nothingOf("rubbish"),
  noFalseLeave(),
  livesOn("bob"),
  livesOn("carol"),
];

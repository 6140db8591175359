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

/** Makes of the right body of an identify message, which holds the name `client`, one that identifies nobody. */
type Spoil = (body: string, client: string) => string;

/** Beyond what usual servers take in one message, and not more than every listener can be sent. */
const hugeLength = 100_000;
const deepLevels = 10_000;

/** No server could take any of these for an identify: each is no JSON, no object, or names nobody in its own right. */
export const malformed: Readonly<Record<string, Spoil>> = {
  "not-json": (body) => body.slice(0, -1),
  "an-array": (_body, client) => JSON.stringify([client]),
  null: () => "null",
  "no-data": (body, client) => withNames(body, client, undefined),
  "null-data": (body, client) => withNames(body, client, null),
  // Only as a prototype would it say who that is: merged into another object, it becomes one.
  proto: (body) => `{"__proto__":${body}}`,
  "half-a-pair": (_body, client) => JSON.stringify(`${client}\ud83d`),
  deep: () => "[".repeat(deepLevels) + "]".repeat(deepLevels),
  huge: (body) => body.slice(0, -1) + " ".repeat(hugeLength),
};

/** Those that are no JSON. Of the others a server may think that they say something: that a client is nobody any more. */
export const unreadable: readonly string[] = ["not-json", "huge"];

/** The same JSON, but for the texts that hold the name. */
const withNames = (body: string, client: string, instead: null | undefined): string =>
  JSON.stringify(JSON.parse(body), (_key, value: unknown) =>
    typeof value === "string" && value.includes(client) ? instead : value,
  );

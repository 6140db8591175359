import { expect, test } from "vitest";
import { profileSchema } from "./profile.ts";
import { jsonSchemaOf } from "./profile-errors.ts";

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** One line for each key, nested ones behind their parent's; of several forms, what each adds. */
function rows(schema: Schema, parent = ""): string[] {
  const forms = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((form) => rows(form, parent));
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const name = `${parent}${key}`;
    const value = inner.default === undefined ? "" : `\`${JSON.stringify(inner.default)}\``;
    const line = inner.description === undefined ? [] : [`| \`${name}\` | ${inner.description} | ${value} |`];
    const elements = inner.items === undefined ? [] : rows(inner.items, `${name}[].`);
    return [...line, ...rows(inner, `${name}.`), ...elements];
  });
  const seen = new Set<string>();
  return [...own, ...forms].filter((row) => {
    const name = row.split("|")[1] ?? row;
    return !seen.has(name) && seen.add(name);
  });
}

const rosters = [
  "## Rosters",
  "",
  "`notice.roster` describes lists that the server sends by itself, `roster` one that a client requests. Both take the same places:",
  "",
  "| message | `list` | `client` |",
  "| --- | --- | --- |",
  '| `["alice", "bob"]` | `""` | `""` |',
  '| `{"room": {"users": [{"user": {"name": "alice"}}]}}` | `"/room/users"` | `"/user/name"` |',
  '| `{"host": "alice", "guests": [{"name": "bob"}]}` | `["/host", "/guests"]` | `"/name"` |',
  '| `{"online": ["alice"], "away": ["bob"]}` | `["/online", "/away"]` | `""` |',
  '| `{"users": {"s1": {"name": "alice"}}}` | `"/users/*"` | `"/name"` |',
  '| `{"users": {"alice": {"since": 5}}}` | `"/users/*"` | `"key"` |',
  '| `{"rooms": {"blue": {"members": ["alice"]}}}` | `"/rooms/*/members"` | `""` |',
  '| `[{"name": "alice", "online": true}]`, and `false` once she has left | `""` | `"/name"`, with `present`: `{"/online": true}` |',
  "",
  "- `*` stands for each entry of a list or each value of an object. A list at a place stands for its entries.",
  "- A message is a roster if it has at least one of the places, and `match` if given. A place that is `null` is empty.",
  "- With several places or `*`, a place may also hold one entry, and an entry that is a string is the name itself.",
  "- A name on several lists counts as often as on the list that holds it most: a host who is also a guest is one session.",
  "",
];

const logIns = [
  "## Log-ins",
  "",
  "`before` sends its requests in order. `take` takes values from an answer, for later requests and every other template:",
  "",
  "| in `take` | value |",
  "| --- | --- |",
  '| `"/user/token"` | the text, number or boolean at a JSON pointer of the body |',
  '| `{ "header": "X-CSRF-TOKEN" }` | a response header |',
  '| `{ "cookie": "XSRF-TOKEN" }` | a cookie that this answer sets |',
  '| `{ "pattern": "name=\\"_csrf\\" value=\\"([^\\"]+)\\"" }` | the first group of a regular expression that matches the body; `&amp;` and other character references of an HTML page are decoded |',
  "",
  "- **Cookies**: each client keeps the cookies that answers set, and sends them as a browser does, by domain, path, `Secure` and expiry: with",
  "  its later requests of `before` and `after`, with the handshake, and with every request of the connection, on every transport and in",
  "  tabs. Cookies of a request `per` case or run go to each client. A cookie of the profile's `cookies` replaces one of the same name, and a",
  "  `Cookie` header of a request replaces all.",
  "- **Redirects** are not followed. A 302 counts as success, and its cookies are kept. If a wrong password also gets a 302, request a page for",
  "  users only next: `take` a value from it, or state its `status`.",
  "- **The profile's `headers` and `cookies`** go with requests to the target's own origin as soon as their values are known, not to other hosts.",
  "- **CSRF tokens**: take the hidden field of the log-in page for the form. Servers renew the token at the log-in, so take it again from a",
  "  later page for CONNECT (`stomp.headers`):",
  "  [example](examples.md#form-log-in-with-cookies-and-csrf-tokens).",
  "",
];

test("docs/profile.md lists every key; to renew it: npx vitest run harness/profile/profile.doc.test.ts -u", async () => {
  const schema = jsonSchemaOf(profileSchema) as Schema;
  const page = [
    "# The profile of a target",
    "",
    "What a server declares of itself, in `hangup.config.json`, `.ts` or `.js` where hangup is called, or in the file that",
    '`--profile` names. In TypeScript: `import { defineProfile } from "hangup"; export default defineProfile({ … })`.',
    "Everything has a default, the source design's own; `url` may also come from `--url`. `hangup init` writes one from what it",
    "sees; [examples.md](examples.md) has one for each usual kind of server; editors know the keys by",
    '`"$schema": "…/docs/profile.schema.json"`.',
    "",
    "A text may hold names in braces: `{client}` is the data that a client goes by, unlike any other's; `{sessionId}` the",
    "transport's session id; `{room}` a name of each case's own, so that cases do not share a topic that has it; and whatever",
    "`before` takes from an answer. In a `.ts` or `.js` profile a function of these values may stand in place of any such text.",
    "",
    "| key | what it says | when left out |",
    "| --- | --- | --- |",
    ...rows(schema),
    "",
    ...rosters,
    ...logIns,
  ].join("\n");
  await expect(page).toMatchFileSnapshot("../../docs/profile.md");
});

test("docs/profile.schema.json is the schema; to renew it: npx vitest run harness/profile/profile.doc.test.ts -u", async () => {
  const text = `${JSON.stringify(jsonSchemaOf(profileSchema), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../../docs/profile.schema.json");
});

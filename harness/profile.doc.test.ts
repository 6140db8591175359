import { expect, test } from "vitest";
import { profileSchema } from "./profile.ts";
import { jsonSchemaOf } from "./profile/complaints.ts";

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** One line for each key, nested ones behind their parent's. */
function rows(schema: Schema, parent = ""): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const name = `${parent}${key}`;
    const value = inner.default === undefined ? "" : `\`${JSON.stringify(inner.default)}\``;
    const own = inner.description === undefined ? [] : [`| \`${name}\` | ${inner.description} | ${value} |`];
    return [...own, ...rows(inner, `${name}.`)];
  });
}

test("docs/profile.md lists every key; to renew it: npx vitest run harness/profile.doc.test.ts -u", async () => {
  const schema = jsonSchemaOf(profileSchema) as Schema;
  const page = [
    "# The profile of a target",
    "",
    "What a server declares of itself, in `hangup.config.json`, `.ts` or `.js` where hangup is called, or in the file that",
    '`--profile` names. In TypeScript: `import { defineProfile } from "hangup"; export default defineProfile({ … })`.',
    "Everything has a default, the source design's own; `url` may also come from `--url`.",
    "",
    "| key | what it says | when left out |",
    "| --- | --- | --- |",
    ...rows(schema),
    "",
  ].join("\n");
  await expect(page).toMatchFileSnapshot("../docs/profile.md");
});

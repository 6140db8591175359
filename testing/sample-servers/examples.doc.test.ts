import { format } from "prettier";
import { expect, test } from "vitest";
import { sampleServers } from "./index.ts";
import { serversByIdentification } from "./identification.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";

const section = async (title: string, { transport }: { transport: string }, profile: ProfileInput) => {
  const url = transport === "native" ? "wss://chat.example/endpoint" : "https://chat.example/endpoint";
  const json = await format(JSON.stringify({ url, ...profile }), { parser: "json", printWidth: 110 });
  return ["## " + title, "", "```json", json.trim(), "```", ""];
};

test("docs/examples.md holds the profiles of the sample servers; to renew it: npx vitest run testing/sample-servers/examples -u", async () => {
  const sections = [
    ...Object.entries(sampleServers).map(([name, { server, profile }]) => section(name, server, profile)),
    ...Object.entries(serversByIdentification).map(([name, { server, profile }]) =>
      section(`known ${name}`, server, profile),
    ),
  ];
  const page = [
    "# Profiles of the usual kinds of server",
    "",
    "Each describes a small server of `testing/sample-servers/`, on which the suite passes when it is right and fails, by the right",
    "requirement, when it is broken in one place. Every key: [profile.md](profile.md).",
    "",
    ...(await Promise.all(sections)).flat(),
  ].join("\n");
  await expect(page).toMatchFileSnapshot("../../docs/examples.md");
});

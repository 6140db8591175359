import { format } from "prettier";
import { expect, test } from "vitest";
import { sampleServers } from "./index.ts";
import { serversByIdentification } from "./identification.ts";
import { rosterForms } from "./rosters.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";

const section = async (title: string, { transport }: { transport: string }, profile: ProfileInput) => {
  const url = transport === "native" ? "wss://chat.example/endpoint" : "https://chat.example/endpoint";
  const json = await format(JSON.stringify({ url, ...profile }), { parser: "json", printWidth: 110 });
  return ["## " + title, "", "```json", json.trim(), "```", ""];
};

test("docs/examples.md holds the profiles of the sample servers; to renew it: npx vitest run testing/sample-servers/examples -u", async () => {
  const sections = [
    ...Object.entries({ ...sampleServers, ...rosterForms }).map(([name, { server, profile }]) =>
      section(name, server, profile),
    ),
    ...Object.entries(serversByIdentification).map(([name, { server, profile }]) =>
      section(`identified ${name}`, server, profile),
    ),
  ];
  const page = [
    "# Profiles of the usual kinds of server",
    "",
    "Each profile describes a sample server in `testing/sample-servers/`. The suite passes on the right server, and fails the",
    "expected requirement on one with a defect. All keys: [profile.md](profile.md).",
    "",
    ...(await Promise.all(sections)).flat(),
  ].join("\n");
  await expect(page).toMatchFileSnapshot("../../docs/examples.md");
});

import { expect, test } from "vitest";
import { parseProfile } from "../harness/profile/profile.ts";
import { runCases } from "../harness/run/runner.ts";
import { casesOf } from "../harness/scenario/scenario.ts";
import { testRun } from "../testing/harness/chat-run.ts";
import { startChatServer, type Misbehaviour } from "../testing/sample-servers/server/chat.ts";
import { worst } from "../harness/judge/verdict.ts";
import { scenarioOf } from "./index.ts";

const profile = parseProfile({ transport: "native" }, "the test's profile");

/** Returns the verdict of each case by its end. */
async function kindsOn(server: Misbehaviour): Promise<Readonly<Record<string, string>>> {
  const { url, close } = await startChatServer(server);
  try {
    const { finished } = await runCases({
      cases: casesOf(scenarioOf("leave/compressed")),
      profile,
      target: url,
      ...testRun,
    });
    return Object.fromEntries(
      finished.map(({ record }) => [
        record.axes["end"] ?? "",
        worst(record.verdicts.map(({ kind }) => kind)),
      ]),
    );
  } finally {
    await close();
  }
}

const all = (kind: string) => ({ close: kind, fin: kind, "cut-in-frame": kind });

test.each([true, false])(
  "a right target passes, whether it takes the extension (%s) or not",
  async (deflate) => {
    expect(await kindsOn({ deflate })).toEqual(all("pass"));
  },
);

test("a target that loses the ends of compressed connections fails, which no other case would show", async () => {
  const tell: Misbehaviour["tell"] = (event, { client, socket }, { say }) => {
    if (event === "join" || socket.extensions === "") say({ event, clientData: client });
  };
  expect(await kindsOn({ deflate: true, tell })).toEqual(all("fail"));
  expect(await kindsOn({ deflate: false, tell })).toEqual(all("pass"));
});

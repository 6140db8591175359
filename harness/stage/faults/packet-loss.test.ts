import { execFileSync } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { SetupRequests } from "../setup-requests.ts";
import { NoticeOwners } from "../notice-owners.ts";
import { History } from "../../history/history.ts";
import { whyNoPacketLoss } from "../../network/packet-loss.ts";
import { parseProfile } from "../../profile/profile.ts";
import { Stage } from "../stage.ts";
import { startChatServer } from "../../../testing/sample-servers/server/chat.ts";
import { packetLoss } from "./packet-loss.ts";

const tables = () => String(execFileSync("nft", ["list", "tables"]));

test.skipIf(whyNoPacketLoss() !== undefined)(
  "a case that is given up while the rule is on its way leaves nothing of it behind",
  async () => {
    const server = await startChatServer();
    onTestFinished(server.close);
    const now = () => performance.now();
    const profile = parseProfile({ transport: "native" }, "the test");
    const context = {
      token: "given-up",
      history: new History(now, new AbortController().signal),
      profile,
      target: server.url,
      setupRequests: new SetupRequests(profile, server.url),
      instance: undefined,
      owners: new NoticeOwners(now),
      browser: undefined,
      pageFiles: {},
    };
    const stage = new Stage(context, {});
    const alice = await stage.join("alice");
    const before = tables();
    const shown = packetLoss(alice).apply();
    await stage.dispose();
    expect(tables()).toBe(before);
    // It was in force for no time, and shows nothing.
    expect(await shown).toBeUndefined();
  },
);

import { execFileSync } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { whyNoPacketLoss } from "../../network/packet-loss.ts";
import { openStage } from "../../../testing/harness/open-stage.ts";
import { startChatServer } from "../../../testing/sample-servers/server/chat.ts";
import { packetLoss } from "./packet-loss.ts";

const tables = () => String(execFileSync("nft", ["list", "tables"]));

test.skipIf(whyNoPacketLoss() !== undefined)(
  "a case that is given up while the rule is on its way leaves nothing of it behind",
  async () => {
    const server = await startChatServer();
    onTestFinished(server.close);
    const { stage } = openStage(server.url, { transport: "native" });
    const alice = await stage.join("alice");
    const before = tables();
    const shown = packetLoss(alice).apply();
    await stage.dispose();
    expect(tables()).toBe(before);
    // It was in force for no time, and shows nothing.
    expect(await shown).toBeUndefined();
  },
);

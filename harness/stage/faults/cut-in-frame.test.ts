import { deflateRawSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { openStage } from "../../../testing/harness/open-stage.ts";
import { startChatServer } from "../../../testing/sample-servers/server/chat.ts";
import { cutInFrame, incompressibleText } from "./cut-in-frame.ts";

test("the text that is cut stays longer than a pong when it is compressed", () => {
  expect(deflateRawSync(incompressibleText(), { level: 9 }).length).toBeGreaterThan(200);
  expect(deflateRawSync("x".repeat(128)).length).toBeLessThan(20);
});

test.each([true, false])("a frame is cut in the middle, compressed: %s", async (compression) => {
  const server = await startChatServer({ deflate: true });
  onTestFinished(server.close);
  const { stage } = openStage(server.url, { transport: "native" });
  const alice = await stage.join("alice", { compression });
  const witness = await cutInFrame(alice).apply();
  expect(witness?.words).toMatch(/^\d+ bytes of a frame of \d+ reached the target, then FIN$/);
});

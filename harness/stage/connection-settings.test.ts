import { expect, test } from "vitest";
import { parseProfile } from "../profile/profile.ts";
import { usualLeaveLimitMs } from "./connection-settings.ts";

test("the limit of a visible end is no deadline of a silent drop", () => {
  const causes = { close: 2_000, "silent-drop-frozen": 60_000 };
  const profile = parseProfile(
    { url: "http://127.0.0.1/ws", sessions: "last", graceMs: 300, deadlines: { endedMs: 1_000, causes } },
    "the test",
  );
  expect(usualLeaveLimitMs(profile)).toBe(2_300);
});

import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { packHistory, unpackHistory, type StoredHistory } from "./history-file.ts";

const stored: StoredHistory = {
  schemaVersion: 1,
  case: "leave/fin",
  profile: { name: "a target" },
  attempts: [
    {
      alone: false,
      trouble: null,
      durationMs: 12.5,
      lagMaxMs: 0,
      events: [{ kind: "sentinel-ended", actor: "harness", client: "x", index: 0, atMs: 1 }],
    },
  ],
};

test("what is packed comes back", () => {
  expect(unpackHistory(packHistory(stored), "h")).toEqual(stored);
});

test.each([
  ["no gzip", Buffer.from("{}"), "h.gz is no stored history: incorrect header check"],
  ["no JSON", gzipSync("{"), "h.gz is no stored history: "],
  ["another version", gzipSync(JSON.stringify({ ...stored, schemaVersion: 2 })), "schemaVersion"],
  ["no attempt", packHistory({ ...stored, attempts: [] }), "attempts"],
  [
    "an unknown key",
    gzipSync(JSON.stringify({ ...stored, extra: 1 })),
    "h.gz is no stored history of this version",
  ],
  [
    "an unknown event",
    gzipSync(JSON.stringify(stored).replace("sentinel-ended", "nothing")),
    "attempts.0.events.0.kind",
  ],
])("%s is told, with the file", (_what, bytes, message) => {
  expect(() => unpackHistory(bytes, "h.gz")).toThrow(message);
});

test("a file that unpacks without end is refused", () => {
  expect(() => unpackHistory(gzipSync(Buffer.alloc(100_000_001)), "h.gz")).toThrow(
    "h.gz is no stored history",
  );
});

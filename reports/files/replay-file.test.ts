import { describe, expect, test } from "vitest";
import { readReplay, writeReplay, type Replay } from "./replay-file.ts";

const content: Replay = {
  schemaVersion: 1,
  property: "properties/any-history",
  seed: 5,
  history: 17,
  plan: { clients: [], steps: [] },
  failed: [{ requirement: "R", check: "a-check", expected: "one leave", actual: "two" }],
};

test("what is written is read again, and a person can read it", () => {
  const text = writeReplay(content);
  expect(readReplay(text, "r.json")).toEqual(content);
  expect(text.split("\n").length).toBeGreaterThan(10);
});

describe("what is no counterexample is told in one line, with the file", () => {
  test.each([
    ["no JSON", "{", "r.json is no counterexample: "],
    ["no text at all", "", "r.json is no counterexample: "],
    ["no object", "[]", "r.json is no counterexample of this version: "],
    ["another version", JSON.stringify({ ...content, schemaVersion: 2 }), "schemaVersion"],
    ["no plan", JSON.stringify({ ...content, plan: null }), "plan"],
    ["an unknown key", JSON.stringify({ ...content, extra: 1 }), "extra"],
    ["a key on two lines", JSON.stringify({ ...content, "a\nb": 1 }), "a⟨LF⟩b"],
    ["a seed that is none", JSON.stringify({ ...content, seed: -1 }), "seed"],
    ["depths without end", "[".repeat(200_000), "r.json is no counterexample: "],
  ])("%s", (_what, text, message) => {
    let said = "";
    try {
      readReplay(text, "r.json");
    } catch (error) {
      said = error instanceof Error ? error.message : "";
    }
    expect(said).toContain(message);
    expect(said).not.toContain("\n");
  });
});

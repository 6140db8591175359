import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readStamp, updateStamp } from "./stamp.js";
import { put, temporaryFolder } from "./testing.ts";

test("what is remembered adds up, and undefined forgets", () => {
  const project = temporaryFolder();
  mkdirSync(join(project, "node_modules"));
  updateStamp(project, { packages: "abc" });
  updateStamp(project, { chromium: "/c", failure: { reason: "no network", at: "2026-11-22T10:00:00.000Z" } });
  updateStamp(project, { failure: undefined });
  expect(readStamp(project)).toEqual({ packages: "abc", chromium: "/c" });
  expect(readdirSync(join(project, "node_modules"))).toEqual([".hangup-setup.json"]);
});

test("without node_modules nothing is remembered and nothing fails", () => {
  const project = temporaryFolder();
  updateStamp(project, { packages: "abc" });
  expect(readStamp(project)).toEqual({});
});

test("a stamp of any other content reads as a stamp, by its types", () => {
  const project = temporaryFolder();
  const path = join(project, "node_modules", ".hangup-setup.json");
  const key = fc.constantFrom("packages", "chromium", "unusable", "failure", "other");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.dictionary(key, fc.jsonValue()).map((value) => JSON.stringify(value)),
      ),
      (text) => {
        put(path, text);
        const {
          packages = "",
          chromium = "",
          unusable = {},
          failure = { reason: "", at: "" },
        } = readStamp(project);
        const texts = [packages, chromium, ...Object.values(unusable), failure.reason, failure.at];
        expect(texts.every((each) => typeof each === "string")).toBe(true);
      },
    ),
  );
});

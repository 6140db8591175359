import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { causes } from "../../harness/profile/causes.ts";
import { causeInWords } from "./causes-in-words.ts";
import { failureInWords } from "./failure-kinds.ts";

test("every cause has a noun, and an unknown one keeps its name", () => {
  expect(
    causes.filter((cause) => !/^(a|an|the|jitter|delivery|polls|broken) ?/.test(causeInWords(cause))),
  ).toEqual([]);
  expect(causes.filter((cause) => causeInWords(cause) === cause)).toEqual([]);
  expect(causeInWords("of-another-version")).toBe("of-another-version");
  expect(causeInWords("constructor")).toBe("constructor");
});

/** Ids in the sources of checks: the names, without arguments, and the ids of kinds. */
function checkIds(): string[] {
  const folders = ["../../harness/judge/checks/", "../../scenarios/properties/"].map(
    (folder) => new URL(folder, import.meta.url),
  );
  const sources = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => !file.endsWith(".test.ts"))
      .map((file) => readFileSync(new URL(file, folder), "utf8")),
  );
  return sources.flatMap((source) =>
    source.includes("Check")
      ? Array.from(
          source.matchAll(/^ {2,4}(?:name|id): [`"]([a-z-]+)|Kind = \{ id: "([a-z-]+)"/gm),
          ([, a, b]) => a ?? b ?? "",
        )
      : [],
  );
}

test("the failure of every check has words, and that of an unknown one has none", () => {
  const ids = checkIds();
  expect(ids).toEqual(
    expect.arrayContaining(["heard-by-all", "told-in-time", "no-drift", "no-more-come-than-left"]),
  );
  expect(ids.length).toBeGreaterThan(40);
  expect(ids.filter((id) => failureInWords(id) === undefined)).toEqual([]);
  expect(failureInWords("of-another-version")).toBeUndefined();
  expect(failureInWords("constructor")).toBeUndefined();
});

import { expect, test } from "vitest";
import { sourceOf } from "./version.ts";

test.each([
  ["git+https://github.com/somebody/hangup.git", "https://github.com/somebody/hangup/blob/v1.2.3"],
  [{ type: "git", url: "https://example.org/a/b" }, "https://example.org/a/b/blob/v1.2.3"],
  ["git@github.com:somebody/hangup.git", undefined],
  ["https://example.org/a b", undefined],
  [undefined, undefined],
])("source of %j: %s", (repository, expected) => {
  expect(sourceOf(repository, "1.2.3")).toBe(expected);
});

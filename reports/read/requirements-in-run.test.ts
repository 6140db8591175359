import { expect, test } from "vitest";
import { dutiesOf, naming } from "./requirements-in-run.ts";
import { withFailures } from "../../testing/records/sample.ts";

test("a waiver lifts a declared duty, and no other", () => {
  const waivers = ["LINGER-ENDS", "ONCE-PER-SESSION"].map((requirement) => ({
    requirement,
    reason: "for now",
  }));
  const duties = dutiesOf({ ...withFailures(), waivers });
  expect(naming("LINGER-ENDS", duties)).toBe("LINGER-ENDS (SHOULD, declared by the profile, waived)");
  expect(naming("ONCE-PER-SESSION", duties)).toBe("ONCE-PER-SESSION (MUST, flow under test)");
  expect(naming("CONNECT-FIRST", duties)).toBe("CONNECT-FIRST (MUST, published protocol)");
  expect(naming("NO\nSUCH", duties)).toBe("NO⟨LF⟩SUCH (not in the record)");
});

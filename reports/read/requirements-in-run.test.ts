import { expect, test } from "vitest";
import { requirementsIn, requirementLabel } from "./requirements-in-run.ts";
import { withFailures } from "../../testing/records/sample.ts";

test("a waiver lifts a declared requirement, and no other", () => {
  const waivers = ["LINGER-ENDS", "ONCE-PER-SESSION"].map((requirement) => ({
    requirement,
    reason: "for now",
  }));
  const requirements = requirementsIn({ ...withFailures(), waivers });
  expect(requirementLabel("LINGER-ENDS", requirements)).toBe(
    "LINGER-ENDS (SHOULD, declared by the profile, waived)",
  );
  expect(requirementLabel("ONCE-PER-SESSION", requirements)).toBe("ONCE-PER-SESSION (MUST, flow under test)");
  expect(requirementLabel("CONNECT-FIRST", requirements)).toBe("CONNECT-FIRST (MUST, published protocol)");
  expect(requirementLabel("NO\nSUCH", requirements)).toBe("NO⟨LF⟩SUCH (not in the record)");
});

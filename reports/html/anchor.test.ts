import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../testing/records/arbitrary.ts";
import { caseOf } from "../../testing/records/build.ts";
import { caseAnchor, requirementAnchor } from "./anchor.ts";

const anchor = (id: string) => caseAnchor(caseOf(id, "", []));

test("a case's anchor is its id", () => {
  const id = "browser/session-id[transport=xhr-streaming,phase=open]";
  expect(anchor(id)).toBe(id);
});

test("any id makes an anchor that an address can hold, and different ids different ones", () => {
  fc.assert(
    fc.property(
      anyText,
      anyText,
      (a, b) =>
        /^[\w./=,[\]~-]*$/.test(anchor(a)) &&
        (anchor(a) === anchor(b)) === (a === b) &&
        anchor(a) !== requirementAnchor(b),
    ),
  );
  expect(anchor("a".repeat(1_000_000)).length).toBeLessThan(300);
  expect(anchor(`${"a".repeat(300)}x`)).not.toBe(anchor(`${"a".repeat(300)}y`));
});

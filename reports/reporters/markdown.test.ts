import fc from "fast-check";
import { expect, test } from "vitest";
import { markdown } from "./markdown.ts";
import {
  hostile,
  large,
  largeAndVarious,
  withFailures,
  withInconclusive,
} from "../../testing/records/sample.ts";
import { anyRecord } from "../../testing/records/arbitrary.ts";

test("it begins with the answer, its table and the verdict, and tells what failed with expected and seen", () => {
  const text = markdown.render(withFailures());
  expect(text).toMatch(
    /^## hangup: No way of leaving was judged\. But 2 cases fail: .*\n\n\| A client …[^]*?\n\n\*\*not conformant: /,
  );
  expect(text).toMatch(
    /\| cases \| passed \| failed \| failed, but does not count \| inconclusive \| not applicable \|/,
  );
  expect(text).toMatch(/^- \*\*1\. Bob heard of it twice.*1 case on websocket\n {2}- ONCE-PER-SESSION/m);
  expect(text).toContain("\n  - example `leave/fin`\n");
  expect(markdown.render(withInconclusive())).toContain("### Inconclusive");
});

test("what the baseline knows has a table of its own, what is obsolete in it a list", () => {
  const known = [
    { requirement: "A", case: "leave/a", reason: "the broker | is old", owner: "ada", expires: "2027-01-01" },
  ];
  const obsolete = [
    { requirement: "B", cases: "leave/*", kind: "passes" as const, words: "it passes now; remove the entry" },
  ];
  const text = markdown.render({
    ...withFailures(),
    baseline: { file: "known.json", worse: [], known, obsolete },
  });
  expect(text).toContain(
    String.raw`| \`A\` | \`leave/a\` | the broker \| is old | ada | 2027-01-01 |`.replaceAll("\\`", "`"),
  );
  expect(text).toContain("### Obsolete in known.json\n\n- `B` in `leave/*`: it passes now; remove the entry");
});

test("it is short, whatever the run, and says what it left out", () => {
  const text = markdown.render(largeAndVarious(2000));
  expect(text).toContain("and 180 more findings in 180 cases");
  expect(text.length).toBeLessThan(30_000);
  expect(markdown.render(large(2000))).toMatch(/: 200 cases on websocket\n[^]*; also in .* and 196 more\n/);
});

test("nothing in a record is markup", () => {
  const check = (text: string) => {
    // Between backticks nothing is markup.
    expect(text.replaceAll(/\\.|`[^`\n]*`/g, "")).not.toMatch(/[<@`]/);
    expect(text.length).toBeLessThan(200_000);
  };
  fc.assert(
    fc.property(anyRecord, (record) => {
      check(markdown.render(record));
    }),
    { numRuns: 40 },
  );
  check(markdown.render(hostile()));
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { verdictLine } from "./read/record-queries.ts";
import {
  allPass,
  large,
  largeAndVarious,
  withFailures,
  withInconclusive,
  withoutBrowser,
} from "../testing/records/sample.ts";
import { anyRecord } from "../testing/records/arbitrary.ts";
import { renderSummary } from "./summary.ts";

const plain = { color: false };

test("a finding is told with what was seen, its requirement, and its example", () => {
  expect(renderSummary(withFailures(), plain).split("\n\n")[4]).toBe(
    [
      "✗ 2  It came after 6.44 s, 1.43 s late; in cases of a blackhole in the network: 1 case; not in every",
      "     run",
      "  LEAVE-SILENCE-WINDOW (MUST, declared by the profile): A client that falls silent is reported gone",
      "  inside the window that its heartbeats and the profile open.",
      "    expected  alice's leave reaches bob between 1 s and 5.01 s after her last byte",
      "    seen      it came after 6.44 s, 1.43 s late",
      "    failed in 2 of 3 runs: flaky",
      "  example silence/blackhole",
      "    log       session c2ab4h51, client alice-b90 (alice)",
      "    again     npx hangup run --grep '^silence/blackhole$'  (against the same target)",
    ].join("\n"),
  );
});

test("a probable cause stands between the table and the findings", () => {
  const diagnosis = {
    sentence: "It hears <b>.",
    confidence: "very likely",
    explains: ["leave/fin"],
    findings: [1],
  } as const;
  const paragraphs = renderSummary(withFailures(), plain, [diagnosis]).split("\n\n");
  expect(paragraphs[3]).toBe("Very likely: It hears <b>.\n  This explains 1 failed case.");
  expect(paragraphs[4]).toBe("2 more failed cases have no cause here.");
  expect(paragraphs[5]).toMatch(/^✗ 1 /);
});

test("what is inconclusive comes with its reason and the harness's lag", () => {
  expect(renderSummary(withInconclusive(), plain)).toMatch(
    /\? 1 case not judged: the sentinel's leave did not reach bob, so his silence proves nothing\n[^]*harness lag at most 412 ms/,
  );
});

test("a note of several lines is told in lines", () => {
  const record = { ...withoutBrowser(), notes: ["No case ran: these came:\n  one\x1b\nsee `hangup doctor`"] };
  expect(renderSummary(record, plain)).toContain(
    "\n\nnotes\n  No case ran: these came:\n  one⟨ESC⟩\n  see `hangup doctor`\n",
  );
});

test("notes and waivers are told", () => {
  expect(renderSummary(withoutBrowser(), plain)).toContain("\n\nnotes\n  No browser was found, ");
  expect(renderSummary(withFailures(), plain)).toContain(
    "waived by the profile\n  LINGER-ENDS: The broker closes",
  );
});

test("a terminal is not flooded", () => {
  const text = renderSummary(largeAndVarious(1000), plain);
  expect(text).toContain("\nand 90 more findings in 90 cases: see the report\n\n");
  expect(text.split("\n").length).toBeLessThan(250);
  expect(renderSummary(large(1000), plain)).toMatch(/:\s+100 cases on websocket\n/);
});

test("the last line is the verdict line, in the outcome's colour where colours are wanted", () => {
  expect(renderSummary(allPass(), plain).split("\n").at(-1)).toBe(verdictLine(allPass()));
  expect(renderSummary(allPass(), { color: true }).split("\n").at(-1)).toBe(
    `\u001B[32m${verdictLine(allPass())}\u001B[39m`,
  );
  expect(renderSummary(withFailures(), { color: true })).toContain("\u001B[31m✗ 1  \u001B[39mBob heard");
});

test("whatever a record holds: lines keep to the width, nothing acts on the terminal", () => {
  fc.assert(
    fc.property(anyRecord, fc.integer({ min: -1, max: 200 }), (record, width) => {
      const lines = renderSummary(record, { color: false, width }).split("\n");
      // Commands stay on one line, so that they can be copied.
      for (const line of lines.slice(0, -1).filter((one) => !/^ {4}again {5}npx hangup /.test(one)))
        expect(Array.from(line).length).toBeLessThanOrEqual(Math.max(40, width));
      expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
      expect(lines.at(-1)).toBe(verdictLine(record));
    }),
    { numRuns: 30 },
  );
});

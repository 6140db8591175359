import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderHtml } from "./html.tsx";
import {
  allPass,
  hostile,
  hostileBaseline,
  huge,
  large,
  withBaseline,
  withFailures,
  withInconclusive,
  withoutBrowser,
} from "../testing/records/sample.ts";
import { anyRecord } from "../testing/records/arbitrary.ts";

/** Every tag that the report is made of; of them, only our own script runs, and nothing loads. */
const tags = new Set(
  (
    "!doctype html head meta title link style body header nav main section article p ul li dl div dt dd a b bdi cite " +
    "code small span pre h1 h2 h3 h4 details summary table thead tbody tr th td figure figcaption " +
    "svg g rect line circle path text title linearGradient stop ol i label input fieldset legend script button template"
  ).split(" "),
);

/** What a record's string could only do if it came through unescaped, unnamed or uncut. */
const unsafe =
  /[\p{Cs}\p{Zl}\p{Zp}\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

function tagsOf(html: string): ReadonlySet<string> {
  const markup = html.replace(/<script>.*?<\/script>/s, "<script></script>");
  return new Set(Array.from(markup.matchAll(/<\/?([^\s>]*)/g), ([, tag = ""]) => tag.replace(/\/$/, "")));
}

/** The text between tags, entities read. */
function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<script>.*?<\/script>/s, "")
    .replaceAll(/<template>.*?<\/template>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

describe("whatever a record holds", () => {
  test("the report is made of our own tags, and no invisible character is in it", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const html = renderHtml(record);
        expect([...tagsOf(html)].filter((tag) => !tags.has(tag))).toEqual([]);
        expect(unsafe.exec(html)).toBeNull();
      }),
      { numRuns: 20 },
    );
  });

  test("the only script is the same for every record, and the policy names it", () => {
    const scriptsOf = (html: string) =>
      Array.from(html.matchAll(/<script>(.*?)<\/script>/gs), ([, script = ""]) => script);
    const [script = "", ...others] = scriptsOf(renderHtml(hostileBaseline()));
    expect(others).toEqual([]);
    expect(scriptsOf(renderHtml(allPass()))).toEqual([script]);
    const hash = createHash("sha256").update(script).digest("base64");
    expect(renderHtml(allPass())).toContain(`script-src 'sha256-${hash}';`);
  });

  test.each([
    ["failures", hostile()],
    ["grid and baseline", hostileBaseline()],
  ])("no attribute of the report holds code, style or a foreign address: %s", (_, record) => {
    const html = renderHtml(record)
      .replace(/<style>.*?<\/style>/s, "")
      .replace(/<script>.*?<\/script>/s, "");
    const attributes = Array.from(html.matchAll(/<[^>]*>/g), ([tag]) => tag).flatMap((tag) =>
      Array.from(
        tag.matchAll(/\s([\w-]+)="([^"]*)"/g),
        ([, name = "", value = ""]) => [name, value] as const,
      ),
    );
    expect(attributes.length).toBeGreaterThan(100);
    expect(
      attributes.filter(([name]) => name.startsWith("on") || name === "style" || name === "src"),
    ).toEqual([]);
    const addresses = attributes.filter(([name]) => name === "href").map(([, value]) => value);
    expect(addresses.filter((address) => !address.startsWith("#"))).toEqual(["data:,"]);
  });

  test("a megabyte is cut, and the cut is said", () => {
    const html = renderHtml(hostile());
    expect(html.length).toBeLessThan(200_000);
    expect(textOf(html)).toContain("[cut: 1,050,000 characters in all]");
    const all = renderHtml(huge());
    expect(all.length).toBeLessThan(400_000);
    expect(unsafe.exec(all)).toBeNull();
  });
});

describe("a reader finds", () => {
  test("the answer first: outcome, target, MUSTs, counts, duration", () => {
    expect(textOf(renderHtml(withFailures()))).toMatch(
      /chat on Spring Boot 4\.0 at http:\/\/127\.0\.0\.1:8080\/connection.*✗ Not conformant.*2 of 10 judged MUSTs fail, 19 cases in 12\.6 s.*3 failed.*1 inconclusive.*15 passed.*2 not applicable/s,
    );
    expect(textOf(renderHtml(allPass()))).toContain("✓ Conformant");
    expect(textOf(renderHtml(withInconclusive()))).toContain("? Evidence incomplete");
    expect(textOf(renderHtml({ ...allPass(), exitCode: 130 }))).toContain("in 9.81 s, interrupted");
  });

  test("the notes on the run before anything else", () => {
    const text = textOf(renderHtml(withoutBrowser()));
    expect(text.indexOf("No browser was found")).toBeGreaterThan(0);
    expect(text.indexOf("No browser was found")).toBeLessThan(text.indexOf("CONNECT-ANSWERED"));
  });

  test("each failure with its requirement, what was expected and what was seen", () => {
    expect(textOf(renderHtml(withFailures()))).toMatch(
      /LEAVE-SILENCE-WINDOW ?MUST declared by the profile.*Expectedalice's leave reaches bob between.*Seenit came after 6\.44 s, 1\.43 s late.*failed in 2 of 3 runs: flaky/s,
    );
  });

  test("that a waived or weaker requirement does not bind, and why", () => {
    const { cases, requirements } = withFailures();
    const lingers = cases.filter(({ id }) => id === "leave/linger");
    const text = textOf(
      renderHtml({ ...withFailures(), outcome: "conformant", cases: lingers, requirements }),
    );
    expect(text).toContain("each is below MUST, or the profile waives it");
    expect(text).toContain("SHOULD declared by the profile, waived");
    expect(text).toContain("waived: The broker closes after 30 s");
    expect(textOf(renderHtml(withFailures()))).not.toContain("each is below MUST");
  });

  test("the findings first, and last what was not tested", () => {
    const html = renderHtml(withFailures());
    const titles = Array.from(html.matchAll(/<h2[^>]*>([^<]*)/g), ([, title = ""]) => title.trim());
    expect(titles).toEqual([
      "Findings",
      "Inconclusive",
      "Map",
      "Detection latency",
      "Requirements",
      "All cases",
      "The run",
      "Not tested, and why",
    ]);
    expect(renderHtml(allPass())).not.toContain("Findings");
  });

  test("a heading that says what was seen, then the rule, and the case", () => {
    expect(textOf(renderHtml(withFailures()))).toMatch(
      /✗ 1\. Bob heard of it twice.*; in cases of a lost connection \(FIN\)1 case.*ONCE-PER-SESSION ?MUST.*Example: leave\/fin/s,
    );
  });

  test("a probable cause below the first table, before the verdict and the findings", () => {
    const diagnosis = {
      sentence: "It <b>sleeps</b>.",
      confidence: "likely",
      explains: ["leave/fin"],
      findings: [1, 2],
    } as const;
    expect(textOf(renderHtml(withFailures(), {}, [diagnosis]))).toMatch(
      /sees a server restart.*Likely: It <b>sleeps<\/b>\.This explains 1 failed case: findings 1, 2\.2 more failed cases have no cause here\..*✗ Not conformant.*1\. Bob heard/s,
    );
  });

  test("new failures first and large, before all failures", () => {
    const html = renderHtml(withBaseline());
    const [large, findings] = [
      html.indexOf('class="new-failures fail"'),
      html.indexOf('id="section:findings"'),
    ];
    expect(large).toBeGreaterThan(0);
    expect(large).toBeLessThan(findings);
  });

  test("how it stands to a baseline: in the title, above all, and in full", () => {
    const html = renderHtml(withBaseline());
    expect(html).toContain(
      "<title>Not conformant, 1 failure beyond the baseline, and 1 of its entries no longer holds: ",
    );
    const text = textOf(html);
    expect(text).toContain("1 case on websocketknown to the baseline");
    expect(text).toMatch(/✗ Not conformant✗ 1 failure beyond the baseline, and/);
    expect(text).toMatch(
      /Since the baseline.*New failures 1LEAVE-TRANSPORT-END in leave\/rst\[.*no entry of the baseline names.*Entries that no longer hold 1passes now STORE-CLEANED in store\/\*.*Known 1ONCE-PER-SESSION in leave\/fin.*accepted before 2027-01-31, owner presence team/s,
    );
    expect(textOf(renderHtml(withFailures()))).not.toContain("baseline");
  });

  test("each failure's history drawn, and beside it the timeline in words", () => {
    const html = renderHtml(withFailures());
    const drawn = Array.from(html.matchAll(/<figure class="sequence".*?<\/figure>/gs), ([figure]) => figure);
    expect(drawn.length).toBe(3);
    expect(textOf(drawn.find((figure) => figure.includes("timeline:leave/fin")) ?? "")).toMatch(
      /alice.*leaves.*proxy.*target.*bob.*fault: fin.*evidence.*leave of alice-3f1.*leave due by 1\.01 s after the end/s,
    );
    for (const [, id = ""] of html.matchAll(/aria-details="([^"]*)"/g)) expect(html).toContain(`id="${id}"`);
  });

  test("what to change in a Spring server, where that is known", () => {
    const { cases, ...record } = withFailures();
    const renamed = cases.map((run) => ({
      ...run,
      verdicts: run.verdicts.map((check) => ({ ...check, requirement: "LEAVE-NOT-TWICE" })),
    }));
    expect(textOf(renderHtml({ ...record, cases: renamed }))).toMatch(
      /(In this|If this is a) Spring server: Spring may publish SessionDisconnectEvent more than once.*To fix this, see finding 1/s,
    );
    expect(textOf(renderHtml(withFailures()))).not.toContain("Spring server");
  });

  test("a map of endings by transport and phase, each square leading to its case", () => {
    const map = /<table class="heat">.*?<\/table>/s.exec(renderHtml(withBaseline()))?.[0] ?? "";
    expect(map).toContain(
      '<a class="fail" href="#leave/close[transport=websocket,phase=hearing]" aria-label="leave/close, websocket, hearing: failed">✗</a>',
    );
    expect(map.match(/<i>/g)?.length).toBeGreaterThan(14);
    expect(renderHtml(allPass())).not.toContain('class="heat"');
  });

  test("faults, witnesses and evidence marked in the timeline", () => {
    const rows = Array.from(
      renderHtml(withFailures()).matchAll(/<tr class="(\w+)">(.*?)<\/tr>/gs),
      ([, mark, row]) => [mark, textOf(row ?? "")].join(" "),
    );
    expect(rows).toContain("fault 240.1alicefaultsuffers fin, which the target can see");
    expect(rows.filter((row) => row.startsWith("evidence ")).length).toBe(5);
    expect(rows.filter((row) => row.startsWith("witness ")).length).toBe(2);
  });

  test("how many of a requirement's cases fail", () => {
    const row =
      /<tr id="requirement:ONCE-PER-SESSION">.*?<\/tr>/s.exec(renderHtml(withFailures()))?.[0] ?? "";
    expect(textOf(row)).toMatch(/✗ failed.*1 of 10 failed$/);
  });

  test("every case under its own id, once, and every link leads somewhere", () => {
    for (const record of [withFailures(), withBaseline(), hostile(), hostileBaseline(), huge(), large(130)]) {
      const html = renderHtml(record);
      const ids = Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id = ""]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, id = ""] of html.matchAll(/ href="#([^"]*)"/g)) expect(ids).toContain(id);
      expect(ids.filter((id) => !id.includes(":")).length).toBe(record.cases.length);
    }
  });

  test("a requirement that the record does not state named all the same", () => {
    const text = textOf(renderHtml({ ...withFailures(), requirements: [] }));
    expect(text).toContain("ONCE-PER-SESSION");
    expect(text).toContain("This requirement is not in the record.");
  });

  test("a window without a beginning drawn open, and a detection outside its window ringed", () => {
    const html = renderHtml(withFailures());
    expect(html).toMatch(/polling stops.*?fill="url\(#latency:fade\)"/s);
    expect(html.match(/class="dot outside"/g)).toHaveLength(1);
    expect(textOf(html)).toContain("1 of 3 outside, slowest 6.44 s");
  });

  test("leaves that never came drawn as such, not left out", () => {
    const [first, ...others] = withFailures().cases.filter((run) =>
      run.verdicts.some(({ kind }) => kind === "fail"),
    );
    if (first === undefined) throw new Error("the sample has no failure");
    const missed = [{ actor: "alice", observer: "bob", cause: "close-tab", latestMs: 1000 }];
    const html = renderHtml({ ...withFailures(), cases: [{ ...first, detections: [], missed }, ...others] });
    expect(html).toContain('<b class="fail">never: 1 of 1</b>');
    expect(html.match(/class="never"/g)).toHaveLength(1);
  });
});

test("a run of nothing is a report, too", () => {
  const html = renderHtml({ ...allPass(), cases: [], requirements: [] });
  expect(textOf(html)).toContain("No leave was timed in this run.");
});

test("a thousand cases stay a lean page", () => {
  const html = renderHtml(large(1000));
  expect(html.length).toBeLessThan(1_000_000);
  expect(html).not.toMatch(/<details class="timeline" id="[^"]*" open/);
  expect(html.match(/<[a-z]/g)?.length).toBeLessThan(20_000);
});

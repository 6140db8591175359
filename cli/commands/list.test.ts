import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseProfile } from "../../harness/profile/profile.ts";
import { cellsOf } from "../../harness/scenario/scenario.ts";
import { scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { listingOf, type Listing } from "../listing/listing.ts";
import { renderGrid } from "../listing/render-grid.ts";
import { folder, hangup } from "../../testing/cli/hangup.ts";

const count = (text: string, sign: string) => text.split(sign).length - 1;

describe("what there is", () => {
  const listing = listingOf();

  test("every combination of axes is a case, or says why it is none", () => {
    const all = scenarios.flatMap(cellsOf).length;
    expect(listing.cases.length + listing.impossible.length).toBe(all);
    for (const { scenario, reason } of listing.impossible) expect(reason, scenario).not.toBe("");
  });

  test("tiers count their cases, and each scenario without a long wait has one in the quick tier", () => {
    const { quick, full } = listing.tiers;
    expect(full).toEqual({ cases: listing.cases.length });
    expect(quick.cases).toBeLessThan(full.cases);
    const quickly = new Set(
      listing.cases.filter(({ tiers }) => tiers.includes("quick")).map(({ scenario }) => scenario),
    );
    const short = scenarios.filter(({ fixedWaitMs }) => fixedWaitMs === undefined);
    expect([...quickly].sort()).toEqual(short.map(({ id }) => id).sort());
  });

  test("the grid shows each case once, and explains each letter that it uses", () => {
    const grid = renderGrid(listing, 100).split("\n").slice(1).join("\n");
    const { quick, full } = listing.tiers;
    expect(count(grid, "●")).toBe(quick.cases);
    expect(count(grid, "○")).toBe(full.cases - quick.cases);
    for (const { reason } of listing.impossible) expect(count(grid, reason), reason).toBe(1);
  });
});

test("a target that was named shows what it can't be asked", () => {
  const profile = parseProfile({ url: "ws://127.0.0.1:1/ws" }, "the test's profile");
  const { cases, tiers } = listingOf({ profile, canStartTarget: false });
  const reasons = (scenario: string) =>
    cases.filter((one) => one.scenario === scenario).map(({ axes, unmet }) => [axes["transport"], unmet]);
  expect(reasons("leave/fin")).toContainEqual(["native", undefined]);
  expect(reasons("leave/fin")).toContainEqual(["xhr-polling", expect.stringContaining("SockJS")]);
  expect(reasons("restart/graceful-stop")).toEqual([
    [undefined, expect.stringContaining("server instance of its own")],
  ]);
  const askable = cases.filter(({ unmet }) => unmet === undefined);
  expect(tiers.full).toEqual({ cases: cases.length, askable: askable.length });
  expect(askable.length).toBeLessThan(cases.length);
});

/** Two axes and three, one axis and none; cells of every kind. */
const small: Pick<Listing, "cases" | "impossible"> = {
  cases: [
    one("leave/a", { transport: "websocket", phase: "early" }, "quick"),
    one("leave/a", { transport: "websocket", phase: "late" }),
    one("leave/a", { transport: "polling", phase: "late" }, undefined, "the target does not poll"),
    one("leave/long-name", { transport: "polling", phase: "early" }),
    one("x/three", { transport: "websocket", phase: "early", code: "1" }, "quick"),
    one("x/three", { transport: "websocket", phase: "early", code: "2" }),
    one("x/list", { code: "1000" }, "quick"),
    one("x/list", { code: "1001" }),
    one("x/single", {}, "quick"),
    one("x/other", {}, undefined, "the target does not poll"),
  ],
  impossible: [
    { scenario: "leave/a", axes: { transport: "polling", phase: "early" }, reason: "it does not exist" },
  ],
};

function one(
  scenario: string,
  axes: Readonly<Record<string, string>>,
  tier?: "quick",
  unmet?: string,
): Listing["cases"][number] {
  return {
    id: scenario,
    scenario,
    title: scenario,
    axes,
    needs: [],
    requirements: [],
    tiers: tier === undefined ? ["full", "soak"] : [tier, "full", "soak"],
    ...(unmet === undefined ? {} : { unmet }),
  };
}

test("a grid as it is printed", () => {
  const text = renderGrid({ ...listingOf(), ...small }, 60);
  expect(text.split("\n")).toEqual([
    "● in the quick tier and in the full one   ○ in the full tier   a letter: not asked, and why, at the end",
    "",
    "By transport; within each by phase: 1 early, 2 late",
    "",
    "                 websocket  polling",
    "                 12         12",
    "leave/a          ●○         ab",
    "leave/long-name             ○",
    "",
    "By transport; within each by phase: 1 early",
    "",
    "                websocket",
    "                1",
    "x/three code=1  ●",
    "x/three code=2  ○",
    "",
    "By one axis",
    "",
    "x/list, by code: ● 1000  ○ 1001",
    "",
    "In one way",
    "",
    "● x/single  b x/other",
    "",
    "Not asked",
    "",
    "  a  it does not exist",
    "  b  the target does not poll",
  ]);
});

test("on the command line: all of it, or one part, as text and as JSON", { timeout: 60_000 }, async () => {
  const cwd = await folder();
  const profile = { url: "ws://127.0.0.1:{port}/ws", start: { command: "touch started-at-{port}" } };
  await writeFile(join(cwd, "p.json"), JSON.stringify(profile));
  const [plain, part, json] = await Promise.all([
    hangup(["list"], cwd),
    hangup(["list", "requirements"], cwd),
    hangup(["list", "--json", "--profile", "p.json"], cwd),
  ]);
  expect([plain.code, part.code, json.code]).toEqual([0, 0, 0]);
  for (const { id } of scenarios) expect(plain.stdout).toContain(id);
  const flat = part.stdout.replaceAll(/\s+/g, " ");
  for (const { id, text, later } of requirements) {
    expect(flat).toContain(`${id} (`);
    expect(flat).toContain(text);
    if (later !== undefined) expect(flat).toContain(`Not asked: ${later}`);
  }
  expect(part.stdout).not.toContain("●");
  const data = JSON.parse(json.stdout) as Listing;
  expect(data.cases.map(({ id }) => id)).toEqual(listingOf().cases.map(({ id }) => id));
  expect(data.tiers.full.askable).toBeLessThan(data.tiers.full.cases);
  expect(data.cases.find(({ id }) => id === "restart/graceful-stop")).not.toHaveProperty("unmet");
  expect(readdirSync(cwd), "nothing was started").toEqual(["p.json"]);
  expect(data.requirements.map(({ id }) => id)).toEqual(requirements.map(({ id }) => id));
});

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Scenario } from "../../harness/scenario/scenario.ts";
import { mutants as allMutants } from "../../mutants/index.ts";
import { killMatrixSchema, type KillMatrix } from "../../reports/kill-matrix/record.ts";
import { scenarioOf } from "../../scenarios/index.ts";
import { mutants, ownStock, type Stock } from "./mutants.ts";
import type { Claim } from "../mutants/judge-mutant.ts";
import type { Target } from "../target/target.ts";
import { folder, hangup } from "../../testing/cli/hangup.ts";

/** The mutant of this name, which there must be. */
function named(name: string): Claim {
  const found = allMutants.find((mutant) => mutant.name === name);
  if (found === undefined) throw new Error(`there is no mutant ${name}`);
  return found;
}

const noReceipt = named("sends-no-receipt-for-disconnect");

/** Says of itself what is not so: what starts under this name is unbroken. */
const harmless: Claim = { ...noReceipt, name: "harmless", breaks: ["DISCONNECT-RECEIPT"], alsoBreaks: [] };

/** Says of itself something else than what it does: another mutant starts under this name. */
const mistaken: Claim = {
  ...noReceipt,
  name: "mistaken",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: [],
};

const inPlaceOf: Readonly<Record<string, string | undefined>> = {
  harmless: undefined,
  mistaken: noReceipt.name,
};

/** The scenario's first case. */
const firstOf = (scenario: Scenario): Scenario => ({
  ...scenario,
  axes: Object.fromEntries(
    Object.entries(scenario.axes ?? {}).map(([axis, values]) => [axis, values.slice(0, 1)]),
  ),
});

/** Two cases, and mutants that stay what they are or not. */
function stockOf(claims: readonly Claim[], started: Target[] = []): Stock {
  return {
    mutants: claims,
    scenarios: [firstOf(scenarioOf("leave/disconnect-with-receipt")), firstOf(scenarioOf("leave/fin"))],
    smoke: [scenarioOf("leave/disconnect-with-receipt").id],
    start: async (options, name) => {
      const real = name !== undefined && name in inPlaceOf ? inPlaceOf[name] : name;
      const target = await ownStock.start(options, real);
      started.push(target);
      return target;
    },
  };
}

/** Runs them. Nothing that was started is there any more afterwards. */
async function invoke(
  stock: Stock,
  started: readonly Target[] = [],
): Promise<{ readonly code: number; readonly matrix: KillMatrix; readonly told: string }> {
  const out = await folder();
  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const progress = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => void vi.restoreAllMocks());
  const code = await mutants({ out, browser: "none" }, stock);
  const told = [...said.mock.calls, ...progress.mock.calls].map(([text]) => String(text)).join("");
  vi.restoreAllMocks();
  for (const { url } of started) expect(await answers(url)).toBe(false);
  const json = await readFile(join(out, "kill-matrix.json"), "utf8");
  expect(await readFile(join(out, "kill-matrix.html"), "utf8")).toMatch(/^<!doctype html>/);
  return { code, matrix: killMatrixSchema.parse(JSON.parse(json)), told };
}

async function answers({ hostname, port }: URL): Promise<boolean> {
  const socket = connect(Number(port), hostname);
  const [isThere] = await Promise.allSettled([once(socket, "connect")]);
  socket.destroy();
  return isThere.status === "fulfilled";
}

test(
  "a mutant is killed for its reason, one for another, and one that is none survives",
  { timeout: 60_000 },
  async () => {
    const started: Target[] = [];
    const { code, matrix, told } = await invoke(stockOf([noReceipt, mistaken, harmless], started), started);
    expect(matrix.unbroken).toMatchObject([{ options: {}, cases: { fail: 0, inconclusive: 0 } }]);
    expect(matrix.mutants).toMatchObject([
      { name: noReceipt.name, state: "killed", unexpected: [] },
      { name: "mistaken", state: "killed-otherwise", kills: [] },
      { name: "harmless", state: "survived", kills: [], unexpected: [], discounted: [] },
    ]);
    const [killed, otherwise] = matrix.mutants;
    for (const found of [...(killed?.kills ?? []), ...(otherwise?.unexpected ?? [])])
      expect(found).toMatchObject({ requirement: "DISCONNECT-RECEIPT", check: "receipt-came(alice)" });
    expect(matrix.totals).toEqual({
      mutants: 3,
      killed: 1,
      killedOtherwise: 1,
      survived: 1,
      undecided: 0,
      unexpected: 1,
    });
    expect(matrix).toMatchObject({ selected: null, interrupted: false, notRun: [] });
    expect(matrix.idleChecks?.map(({ requirement }) => requirement)).toContain("LEAVE-ON-LOST-CONNECTION");
    expect(matrix.idleChecks?.map(({ requirement }) => requirement)).not.toContain("DISCONNECT-RECEIPT");
    expect(code).toBe(1);
    expect(told).toContain("2 mutants not killed for their reason: 1 of 3 mutants killed for their reason");
    expect(told).toContain("✗ survived  harmless");
  },
);

test(
  "a server that does not start leaves its mutant undecided, and the others as they are",
  { timeout: 60_000 },
  async () => {
    const sound = stockOf([noReceipt, { ...harmless, name: "stillborn" }]);
    const stock: Stock = {
      ...sound,
      start: (options, name) =>
        name === "stillborn" ? Promise.reject(new Error("it has no port")) : sound.start(options, name),
    };
    const { code, matrix } = await invoke(stock);
    expect(matrix.mutants).toMatchObject([
      { state: "killed" },
      { name: "stillborn", state: "undecided", reason: "it has no port" },
    ]);
    expect(code).toBe(3);
  },
);

test("policy and profile go together: one leave a person is then right", { timeout: 60_000 }, async () => {
  const stock = stockOf([{ ...harmless, options: { policy: "person" } }]);
  const servers = new Set<string>();
  const { matrix } = await invoke({
    ...stock,
    start: async (options, name) => {
      servers.add(`${name ?? "unbroken"} ${options.policy ?? ""}`);
      return stock.start(options, name);
    },
  });
  expect([...servers]).toEqual(["unbroken person", "harmless person"]);
  expect(matrix.unbroken).toMatchObject([
    { options: { policy: "person" }, cases: { fail: 0, inconclusive: 0 } },
  ]);
});

test(
  "interrupted: 130, what was run is written, and nothing is left behind",
  { timeout: 60_000 },
  async () => {
    const started: Target[] = [];
    const stock = stockOf([noReceipt, harmless], started);
    const interrupted: Stock = {
      ...stock,
      start: async (options, name) => {
        const target = await stock.start(options, name);
        if (name !== undefined) process.emit("SIGINT");
        return target;
      },
    };
    const { code, matrix, told } = await invoke(interrupted, started);
    expect(code).toBe(130);
    expect(matrix).toMatchObject({ interrupted: true, exitCode: 130, idleChecks: null });
    expect(matrix.unbroken).toHaveLength(1);
    expect(matrix.notRun.length + matrix.mutants.length).toBe(2);
    expect(told).toContain("Interrupted: 0 of 2 mutants killed for their reason");
  },
);

test("an unbroken server that does not start is no verdict on anything", async () => {
  const stock: Stock = { ...stockOf([noReceipt]), start: () => Promise.reject(new Error("it has no port")) };
  await expect(mutants({ out: await folder(), browser: "none" }, stock)).rejects.toThrow(
    "the unbroken reference server: it has no port",
  );
});

test("a mutant that there is not is a usage error that names those that there are", async () => {
  const { code, stderr } = await hangup(["mutants", "--mutant", "nobody", "--out", await folder()]);
  expect(stderr).toContain(noReceipt.name);
  expect(code).toBe(2);
});

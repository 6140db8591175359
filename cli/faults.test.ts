import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { Driver } from "../harness/actors/driver.ts";
import { Claims } from "../harness/claims.ts";
import type { Judgement } from "../harness/judge.ts";
import { stopReading } from "../harness/index.ts";
import { whyNoPacketLoss } from "../harness/packet-loss.ts";
import { casesOf, type Scenario } from "../harness/scenario.ts";
import { defineDisturbance } from "../scenarios/disturbance.ts";
import { scenarios } from "../scenarios/index.ts";
import { findTarget } from "./target.ts";
import { judgeSabotaged, type Sabotage } from "./testing-stage.ts";

const nothing = () => undefined;
const unmet = whyNoPacketLoss();

/** The proxy shapes nothing: all goes on as it comes. */
const shapeless: Sabotage = ({ proxy }) => (proxy.reshape = nothing);

/** No FIN leaves the proxy towards the target. */
const endless: Sabotage = ({ proxy }) => {
  for (const { target } of proxy.links) target.end = () => target;
};

/** No RST leaves the proxy towards the target; the connection stays. */
const resetless: Sabotage = ({ proxy }) => {
  for (const { target } of proxy.links) target.resetAndDestroy = () => target;
};

/** The client does not do what it is told. */
const disobedient: Sabotage = ({ driver }) => {
  (driver as { do: Driver["do"] }).do = () => Promise.resolve();
};

/** The speaker says nothing of what it is told to say, and breaks nothing off. */
const speechless: Sabotage = ({ speaker }) => {
  const idle = () => Promise.resolve();
  Object.assign(speaker, { abort: nothing, frame: idle, stomp: idle, stopPolling: idle });
};

/** Another process gets the signals. */
const decoy: Sabotage = async ({ driver }) => {
  const { process: client } = driver;
  if (client === undefined) throw new Error("no process");
  const other = spawn(process.execPath, ["--eval", "process.stdin.resume()"], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  await once(other, "spawn");
  void client.ended.then(() => other.kill("SIGKILL"));
  (driver as { process: Driver["process"] }).process = { pid: other.pid ?? 0, ended: client.ended };
};

/** The rule is in force, and is another connection's. */
const elsewhere: Sabotage = ({ proxy }) =>
  Object.defineProperty(proxy, "connections", {
    value: [{ localAddress: "127.0.0.1", localPort: 1, remoteAddress: "127.0.0.1", remotePort: 1 }],
  });

const speechlessAndDisobedient: Sabotage = (actor) => [speechless(actor), disobedient(actor)];

const scenarioOf = (id: string): Scenario => {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`there is no scenario ${id}`);
  return found;
};

const readingStopped = defineDisturbance({
  id: "reading-stopped",
  title: "-",
  fault: stopReading,
});

/** Every fault, by its file: where it is used, and what takes its effect away. */
const sabotaged: Readonly<Record<string, readonly (readonly [Scenario, Sabotage])[]>> = {
  abort: [[scenarioOf("leave/request-aborted"), speechless]],
  blackhole: [
    [scenarioOf("silence/blackhole"), shapeless],
    [scenarioOf("silence/blackhole-to-target"), shapeless],
    [scenarioOf("disturbed/unanswered"), shapeless],
  ],
  close: [[scenarioOf("leave/websocket-close"), disobedient]],
  "close-with-code": [[scenarioOf("leave/close-codes"), speechless]],
  "cut-handshake": [[scenarioOf("connect/handshake-cut"), shapeless]],
  "cut-in-frame": [[scenarioOf("leave/cut-in-frame"), shapeless]],
  delay: [[scenarioOf("disturbed/delay"), shapeless]],
  disconnect: [[scenarioOf("leave/disconnect-with-receipt"), disobedient]],
  "disconnect-frame": [
    [scenarioOf("leave/disconnect-without-receipt"), speechlessAndDisobedient],
    [scenarioOf("leave/disconnect-then-linger"), speechless],
  ],
  fin: [[scenarioOf("leave/fin"), endless]],
  "half-close": [[scenarioOf("leave/half-close"), endless]],
  "idle-cut": [[scenarioOf("leave/idle-cut"), endless]],
  jitter: [[scenarioOf("disturbed/jitter"), shapeless]],
  kill: [[scenarioOf("leave/process-killed"), decoy]],
  outage: [[scenarioOf("disturbed/outage"), shapeless]],
  "packet-loss": [[scenarioOf("silence/packet-loss"), elsewhere]],
  pause: [[scenarioOf("disturbed/pause"), decoy]],
  "reset-upstream": [[scenarioOf("leave/reset-upstream"), resetless]],
  rst: [[scenarioOf("leave/rst"), resetless]],
  stop: [[scenarioOf("silence/process-stopped"), decoy]],
  "stop-polling": [[scenarioOf("leave/polling-stops"), speechless]],
  "stop-reading": [[readingStopped, shapeless]],
  trickle: [[scenarioOf("disturbed/trickle"), shapeless]],
};

/** Parts that faults are made of. */
const parts = ["fall-silent", "fault", "ping", "process", "tab"];
const folder = new URL("../harness/faults/", import.meta.url);
const isBrowsers = (file: string) =>
  /"\.\/(tab|kill-browser)\.ts"/.test(readFileSync(new URL(`${file}.ts`, folder), "utf8"));

test("no fault is without a case in which it has no effect; those of browsers have theirs elsewhere", () => {
  const faults = readdirSync(folder)
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((file) => !parts.includes(file) && !isBrowsers(file));
  expect(Object.keys(sabotaged).sort()).toEqual(faults.sort());
});

const cases = Object.entries(sabotaged).flatMap(([fault, ways]) =>
  ways.flatMap(([scenario, sabotage], place) =>
    casesOf(scenario).map((one) => ({ ...one, name: `${fault} (${one.id}, ${place + 1})`, sabotage })),
  ),
);

// All hear what is said on the topic, and know by this whom it is about.
const claims = new Claims(() => performance.now());
const judged = new Map<string, readonly Judgement[]>();

beforeAll(async () => {
  const { profile, url: target, stop } = await findTarget({});
  const around = { profile, target, claims, browser: undefined, pageFiles: {} };
  try {
    // They mostly wait, each for a witness that does not come.
    await Promise.all(
      cases
        .filter(({ scenario }) => scenario.needs?.includes("packet-loss") !== true || unmet === undefined)
        .map(async (one, place) => {
          const verdicts = await judgeSabotaged(one, one.sabotage, { ...around, token: `sabotage${place}` });
          judged.set(one.name, verdicts);
        }),
    );
  } finally {
    await stop();
  }
}, 90_000);

test.for(cases)("without effect it is inconclusive: $name", ({ name, scenario }, { skip }) => {
  if (unmet !== undefined && scenario.needs?.includes("packet-loss") === true) return skip(unmet);
  const verdicts = judged.get(name) ?? [];
  expect(verdicts.length).toBeGreaterThan(0);
  for (const verdict of verdicts) {
    expect(verdict).toMatchObject({
      kind: "inconclusive",
      reason: expect.stringMatching(/^nothing shows that .* took effect on alice$/) as string,
    });
  }
});

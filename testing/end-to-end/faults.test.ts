import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { Driver } from "../../harness/clients/driver.ts";
import { NoticeOwners } from "../../harness/stage/notice-owners.ts";
import type { CheckVerdict } from "../../harness/judge/verdict.ts";
import { whyNoPacketLoss } from "../../harness/network/packet-loss.ts";
import { files } from "../../harness/profile/fault-files.generated.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { casesOf, needs, type Scenario } from "../../harness/scenario/scenario.ts";
import { phaseIn } from "../../scenarios/grid.ts";
import { scenarioOf } from "../../scenarios/index.ts";
import { findTarget } from "../../cli/target/find-target.ts";
import { judgeSabotaged, type Sabotage } from "../harness/open-stage.ts";

const nothing = () => undefined;
const unmet = whyNoPacketLoss();

/** Makes the proxy pass everything on at once. */
const shapeless: Sabotage = ({ proxy }) => (proxy.reshape = nothing);

/** Keeps the proxy from sending a FIN to the target. */
const endless: Sabotage = async ({ proxy }) => {
  await proxy.untilInUse(5_000);
  for (const { target } of proxy.links) target.end = () => target;
};

/** Keeps the proxy from sending an RST to the target. The connection stays open. */
const resetless: Sabotage = async ({ proxy }) => {
  await proxy.untilInUse(5_000);
  for (const { target } of proxy.links) target.resetAndDestroy = () => target;
};

/** Makes the client ignore its commands. */
const disobedient: Sabotage = ({ driver }) => {
  (driver as { do: Driver["do"] }).do = () => Promise.resolve();
};

/** Makes the raw client send nothing, and abort no request. */
const speechless: Sabotage = ({ raw }) => {
  const idle = () => Promise.resolve();
  Object.assign(raw, { abort: nothing, frame: idle, message: idle, stomp: idle, stopPolling: idle });
};

/** Redirects signals to another process. */
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

/** Makes the packet-loss rule match another connection. */
const elsewhere: Sabotage = ({ proxy }) =>
  Object.defineProperty(proxy, "connections", {
    value: [{ localAddress: "127.0.0.1", localPort: 1, remoteAddress: "127.0.0.1", remotePort: 1 }],
  });

const speechlessAndDisobedient: Sabotage = (actor) => [speechless(actor), disobedient(actor)];

/** Profile in which clients offer no heartbeats, so that the witness of silence is another one. */
const quiet: Partial<Profile> = { clientHeartbeatMs: 0 };

/** Faults by file: scenarios with the fault, a sabotage of its effect, and changes of the profile. */
const sabotaged: Readonly<Record<string, readonly (readonly [Scenario, Sabotage, Partial<Profile>?])[]>> = {
  abort: [[scenarioOf("leave/request-aborted"), speechless]],
  "broken-framing": [[scenarioOf("leave/broken-framing"), speechlessAndDisobedient]],
  blackhole: [
    [scenarioOf("silence/blackhole"), shapeless],
    [scenarioOf("silence/blackhole-to-target"), shapeless],
    [scenarioOf("disturbed/unanswered"), shapeless],
  ],
  close: [[scenarioOf("leave/close"), disobedient]],
  "close-with-code": [[scenarioOf("leave/close-codes"), speechless]],
  "cut-handshake": [[scenarioOf("connect/handshake-cut"), shapeless]],
  "cut-in-frame": [[scenarioOf("leave/cut-in-frame"), shapeless]],
  delay: [[scenarioOf("disturbed/delay"), shapeless]],
  disconnect: [[scenarioOf("leave/disconnect-with-receipt"), disobedient]],
  "disconnect-without-receipt": [[scenarioOf("leave/disconnect-without-receipt"), speechlessAndDisobedient]],
  "disconnect-and-linger": [
    [scenarioOf("leave/disconnect-then-linger"), speechless],
    [scenarioOf("leave/disconnect-receipt-then-linger"), speechless],
  ],
  fin: [[scenarioOf("leave/fin"), endless]],
  "half-close": [[scenarioOf("leave/half-close"), endless]],
  "idle-cut": [[scenarioOf("leave/idle-cut"), endless]],
  jitter: [[scenarioOf("disturbed/jitter"), shapeless]],
  kill: [[scenarioOf("leave/process-killed"), decoy]],
  "malformed-frame": [[scenarioOf("leave/malformed-frame"), speechlessAndDisobedient]],
  "malformed-identify": [
    [scenarioOf("identify/malformed"), speechless],
    [scenarioOf("identify/malformed-after"), speechlessAndDisobedient],
  ],
  "oversized-frame": [[scenarioOf("leave/oversized-frame"), speechlessAndDisobedient]],
  outage: [[scenarioOf("disturbed/outage"), shapeless]],
  "packet-loss": [[scenarioOf("silence/packet-loss"), elsewhere]],
  pause: [[scenarioOf("disturbed/pause"), decoy]],
  "reset-upstream": [[scenarioOf("leave/reset-upstream"), resetless]],
  rst: [[scenarioOf("leave/rst"), resetless]],
  stop: [
    [scenarioOf("silence/process-stopped"), decoy],
    [scenarioOf("silence/frozen"), decoy, quiet],
  ],
  "stop-polling": [[scenarioOf("leave/polling-stops"), speechless]],
  "stop-reading": [[scenarioOf("silence/stalled-reader"), shapeless]],
  trickle: [[scenarioOf("disturbed/trickle"), shapeless]],
  unsubscribe: [[scenarioOf("presence/unsubscribe"), speechless]],
  "before-connect": [[scenarioOf("connect/nothing-before-connect"), speechless]],
  "no-common-version": [[scenarioOf("connect/no-common-version"), speechless]],
  "second-connect": [[scenarioOf("connect/second-connect"), speechlessAndDisobedient]],
};

const folder = new URL("../../harness/stage/faults/", import.meta.url);
const isBrowsers = (file: string) =>
  readFileSync(new URL(`${file}.ts`, folder), "utf8").includes('"./parts/tab.ts"');

/** Faults that the target carries out. testing/sample-servers/credentials.test.ts tests them. */
const byTarget = ["credentials-expired", "log-out"];

test("each fault but those of browsers has a case without its effect", () => {
  // A silent drop only renames another fault.
  const faults = files.filter(
    (file) => file !== "silent-drop" && !byTarget.includes(file) && !isBrowsers(file),
  );
  expect(Object.keys(sabotaged).sort()).toEqual(faults.sort());
});

/** Returns the cases of one phase and transport, since the witness of a fault is the same in the others. */
const inUsualPhase = (scenario: Scenario) => {
  const usual = casesOf(scenario).filter(({ axes }) => phaseIn(axes) === "identified");
  return usual.filter(({ axes }) => axes["transport"] === usual[0]?.axes["transport"]);
};

const cases = Object.entries(sabotaged).flatMap(([fault, ways]) =>
  ways.flatMap(([scenario, sabotage, changes = {}], place) =>
    inUsualPhase(scenario).map((one) => ({
      ...one,
      name: `${fault} ${place + 1} ${one.id}`,
      sabotage,
      changes,
    })),
  ),
);

// All cases receive every notice of the topic, and tell by this whose it is.
const atOnce = 8;
const owners = new NoticeOwners(() => performance.now());
const judged = new Map<string, readonly CheckVerdict[]>();

beforeAll(async () => {
  const { profile, url: target, stop } = await findTarget({});
  const around = { profile, target, owners, browser: undefined, pageFiles: {} };
  try {
    const asked = cases.filter((one) => !needs(one, "packet-loss") || unmet === undefined);
    // Each case waits for a witness that never comes. More of them at once would delay their clients.
    const queue = asked.entries();
    const work = async () => {
      for (const [place, one] of queue) {
        const token = `sabotage${place}`;
        const own = { ...around, profile: { ...profile, ...one.changes }, token };
        judged.set(one.name, await judgeSabotaged(one, one.sabotage, own));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await stop();
  }
}, 180_000);

test.for(cases)("without effect it is inconclusive: $name", ({ name, ...one }, { skip }) => {
  if (unmet !== undefined && needs(one, "packet-loss")) return skip(unmet);
  const verdicts = judged.get(name) ?? [];
  expect(verdicts.length).toBeGreaterThan(0);
  for (const verdict of verdicts) {
    expect(verdict).toMatchObject({
      kind: "inconclusive",
      reason: expect.stringMatching(/^nothing shows that .* took effect on alice$/) as string,
    });
  }
});

/**
 * Builds defects into sample servers of other styles, one and two at a time, runs the suite on each, and counts how often the diagnosis
 * names them: `npm run diagnosis -- [DIR [PATTERN [stored]]]`. It keeps the records in DIR and reads those that are
 * there; with "stored" it runs nothing.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { casesOf, needs, type Case } from "../../harness/scenario/scenario.ts";
import { diagnose, type Diagnosis } from "../../reports/diagnosis/diagnose.ts";
import { scenarios } from "../../scenarios/index.ts";
import { quickIds } from "../../scenarios/tiers.ts";
import { recordOf } from "../../testing/records/build.ts";
import { noSessionId } from "../../testing/sample-servers/chat-demo.ts";
import { plainText } from "../../testing/sample-servers/plain-text.ts";
import { rosterOnly } from "../../testing/sample-servers/roster.ts";
import { recordsOf } from "../../testing/sample-servers/run-cases.ts";
import type { RightServer } from "../../testing/sample-servers/sample-server.ts";
import { grafts } from "./grafts.ts";

/** A client on a busy machine may need more than the 300 ms that the sample gives it for its next request. */
const patient: RightServer = {
  ...noSessionId,
  server: { ...noSessionId.server, sockJsDelayMs: 2_000 },
  profile: { ...noSessionId.profile, deadlines: { httpEndedMs: 3_500 } },
};

/** Servers of three styles: a WebSocket with text, a WebSocket with rosters, SockJS with JSON. */
const servers: Readonly<Record<string, RightServer>> = {
  "text on a websocket": plainText,
  "rosters on a websocket": rosterOnly,
  "sockjs and json": patient,
};

/** Pairs in which neither defect hides the other. */
const pairs: readonly (readonly [string, string])[] = [
  ["only DISCONNECT", "twice"],
  ["only DISCONNECT", "no heartbeats"],
  ["only DISCONNECT", "first name wins"],
  ["only goodbyes", "twice"],
  ["misses DISCONNECT", "no heartbeats"],
  ["misses HTTP", "twice"],
  ["misses HTTP", "no heartbeats"],
  ["late", "no heartbeats"],
  ["late", "first name wins"],
  ["twice", "no heartbeats"],
  ["twice", "ignores missing heartbeats"],
  ["no names", "no heartbeats"],
  ["no leaves", "no heartbeats"],
  ["closes quiet clients", "twice"],
  ["every second subscriber", "no heartbeats"],
];

/** Scenarios without a meaning for a sample server, or with hundreds of clients. */
const isLeftOut = ({ scenario }: Case): boolean => scenario.isProperty === true || /drift/.test(scenario.id);

const isUsual = ({ axes }: Case): boolean =>
  axes["phase"] === "identified" &&
  ["native", "websocket", "xhr-streaming"].includes(axes["transport"] ?? "");

/** Returns true in a phase that says nothing about the defects here. */
const isOtherPhase = ({ axes }: Case): boolean =>
  !["identified", "identifying", "hearing", "disconnected"].includes(axes["phase"] ?? "identified");

/** Cases of the quick tier in the phases that matter, and each way of leaving on the usual transports. */
function chosenCases(): readonly string[] {
  const quick = quickIds(scenarios);
  return scenarios
    .flatMap(casesOf)
    .filter((one) => !needs(one, "browser") && !isLeftOut(one))
    .filter((one) => (quick.has(one.id) && !isOtherPhase(one)) || isUsual(one))
    .map(({ id }) => id);
}

/** A sample server with one or two defects. */
interface Sample {
  readonly title: string;
  readonly server: RightServer;
  readonly built: readonly string[];
}

function samples(): readonly Sample[] {
  const built = [[], ...Object.keys(grafts).map((name) => [name]), ...pairs.map((pair) => [...pair])];
  return Object.entries(servers).flatMap(([style, server]) =>
    built.flatMap((names) => {
      const all = names.map((name) => grafts[name]).filter((one) => one !== undefined);
      if (all.some(({ not }) => not === server.server.transport)) return [];
      // A roster does not show how often a client has left, and hides who it was.
      if (style.startsWith("rosters") && names.some((name) => ["twice", "no names"].includes(name)))
        return [];
      const broken = all.reduce((one, { graft }) => graft(one), server);
      return [{ title: `${style}: ${names.join(" + ") || "right"}`, server: broken, built: names }];
    }),
  );
}

const [folder = "diagnosis-samples", pattern = "", stored] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const ids = chosenCases();

async function recordsFor(sample: Sample): Promise<readonly CaseRecord[]> {
  const file = fileOf(sample);
  const stored = await readFile(file, "utf8").catch(() => undefined);
  if (stored !== undefined) return JSON.parse(stored) as CaseRecord[];
  const records = await recordsOf(sample.server, { ids, workers: 24, endedAtLeastMs: 500 });
  await writeFile(file, JSON.stringify(records));
  return records;
}

/** Servers that run side by side. */
const atOnce = 4;

/** A defect is invisible where no case fails. */
const counts = { built: 0, invisible: 0, amongThree: 0, surely: 0, wrongSurely: 0, wrongLikely: 0 };

function report({ title, built }: Sample, record: RunRecord): void {
  const diagnoses = diagnose(record);
  const named = (defect: string, { cause }: Diagnosis) => grafts[defect]?.causes.includes(cause) === true;
  const wrong = diagnoses.filter((one) => !built.some((defect) => named(defect, one)));
  counts.built += built.length;
  if (record.totals.fail === 0) counts.invisible += built.length;
  for (const defect of built) {
    const place = diagnoses.findIndex((one) => named(defect, one));
    if (place >= 0 && place < 3) counts.amongThree += 1;
    if (diagnoses[place]?.confidence === "very likely") counts.surely += 1;
  }
  counts.wrongSurely += wrong.filter(({ confidence }) => confidence === "very likely").length;
  counts.wrongLikely += wrong.filter(({ confidence }) => confidence === "likely").length;
  const words = diagnoses.map(
    ({ cause, confidence, explains }) => `${cause} (${confidence}, ${explains.length})`,
  );
  const missing = built.filter((defect) => !diagnoses.slice(0, 3).some((one) => named(defect, one)));
  console.log(
    `${missing.length > 0 ? "-" : wrong.length > 0 ? "~" : "+"} ${title}: ${words.join(", ") || "nothing"}`,
  );
}

const fileOf = ({ title }: Sample): string => join(folder, `${title.replace(/\W+/g, "-")}.json`);
const queue = samples()
  .filter(({ title }) => new RegExp(pattern).test(title))
  .filter((sample) => stored === undefined || existsSync(fileOf(sample)))
  .values();
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (const sample of queue) report(sample, recordOf(await recordsFor(sample)));
  }),
);
console.log(counts);
process.exit();

import { expect, test } from "vitest";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import { runCases } from "../../harness/run/runner.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import { testRun } from "../harness/chat-run.ts";
import { scenarios } from "../../scenarios/index.ts";
import { complaintsIn } from "./run-cases.ts";
import type { MakeApplication, SampleSession } from "./server/application.ts";
import { startServer, type RunningServer } from "./server/start-server.ts";

/** Row of the table of clients, which outlives the server as a database does. */
interface Row {
  readonly name: string;
  readonly session: SampleSession;
  readonly run: number;
}

/** Treatment of the rows of earlier runs. */
type CleanUp =
  | "at its start"
  | "later"
  | "later, announced"
  | "never"
  | "later, by name"
  | "later, announced also of those who are back"
  | "at its start, each join twice";

/** Delay of a clean-up that comes later, in milliseconds. */
const laterMs = 700;

type Shows = "a list on request" | "lists as notices";

const profiles: Readonly<Record<Shows, ProfileInput>> = {
  "a list on request": { roster: { destination: "/app/here", list: "", client: "" } },
  "lists as notices": { notice: { roster: { list: "/here", client: "" } } },
};

/** Returns a chat whose table of clients outlives it. `isOver` tells that its process would be gone. */
function chat(
  table: { rows: Row[]; run: number },
  shows: Shows,
  cleanUp: CleanUp,
  isOver: () => boolean,
): MakeApplication {
  const run = (table.run += 1);
  const names = () => [...new Set(table.rows.map(({ name }) => name))];
  return ({ tell }) => {
    const say = (event: "join" | "leave", clientData: string) =>
      tell("/topic/", shows === "lists as notices" ? { here: names() } : { event, clientData });
    const earlier = new Set(names());
    const isBack = (name: string) => table.rows.some((row) => row.run === run && row.name === name);
    const clean = () => {
      if (isOver()) return;
      const isOld = (row: Row) => row.run < run || (cleanUp === "later, by name" && earlier.has(row.name));
      table.rows = table.rows.filter((row) => !isOld(row));
      const tells = cleanUp.startsWith("later, announced") || shows === "lists as notices";
      const told =
        cleanUp === "later, announced" ? [...earlier].filter((name) => !isBack(name)) : [...earlier];
      if (tells) for (const name of told) say("leave", name);
    };
    if (cleanUp.startsWith("at its start")) table.rows = [];
    else if (cleanUp !== "never") setTimeout(clean, laterMs);
    return {
      subscribe(session, { destination = "" }) {
        if (destination === "/app/here") void session.tell(destination, JSON.stringify(names()));
      },
      send(session, _destination, body) {
        const { clientData: name } = JSON.parse(body) as { clientData: string };
        session.client = name;
        table.rows.push({ name, session, run });
        say("join", name);
        if (cleanUp === "at its start, each join twice" && earlier.has(name)) say("join", name);
      },
      end(session) {
        if (isOver() || session.client === undefined) return;
        table.rows = table.rows.filter((row) => row.session !== session);
        say("leave", session.client);
      },
    };
  };
}

/** Starts the chat as a case's own target. A stop and a kill leave its table as it is. */
async function startRestartable(shows: Shows, cleanUp: CleanUp): Promise<TargetInstance> {
  const table = { rows: [], run: 0 };
  let over = { is: false };
  const start = (port?: number): Promise<RunningServer> => {
    const own = (over = { is: false });
    return startServer(
      chat(table, shows, cleanUp, () => own.is),
      { transport: "native", endsByDisconnect: true, ...(port === undefined ? {} : { port }) },
    );
  };
  let server = await start();
  const url = new URL(server.url.href.replace(/^ws/, "http"));
  const end = async () => {
    if (over.is) return;
    over.is = true;
    await server.close();
  };
  return {
    url,
    stop: end,
    kill: end,
    start: async () => {
      server = await start(Number(url.port));
    },
    dispose: end,
  };
}

async function restarted(shows: Shows, cleanUp: CleanUp): Promise<CaseRecord[]> {
  const announced = cleanUp.startsWith("later, announced") && shows === "a list on request";
  const profile = parseProfile(
    {
      url: "ws://127.0.0.1:9/",
      ...profiles[shows],
      deadlines: { endedMs: 600, reconcileMs: 1_500 },
      sessions: "last",
      ...(announced ? {} : { reconcile: "silent" }),
    },
    "the test",
  );
  const ids = ["restart/all-come-back", "restart/killed-and-started-again"];
  const { finished } = await runCases({
    ...testRun,
    workers: 2,
    cases: scenarios.flatMap(casesOf).filter(({ id }) => ids.includes(id)),
    profile,
    target: new URL("http://127.0.0.1:9/"),
    startOwnTarget: () => startRestartable(shows, cleanUp),
  });
  return finished.map(({ record }) => record);
}

const failedIn = (records: readonly CaseRecord[]): string[] => [
  ...new Set(
    records.flatMap(({ verdicts }) =>
      verdicts.flatMap(({ kind, requirement }) => (kind === "fail" ? requirement : [])),
    ),
  ),
];

test.concurrent.each<[Shows, CleanUp]>([
  ["a list on request", "at its start"],
  ["a list on request", "later"],
  ["a list on request", "later, announced"],
  ["lists as notices", "at its start"],
  ["lists as notices", "later"],
])("a chat with %s that removes stored clients %s passes", { timeout: 60_000 }, async (shows, cleanUp) => {
  const records = await restarted(shows, cleanUp);
  expect(complaintsIn(records)).toEqual([]);
  const checks = records.flatMap(({ verdicts }) => verdicts).filter(({ kind }) => kind === "pass");
  expect(checks.filter(({ check }) => check === "roster-reconciled")).toHaveLength(2);
});

const ghost = ["RESTART-LEAVES-NO-GHOST", "RESTART-RECONCILES"];

test.concurrent.each<[Shows, CleanUp, string[]]>([
  ["a list on request", "never", ghost],
  ["lists as notices", "never", ghost],
  ["a list on request", "later, by name", ghost],
  ["lists as notices", "later, by name", ghost],
  [
    "a list on request",
    "later, announced also of those who are back",
    ["RESTART-TELLS-ONCE", "RESTART-RECONCILES"],
  ],
  ["a list on request", "at its start, each join twice", ["RESTART-TELLS-ONCE"]],
])("a chat with %s that removes them %s fails", { timeout: 60_000 }, async (shows, cleanUp, breaks) => {
  const failed = failedIn(await restarted(shows, cleanUp));
  expect(failed).toEqual(expect.arrayContaining(breaks));
});

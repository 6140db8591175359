import { expect, test } from "vitest";
import { transports } from "../../scenarios/grid.ts";
import { credentials, tokens } from "./log-ins/credentials.ts";
import { serversByIdentification } from "./identification.ts";
import { complaintsIn, recordsOf } from "./run-cases.ts";

const idsOn = (transport: string): string[] =>
  ["connect/refused", "leave/logged-out", "leave/credentials-expired"].map(
    (id) => `${id}[transport=${transport}]`,
  );
const ids = transports.filter((name) => name !== "native").flatMap(idsOn);

test(
  "credentials are refused, expire and are logged out on every transport",
  { timeout: 60_000 },
  async () => {
    const records = await recordsOf(credentials, { ids, endedAtLeastMs: 1_000 });
    expect(complaintsIn(records)).toEqual([]);
    expect(records.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const { id, verdicts } of records)
      expect(verdicts.filter(({ kind }) => kind === "pass").length, id).toBeGreaterThan(2);
  },
);

test(
  "a server that announces the leave and leaves the connection open passes",
  { timeout: 60_000 },
  async () => {
    const application = tokens({ atLogOut: "told", atExpiry: "told" });
    const records = await recordsOf(
      { ...credentials, application },
      { ids: ["websocket", "xhr-polling"].flatMap(idsOn), endedAtLeastMs: 1_000 },
    );
    expect(complaintsIn(records)).toEqual([]);
  },
);

test("a server that refuses at the handshake passes", { timeout: 60_000 }, async () => {
  const withKey = serversByIdentification["by a message, from one origin and with a key"];
  if (withKey === undefined) throw new Error("no such server");
  const profile = { ...withKey.profile, refused: { headers: { "X-Api-Key": "another" } } };
  const records = await recordsOf({ ...withKey, profile }, { ids: idsOn("native").slice(0, 1) });
  expect(complaintsIn(records)).toEqual([]);
  expect(
    records.flatMap(({ verdicts }) => verdicts).find(({ check }) => check === "turned-away(alice)"),
  ).toMatchObject({
    kind: "pass",
  });
});

test("a server that leaves the connection open after its ERROR fails", { timeout: 60_000 }, async () => {
  const server = { ...credentials.server, closesAfterError: false };
  const records = await recordsOf({ ...credentials, server }, { ids: idsOn("websocket").slice(0, 1) });
  const failed = records.flatMap(({ verdicts }) =>
    verdicts.filter(({ kind }) => kind === "fail").map(({ requirement }) => requirement),
  );
  expect(failed.sort()).toEqual(["ERROR-THEN-CLOSE", "REFUSED-STAYS-OUT"]);
});

test("a log-out that the server refuses proves nothing", { timeout: 60_000 }, async () => {
  const profile = { ...credentials.profile, logout: { path: "/nowhere" } };
  const ids = ["leave/logged-out[transport=websocket]"];
  const [record] = await recordsOf({ ...credentials, profile }, { ids });
  const told = record?.verdicts.find(({ requirement }) => requirement === "LEAVE-ON-LOG-OUT");
  expect(told).toMatchObject({
    kind: "inconclusive",
    reason: expect.stringContaining("logout: POST /nowhere was answered with 404") as string,
  });
});

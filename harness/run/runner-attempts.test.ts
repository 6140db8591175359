import { describe, expect, test } from "vitest";
import { disconnect, heardByAll, leftInsideWindow } from "../index.ts";
import { ofKind } from "../history/events/events.ts";
import { parseProfile } from "../profile/profile.ts";
import { against, leaving } from "../../testing/harness/chat-run.ts";
import { startChatServer, type Misbehaviour, type Tell } from "../../testing/sample-servers/server/chat.ts";

test("a sentinel whose leave is not told is a leave that is missing", { timeout: 30_000 }, async () => {
  const tell: Tell = (event, { client }, { say }) => {
    if (event === "join" || client?.startsWith("sentinel") !== true) say({ event, clientData: client });
  };
  const { finished } = await against({ tell }, leaving("sentinel"));
  expect(finished[0]?.record.verdicts).toMatchObject([
    { check: "heard-by-all(alice)", kind: "pass" },
    { check: "no-leave-twice", kind: "inconclusive" },
    { check: "no-false-leave", kind: "inconclusive" },
    { check: "sentinel-told", kind: "fail", requirement: "LEAVE-ON-DISCONNECT" },
  ]);
});

test("a leave that is told twice when its case is over fails it, whatever it asks, and is quoted", async () => {
  const tell: Tell = (event, { client }, { say }) => {
    say({ event, clientData: client });
    if (event === "leave" && client?.startsWith("alice") === true)
      setTimeout(() => say({ event, clientData: client }), 1_500);
  };
  const checks = { R: [heardByAll("alice")] };
  const listening = leaving("listening", {
    checks,
    async run(stage) {
      await stage.join("carol");
      const alice = await stage.join("alice");
      await stage.wait(4_000);
      await stage.inject(disconnect(alice));
      await stage.settle();
    },
  });
  const { finished } = await against({ tell }, [...listening, ...leaving("left", { checks })]);
  expect(finished.map(({ record }) => record.verdicts.map(({ kind }) => kind))).toEqual([
    ["pass"],
    ["pass", "fail"],
  ]);
  const [, twice] = finished[1]?.record.verdicts ?? [];
  expect(twice).toMatchObject({ requirement: "LEAVE-NOT-TWICE", check: "no-leave-twice" });
  expect(twice?.kind === "fail" && twice.actual).toMatch(
    /^(carol|alice) of listening received 2, among them \{"event":"leave","clientData":"alice-.+"\} at \d/,
  );
});

describe("a case that races", () => {
  const race = leaving("race", { races: true });

  test("is run as often as is asked, as long as it does not fail", async () => {
    const { finished } = await against({}, race, { repeats: 4 });
    expect(finished[0]?.attempts).toHaveLength(4);
    expect(finished[0]?.record.verdicts[0]).toMatchObject({ kind: "pass", attempts: 4 });
  });

  test("fails with its rate where one leave of many is lost", { timeout: 30_000 }, async () => {
    let left = 0;
    const tell: Tell = (event, { client }, { say }) => {
      if (event === "leave" && client?.startsWith("alice") === true && (left += 1) === 3) return;
      say({ event, clientData: client });
    };
    const { finished } = await against({ tell }, race, { repeats: 4 });
    expect(finished[0]?.record.verdicts[0]).toMatchObject({
      kind: "fail",
      attempts: 4,
      failedAttempts: 1,
      passedAttempts: 3,
    });
  });

  test("is run once in a run that asks for no more", async () => {
    const { finished } = await against({}, race);
    expect(finished[0]?.attempts).toHaveLength(1);
  });
});

describe("a client that is refused", () => {
  const refusing = (isRefused: (knocks: number) => boolean): Misbehaviour => {
    let knocks = 0;
    return {
      onFrame: (command, { socket }) => {
        if (command !== "CONNECT" || !isRefused((knocks += 1))) return false;
        socket.close(1011, "no room");
        return true;
      },
    };
  };

  test("is tried once more beside few cases, where its case is judged", async () => {
    const { finished } = await against(
      refusing((knocks) => knocks === 2),
      leaving("refused"),
    );
    const [one] = finished;
    expect(one?.attempts.map(({ alone, sideBySide }) => [alone, sideBySide])).toEqual([
      [false, 10],
      [false, 8],
    ]);
    expect(one?.record.verdicts[0]).toMatchObject({ kind: "pass", attempts: 1 });
    expect(one?.record.refusedOnce).toMatch(
      /alice got no CONNECTED: the target closed alice's connection with code 1011.*no room/,
    );
  });

  test("and refused again, also alone, is a failure", async () => {
    const { finished } = await against(
      refusing((knocks) => knocks % 2 === 0),
      leaving("refused"),
    );
    expect(finished[0]?.record.verdicts.at(-1)).toMatchObject({
      kind: "fail",
      requirement: "CONNECT-HIGHEST-VERSION",
      check: "let-in",
    });
  });
});

test("what fails beside other sessions is tried alone, where it may pass", { timeout: 30_000 }, async () => {
  const tell: Tell = (event, { client }, { say, sessions }) => {
    const isBeside = [...sessions].filter(({ client: who }) => who?.startsWith("bob")).length > 1;
    if (event === "leave" && client?.startsWith("alice") === true && isBeside) return;
    say({ event, clientData: client });
  };
  const cases = leaving("beside", {
    axes: { n: ["1", "2", "3"] },
    checks: { R: [heardByAll("alice")] },
  });
  const { finished } = await against({ tell }, cases, { triesAlone: true });
  const verdicts = finished.map(({ record }) => record.verdicts[0]);
  expect(verdicts.filter((one) => one?.onlyBeside === true)).toMatchObject([
    { kind: "fail", attempts: 2, failedAttempts: 1, passedAttempts: 1 },
  ]);
  const before = await against({ tell }, cases);
  expect(before.finished.flatMap(({ attempts }) => attempts)).toHaveLength(3);
});

test("without retries each case runs once, and is judged by that", async () => {
  const tell: Tell = (event, { client }, { say }) =>
    setTimeout(() => say({ event, clientData: client }), event === "leave" ? 1_300 : 0);
  const checks = { R: [leftInsideWindow("alice")] };
  const { finished } = await against({ tell }, leaving("late", { checks }), { retries: false });
  expect(finished).toMatchObject([{ record: { verdicts: [{ kind: "fail", attempts: 1 }] } }]);
  expect(finished[0]?.attempts).toHaveLength(1);
});

describe("cases that need quiet", () => {
  const two = { axes: { n: ["1", "2"] } };
  const quiet = leaving("quiet", { ...two, needsQuiet: true });

  test("run when all others are over", async () => {
    const seen: string[] = [];
    const tell: Tell = (event, { client }, { say, sessions }) => {
      seen.push([...sessions].map(({ client: who }) => who ?? "").join(" "));
      say({ event, clientData: client });
    };
    const { finished } = await against({ tell }, [...quiet, ...leaving("loud", two)]);
    const tokens = finished.map(({ attempts }) =>
      attempts.flatMap(({ events }) => ofKind(events, "identify-sent"))[0]?.client.replace("bob-", ""),
    );
    const [first = "", second = "", ...loud] = tokens;
    const met = seen.filter((there) => there.includes(first) || there.includes(second));
    expect(met.length).toBeGreaterThan(0);
    expect(met.filter((there) => loud.some((token = "") => there.includes(token)))).toEqual([]);
  });

  test("share an instance where one can be started, which is gone afterwards", async () => {
    const calls = { started: 0, disposed: 0 };
    const startOwnTarget = async () => {
      calls.started += 1;
      const own = await startChatServer();
      const nothing = () => Promise.resolve();
      const dispose = () => own.close().then(() => void (calls.disposed += 1));
      return { url: own.url, stop: nothing, start: nothing, kill: nothing, dispose };
    };
    const here: (string | undefined)[] = [];
    const tell: Tell = (event, { client }, { say }) => {
      here.push(client);
      say({ event, clientData: client });
    };
    const { finished } = await against({ tell }, quiet, { startOwnTarget });
    expect(finished.map(({ record }) => record.verdicts[0]?.kind)).toEqual(["pass", "pass"]);
    expect(calls).toEqual({ started: 1, disposed: 1 });
    expect(here).toEqual([]);
  });
});

test("where notices name nobody, no case runs beside one that waits long", async () => {
  let [running, most] = [0, 0];
  const cases = (id: string, waitsLong: boolean) =>
    leaving(id, {
      axes: { n: ["1", "2"] },
      waitsLong,
      async run(stage) {
        most = Math.max(most, (running += 1));
        await stage.join("bob");
        const alice = await stage.join("alice");
        await stage.inject(disconnect(alice));
        await stage.settle();
        running -= 1;
      },
    });
  const tell: Tell = (event, { client }, { say }) => {
    if (client !== undefined) say({ event });
  };
  const notice = { leave: { match: { "/event": "leave" } }, join: { match: { "/event": "join" } } };
  const profile = parseProfile(
    { transport: "native", deadlines: { endedMs: 400 }, notice },
    "the test's profile",
  );
  const { finished } = await against({ tell }, [...cases("long", true), ...cases("short", false)], {
    profile,
  });
  expect(most).toBe(1);
  for (const { record } of finished) expect(record.verdicts.some(({ kind }) => kind === "fail")).toBe(false);
});

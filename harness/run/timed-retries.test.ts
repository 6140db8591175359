import { describe, expect, test } from "vitest";
import { against, leaving } from "../../testing/harness/chat-run.ts";
import type { Misbehaviour } from "../../testing/sample-servers/server/chat.ts";
import { disconnect, heardByAll, leftInsideWindow, noFalseLeave } from "../index.ts";
import { wasLate } from "../judge/attempts/harness-delay.ts";
import type { Scenario } from "../scenario/scenario.ts";

describe("a case whose time was wrong is run three times", () => {
  const oneTimed = (checks: Scenario["checks"]) => leaving("late", { checks });
  const checks = { R: [heardByAll("alice"), leftInsideWindow("alice")] };
  const lateEvery = (nth: number): Misbehaviour => {
    let left = 0;
    return {
      tell: (event, { client }, { say }) => {
        const leaves = event === "leave" && client?.startsWith("alice") === true;
        if (leaves) left += 1;
        setTimeout(() => say({ event, clientData: client }), leaves && left % nth === 0 ? 1_300 : 0);
      },
    };
  };

  test("and fails, with how often it did", async () => {
    const { finished } = await against(lateEvery(1), oneTimed(checks));
    for (const { record, attempts } of finished) {
      expect(attempts).toHaveLength(3);
      // The first attempt ran beside up to ten cases, and one that the harness itself delayed so much does not count either.
      const counted = attempts.slice(1).filter((attempt) => !wasLate(attempt)).length;
      if (counted === 0) continue;
      const [heard, inTime] = record.verdicts;
      expect(heard).toMatchObject({ kind: "pass", failedAttempts: 0 });
      expect(inTime?.kind).toBe("fail");
      expect(inTime?.failedAttempts).toBe(inTime?.attempts);
      expect(inTime?.attempts).toBeGreaterThanOrEqual(counted);
    }
  });

  test("also when it failed but once", async () => {
    const { finished } = await against(lateEvery(2), [...oneTimed(checks), ...leaving("also", { checks })]);
    const late = finished.filter(({ record }) => record.verdicts.some(({ kind }) => kind === "fail"));
    const isCalm = finished.every(({ attempts }) => attempts.every((attempt) => !wasLate(attempt)));
    if (isCalm) expect(late).not.toEqual([]);
    for (const { record, attempts } of late) {
      expect(attempts).toHaveLength(3);
      const [heard, inTime] = record.verdicts;
      expect(heard).toMatchObject({ kind: "pass", failedAttempts: 0 });
      expect(inTime?.kind).toBe("fail");
      expect(inTime?.failedAttempts).toBeLessThan(3);
    }
  });
});

test(
  "where all leaves come late, also those of sentinels, times alone are wrong",
  { timeout: 60_000 },
  async () => {
    const lateMs = 3_000;
    const tell: Misbehaviour["tell"] = (event, { client }, { say }) =>
      setTimeout(() => say({ event, clientData: client }), event === "leave" ? lateMs : 0);
    const unidentified = leaving("unidentified", {
      async run(stage) {
        await stage.observers.join();
        const alice = await stage.connect("alice");
        await stage.inject(disconnect(alice));
        await stage.settle();
      },
      checks: { S: [noFalseLeave()] },
    });
    const { finished } = await against({ tell }, [...leaving("left"), ...unidentified]);
    const failed = finished.flatMap(({ record }) =>
      record.verdicts.flatMap(({ kind, check }) => (kind === "pass" ? [] : [`${record.id} ${check}`])),
    );
    expect(failed).toEqual([]);
  },
);

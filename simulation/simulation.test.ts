import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
  CoreConfig,
  Effect,
  Input,
  Policy,
  Session,
  Step,
} from "../reference-server/flow/core/model.ts";
import { commandCodes } from "./command.ts";
import { simulate } from "./simulate.ts";
import { referenceCore } from "./world.ts";
import type { Core } from "./world.ts";

const policies = ["session", "person"] as const;

describe("the core against the model", () => {
  it.each(policies)("agrees in 5,000 random histories of 20 events and more, policy %s", (policy) => {
    let events = 0;
    const property = fc.property(commandCodes, (codes) => {
      events += simulate(codes, policy);
    });
    fc.assert(property, { numRuns: 5000 });
    expect(events / 5000).toBeGreaterThanOrEqual(20);
  });

  it("meets every cause, and every kind of news", () => {
    const seen = new Map<string, number>();
    const note = (word: string) => seen.set(word, (seen.get(word) ?? 0) + 1);
    const core = rewriting((effect) => {
      if (effect.kind === "publish")
        note("cause" in effect.event ? `ended by ${effect.event.cause}` : effect.event.name);
      if (effect.kind === "announce")
        note("cause" in effect.notice ? `leave ${effect.notice.cause}` : "join");
      if (effect.kind !== "publish" && effect.kind !== "announce") note(effect.kind);
      return [effect];
    });
    fc.assert(
      fc.property(
        commandCodes,
        fc.constantFrom(...policies),
        (codes, policy) => void simulate(codes, policy, core),
      ),
      { numRuns: 1000 },
    );
    for (const word of [
      ...["disconnect", "closed", "lost", "silence", "error"].flatMap((cause) => [
        `ended by ${cause}`,
        `leave ${cause}`,
      ]),
      ...[
        "leave renamed",
        "join",
        "store-failed",
        "identify-refused",
        "session-unsubscribe",
        "read-roster",
        "heartbeat",
      ],
    ]) {
      expect([word, seen.get(word) ?? 0]).toEqual([word, expect.toSatisfy((count: number) => count >= 20)]);
    }
  });
});

type Rewrite = (effect: Effect, before: Session, input: Input) => readonly Effect[];

/** Returns a core with rewritten effects. */
function rewriting(rewrite: Rewrite): Core {
  return changed(([after, effects], before, input) => [
    after,
    effects.flatMap((effect) => rewrite(effect, before, input)),
  ]);
}

/** Returns a core with changed steps. */
function changed(change: (step: Step, before: Session, input: Input) => Step): Core {
  return {
    ...referenceCore,
    step: (session, input, nowMs, config) =>
      change(referenceCore.step(session, input, nowMs, config), session, input),
  };
}

/** Returns a core with wrong settings. */
function configured(settings: Partial<CoreConfig>): Core {
  return {
    step: (session, input, nowMs, config) =>
      referenceCore.step(session, input, nowMs, { ...config, ...settings }),
    deadlineMs: (session, config) => referenceCore.deadlineMs(session, { ...config, ...settings }),
  };
}

const isLeave = (effect: Effect) => effect.kind === "announce" && effect.notice.event === "leave";
const without = (is: (effect: Effect, before: Session, input: Input) => boolean) =>
  rewriting((effect, before, input) => (is(effect, before, input) ? [] : [effect]));
const isSent = (effect: Effect, command: string) =>
  effect.kind === "send" && effect.frame.command === command;

const defects: readonly (readonly [string, Policy, Core])[] = [
  ["tells leaves twice", "session", rewriting((effect) => (isLeave(effect) ? [effect, effect] : [effect]))],
  ["hears of no loss", "session", without((effect, { cause }) => isLeave(effect) && cause === "lost")],
  ["tells no joins", "session", without((effect) => effect.kind === "announce" && !isLeave(effect))],
  ["tells a leave before the mapping is gone", "session", earlyLeave()],
  [
    "leaves mappings of overtaken identifies",
    "session",
    without(({ kind }, _, input) => kind === "remove" && input.kind === "stored"),
  ],
  ["takes identifies after the end", "session", undead()],
  ["tells a client of itself", "session", selfTelling()],
  ["confirms nothing", "session", without((effect) => isSent(effect, "RECEIPT"))],
  ["ends without ERROR", "session", without((effect) => isSent(effect, "ERROR"))],
  ["sends no heartbeats", "session", without(({ kind }) => kind === "heartbeat")],
  ["is impatient", "session", configured({ silenceFactor: 1.5 })],
  ["is too patient", "session", configured({ silenceFactor: 2.01 })],
  ["waits too long for CONNECT", "session", configured({ connectTimeoutMs: 301 })],
  ["lets frames take too long", "session", configured({ frameTimeoutMs: 121 })],
  ["takes persons for sessions", "person", configured({ policy: "session" })],
  ["takes sessions for persons", "session", configured({ policy: "person" })],
  [
    "says nothing of a new name",
    "person",
    without((effect) => isLeave(effect) && JSON.stringify(effect).includes("renamed")),
  ],
];

/** Returns a core that announces the leave at the session's end, before the mapping is removed. */
function earlyLeave(): Core {
  return rewriting((effect, { ref, mapping }) => {
    if (isLeave(effect)) return [];
    if (effect.kind !== "remove" || mapping === null) return [effect];
    return [
      { kind: "announce", notice: { event: "leave", ref, clientData: mapping.clientData, cause: "lost" } },
      effect,
    ];
  });
}

/** Returns a core that accepts identifies after a session's end. */
function undead(): Core {
  return {
    ...referenceCore,
    step(session, input, nowMs, config) {
      const isLate = session.phase === "ended" && input.kind === "frame" && input.frame.command === "SEND";
      if (!isLate) return referenceCore.step(session, input, nowMs, config);
      const [after, effects] = referenceCore.step({ ...session, phase: "connected" }, input, nowMs, config);
      return [{ ...after, phase: "ended" }, effects];
    },
  };
}

function selfTelling(): Core {
  return {
    ...referenceCore,
    step: (session, input, nowMs, config) =>
      referenceCore.step(
        session,
        input.kind === "deliver" ? { ...input, from: "nobody" } : input,
        nowMs,
        config,
      ),
  };
}

describe("the model catches a core that", () => {
  it.each(defects)("%s", (_, policy, core) => {
    const property = fc.property(commandCodes, (codes) => void simulate(codes, policy, core));
    expect(fc.check(property, { numRuns: 3000, endOnFailure: true }).failed).toBe(true);
  });

  it("and tells the history in words", () => {
    const property = fc.property(commandCodes, (codes) => void simulate(codes, "session", defects[0]?.[2]));
    const { errorInstance } = fc.check(property, { numRuns: 3000, endOnFailure: true });
    expect(String(errorInstance)).toMatch(
      /must receive[^]*and received[^]*in the history\n {2}after \d+ ms, client \d: /,
    );
  });
});

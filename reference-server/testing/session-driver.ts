import { deadlineMs } from "../flow/core/deadlines.ts";
import type { SessionEvent } from "../flow/core/events.ts";
import type { CoreConfig, Effect, Input, Session } from "../flow/core/model.ts";
import type { Notice } from "../flow/core/notice.ts";
import { openSession, step } from "../flow/core/session.ts";
import type { RemovedMapping } from "../flow/store/mapping-store.ts";
import { frame } from "../stomp/frame.ts";
import type { Frame } from "../stomp/frame.ts";

export const testConfig: CoreConfig = {
  policy: "session",
  heartbeats: { fromClientMs: 100, toClientMs: 200 },
  silenceFactor: 3,
  connectTimeoutMs: 1000,
  frameTimeoutMs: 500,
  lingerMs: 50,
  maxSubscriptions: 3,
  refOfPerson: (person) => `ref of ${person}`,
};

/** Drives one session of the pure core in a test. */
export class SessionDriver {
  session: Session;
  readonly config: CoreConfig;
  nowMs = 0;

  constructor(config: Partial<CoreConfig> = {}) {
    this.config = { ...testConfig, ...config };
    this.session = openSession("id", "ref", 0);
  }

  /** Returns the effects of one input at the current time. */
  give(input: Input): readonly Effect[] {
    const [session, effects] = step(this.session, input, this.nowMs, this.config);
    this.session = session;
    return effects;
  }

  frame(command: string, headers: Readonly<Record<string, string>> = {}, body = ""): readonly Effect[] {
    return this.give({ kind: "frame", frame: frame(command, headers, body) });
  }

  connect(headers: Readonly<Record<string, string>> = { "accept-version": "1.2" }): readonly Effect[] {
    return this.frame("CONNECT", headers);
  }

  identify(clientData: string, headers: Readonly<Record<string, string>> = {}): readonly Effect[] {
    return this.frame("SEND", { destination: "/ws", ...headers }, JSON.stringify({ clientData }));
  }

  /** Answers the first `put`. */
  stored(previous: RemovedMapping | null = null, sessions = 1): readonly Effect[] {
    return this.give({ kind: "stored", result: { previous, sessions } });
  }

  /** Sets the time. The test itself gives the `deadline` inputs that fall due. */
  at(nowMs: number): this {
    this.nowMs = nowMs;
    return this;
  }

  get deadlineMs(): number {
    return deadlineMs(this.session, this.config);
  }
}

export function framesIn(effects: readonly Effect[]): Frame[] {
  return effects.flatMap((effect) => (effect.kind === "send" ? [effect.frame] : []));
}

export function eventsIn(effects: readonly Effect[]): SessionEvent[] {
  return effects.flatMap((effect) => (effect.kind === "publish" ? [effect.event] : []));
}

export function noticesIn(effects: readonly Effect[]): Notice[] {
  return effects.flatMap((effect) => (effect.kind === "announce" ? [effect.notice] : []));
}

export function kindsIn(effects: readonly Effect[]): Effect["kind"][] {
  return effects.map(({ kind }) => kind);
}

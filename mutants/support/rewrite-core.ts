import type { Heartbeats } from "../../reference-server/flow/core/heartbeats.ts";
import { withChanges } from "../../reference-server/flow/core/model.ts";
import type { CoreConfig, Effect, Input, Session } from "../../reference-server/flow/core/model.ts";
import type { Notice } from "../../reference-server/flow/core/notice.ts";
import type { ServerComponents } from "../../reference-server/components.ts";
import type { MappingStore } from "../../reference-server/flow/store/mapping-store.ts";
import type { Frame } from "../../reference-server/stomp/frame.ts";

type Announce = Extract<Effect, { kind: "announce" }>;
export type LeaveNotice = Extract<Notice, { event: "leave" }>;

export function isLeave(effect: Effect): effect is Announce & { readonly notice: LeaveNotice } {
  return effect.kind === "announce" && effect.notice.event === "leave";
}

/** Input that caused an effect, with the session before and after. */
interface EffectOrigin {
  readonly input: Input;
  readonly before: Session;
  readonly after: Session;
}

/** Replaces each effect of the core by `rewrite(effect)`. */
export function rewriteEffects(
  original: ServerComponents,
  rewrite: (effect: Effect, origin: EffectOrigin) => readonly Effect[],
): Partial<ServerComponents> {
  return {
    step(before, input, ...given) {
      const [after, effects] = original.step(before, input, ...given);
      return [after, effects.flatMap((effect) => rewrite(effect, { input, before, after }))];
    },
  };
}

/** Replaces each inbound frame by `rewrite(frame)`; undefined drops the frame. */
export function rewriteFrames(
  original: ServerComponents,
  rewrite: (frame: Frame, session: Session) => Frame | undefined,
): Partial<ServerComponents> {
  return {
    step(session, input, ...given) {
      if (input.kind !== "frame") return original.step(session, input, ...given);
      const frame = rewrite(input.frame, session);
      return frame === undefined ? [session, []] : original.step(session, { ...input, frame }, ...given);
    },
  };
}

/** Returns the frame with one header set. */
export function withHeader(frame: Frame, name: string, value: string): Frame {
  return { ...frame, headers: new Map([...frame.headers, [name, value]]) };
}

/** Changes the settings of the core. */
export function reconfigure(
  original: ServerComponents,
  change: (config: CoreConfig) => Partial<CoreConfig>,
): Partial<ServerComponents> {
  const changedConfig = (config: CoreConfig): CoreConfig => ({ ...config, ...change(config) });
  return {
    step: (session, input, nowMs, config) => original.step(session, input, nowMs, changedConfig(config)),
    deadlineMs: (session, config) => original.deadlineMs(session, changedConfig(config)),
  };
}

/** Intervals in a client's heart-beat header; 0 means none. `says` is false if the header is missing. */
interface HeartbeatRequest {
  readonly says: boolean;
  readonly sendsMs: number;
  readonly wantsMs: number;
}

/** Changes the negotiated heartbeats. A direction that `agree` omits stays as STOMP requires. */
export function renegotiate(
  original: ServerComponents,
  agree: (asked: HeartbeatRequest, offered: Heartbeats) => Partial<Heartbeats>,
): Partial<ServerComponents> {
  return {
    step(session, input, nowMs, config) {
      const [next, effects] = original.step(session, input, nowMs, config);
      const hasConnected = session.phase === "opened" && next.phase === "connected";
      if (!hasConnected || input.kind !== "frame") return [next, effects];
      const header = input.frame.headers.get("heart-beat");
      const [sendsMs = 0, wantsMs = 0] = (header ?? "0,0").split(",").map(Number);
      const asked = { says: header !== undefined, sendsMs, wantsMs };
      const heartbeats = { ...next.heartbeats, ...agree(asked, config.heartbeats) };
      return [withChanges(next, { heartbeats }), effects];
    },
  };
}

/** Overrides some operations of the store. */
export function rewriteStore(
  original: ServerComponents,
  rewrite: (store: MappingStore) => Partial<MappingStore>,
): Partial<ServerComponents> {
  return {
    openStore(path) {
      const store = original.openStore(path);
      return { ...store, ...rewrite(store) };
    },
  };
}

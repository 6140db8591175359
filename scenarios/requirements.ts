import type { Requirement } from "../harness/judge/requirement.ts";
import { cleanUp } from "./requirements/clean-up.ts";
import { connect } from "./requirements/connect.ts";
import { exactlyOnce } from "./requirements/exactly-once.ts";
import { heartbeats } from "./requirements/heartbeats.ts";
import { identify } from "./requirements/identify.ts";
import { input } from "./requirements/input.ts";
import { leave } from "./requirements/leave.ts";
import { nodes } from "./requirements/nodes.ts";
import { security } from "./requirements/security.ts";
import { sessionId } from "./requirements/session-id.ts";
import { telling } from "./requirements/telling.ts";
import type { Subject } from "./requirements/subject.ts";

/** Requirements by subject, in reading order. */
export const subjects: readonly Subject[] = [
  connect,
  identify,
  leave,
  exactlyOnce,
  telling,
  heartbeats,
  input,
  security,
  sessionId,
  cleanUp,
  nodes,
];

const all: Requirement[] = subjects.flatMap(({ requirements: own }) => own);
const builtIn = all.length;

/** Every requirement: hangup's own, then those of the user's config. Ids encode no order and are never reused; a test pins them. */
export const requirements: readonly Requirement[] = all;

/** Replaces the requirements of the user's config. */
export function setOwnRequirements(own: readonly Requirement[]): void {
  all.splice(builtIn, all.length, ...own);
}

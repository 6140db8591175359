import { createHash } from "node:crypto";
import type { CaseRecord } from "../../harness/judge/record.ts";

const longest = 200;

/**
 * Returns the element id of a case. It is the case's own id, so that `report.html#leave/fin` works. Escapes
 * characters that ids or addresses can't hold. All other anchors contain a colon.
 */
export function caseAnchor({ id }: Pick<CaseRecord, "id">): string {
  return escaped(id);
}

export function requirementAnchor(id: string): string {
  return `requirement:${escaped(id)}`;
}

/** Returns the element id of a group of failures, by its number. */
export const findingAnchor = (number: number): string => `finding:${number}`;

/** Returns the element id of a case's timeline. */
export function timelineAnchor(run: Pick<CaseRecord, "id">): string {
  return `timeline:${escaped(run.id)}`;
}

function escaped(id: string): string {
  const safe = id
    .slice(0, longest)
    .replace(/[^\w./=,[\]-]/g, (unit) => `~${unit.charCodeAt(0).toString(16)}~`);
  return id.length <= longest ? safe : `${safe}~${createHash("sha256").update(id).digest("hex").slice(0, 8)}`;
}

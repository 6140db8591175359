import { createHash } from "node:crypto";
import type { CaseRecord } from "../../harness/judge/record.ts";

const longest = 200;

/**
 * The element id of a case: its own id, so that `report.html#leave/fin` leads there. What an element id or an
 * address can't hold is escaped. No case's anchor has a colon: those with one belong to sections and requirements.
 */
export function caseAnchor({ id }: Pick<CaseRecord, "id">): string {
  return escaped(id);
}

export function requirementAnchor(id: string): string {
  return `requirement:${escaped(id)}`;
}

/** Where a case's timeline is, of a case that has one. */
export function timelineAnchor(run: Pick<CaseRecord, "id">): string {
  return `timeline:${escaped(run.id)}`;
}

function escaped(id: string): string {
  const safe = id
    .slice(0, longest)
    .replace(/[^\w./=,[\]-]/g, (unit) => `~${unit.charCodeAt(0).toString(16)}~`);
  return id.length <= longest ? safe : `${safe}~${createHash("sha256").update(id).digest("hex").slice(0, 8)}`;
}

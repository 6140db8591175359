import { requirementAnchor } from "../html/anchor.ts";
import type { ComparedTarget } from "./target.ts";

export const targetAnchor = ({ place }: Pick<ComparedTarget, "place">): string => `target:${place}`;

/** Returns the element id of a target's evidence for a requirement. */
export const evidenceAnchor = (target: Pick<ComparedTarget, "place">, requirement: string): string =>
  `${targetAnchor(target)}:${requirementAnchor(requirement)}`;

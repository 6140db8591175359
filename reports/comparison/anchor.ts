import { requirementAnchor } from "../html/anchor.ts";
import type { ComparedTarget } from "./target.ts";

export const targetAnchor = ({ place }: Pick<ComparedTarget, "place">): string => `target:${place}`;

/** The element id of what one target did about one requirement. */
export const evidenceAnchor = (target: Pick<ComparedTarget, "place">, requirement: string): string =>
  `${targetAnchor(target)}:${requirementAnchor(requirement)}`;

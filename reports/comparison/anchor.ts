import { requirementAnchor } from "../html/anchor.ts";
import type { Target } from "./target.ts";

export const targetAnchor = ({ place }: Pick<Target, "place">): string => `target:${place}`;

/** The element id of what one target did about one requirement. */
export const evidenceAnchor = (target: Pick<Target, "place">, requirement: string): string =>
  `${targetAnchor(target)}:${requirementAnchor(requirement)}`;

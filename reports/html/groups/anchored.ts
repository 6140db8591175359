import type { CaseRecord } from "../../../harness/judge/record.ts";
import type { AdvisedGroup } from "../../groups/advised-groups.ts";
import type { OpenGroup } from "../../groups/open-groups.ts";

/** Group that holds the element with a case's id: the one that draws the case, else the first that lists it. */
export type AnchorHolders = ReadonlyMap<CaseRecord, AdvisedGroup["group"] | OpenGroup>;

/** Returns the holders of the ids of all cases that some group lists. The table of all cases holds the others. */
export function anchorHolders(groups: readonly AdvisedGroup[], open: readonly OpenGroup[]): AnchorHolders {
  const holders = new Map<CaseRecord, AdvisedGroup["group"] | OpenGroup>();
  const hold = (run: CaseRecord, group: AdvisedGroup["group"] | OpenGroup) => {
    if (!holders.has(run)) holders.set(run, group);
  };
  for (const { group } of groups) hold(group.findings[0].run, group);
  for (const { group } of groups) for (const run of group.cases) hold(run, group);
  for (const group of open) for (const run of group.cases) hold(run, group);
  return holders;
}

import type { Case } from "../../scenario/scenario.ts";

/** Means to search for the case that kills the target. */
export interface KillerSearch {
  /** Starts the target anew and runs the cases side by side. Returns true if the target dies. */
  readonly kills: (group: readonly Case[]) => Promise<boolean>;
  /** False when the search has taken all its time. */
  readonly mayGoOn: () => boolean;
}

/**
 * Searches for the smallest group of suspects that kills the target each time. Halves the group while one half alone kills.
 * The group that is found has killed the target at least twice.
 * @returns one case; several that kill it only together, or that the time did not suffice to divide; none if it did not die
 *   again each time
 */
export async function findKillers(
  suspects: readonly Case[],
  { kills, mayGoOn }: KillerSearch,
): Promise<readonly Case[]> {
  if (suspects.length === 0 || !(await kills(suspects))) return [];
  let group = suspects;
  while (group.length > 1 && mayGoOn()) {
    const middle = Math.ceil(group.length / 2);
    const halves = [group.slice(0, middle), group.slice(middle)];
    const half = await firstKilling(halves, kills);
    if (half === undefined) break;
    group = half;
  }
  return (await kills(group)) ? group : [];
}

async function firstKilling(
  groups: readonly (readonly Case[])[],
  kills: KillerSearch["kills"],
): Promise<readonly Case[] | undefined> {
  for (const group of groups) if (await kills(group)) return group;
  return undefined;
}

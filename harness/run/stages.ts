import type { Case } from "../scenario/scenario.ts";

/**
 * Returns the cases in stages. Cases with a fixed wait are the first, so that others run meanwhile. Each stage begins when the one before has ended: cases whose text may make the target break frames of all clients, and
 * cases that need quiet, would disturb the others or be disturbed. Each case that needs silence is a stage of its own.
 * @param hasQuietInstance cases that need quiet have an instance of the target for themselves
 */
export function inStages(cases: readonly Case[], hasQuietInstance: boolean): Case[][] {
  const isSilent = ({ scenario }: Case) => scenario.needsSilence === true;
  const comesLast = (one: Case) => isSilent(one) || (one.scenario.needsQuiet === true && !hasQuietInstance);
  const mayBreakFrames = ({ scenario }: Case) => scenario.mayBreakFrames === true;
  const waits = ({ scenario }: Case) => Number(scenario.fixedWaitMs !== undefined);
  return [
    cases
      .filter((one) => !comesLast(one) && !mayBreakFrames(one))
      .sort((one, other) => waits(other) - waits(one)),
    cases.filter((one) => !comesLast(one) && mayBreakFrames(one)),
    cases.filter((one) => comesLast(one) && !isSilent(one)),
    ...cases.filter(isSilent).map((one) => [one]),
  ];
}

import { mutantAnchor, requirementAnchor } from "../html/anchor.ts";
import { checkKind, type Column, type MutantResult } from "./record.ts";

/** The element id of what one check found of one mutant. */
export const cellAnchor = ({ name }: Pick<MutantResult, "name">, { requirement, check }: Column): string =>
  `${mutantAnchor(name)}:${requirementAnchor(`${requirement} ${checkKind(check)}`)}`;

import { announcesLeaveTwice } from "./announces-leave-twice.ts";
import { believesBodySessionId } from "./believes-body-session-id.ts";
import { ghostComesBack } from "./ghost-comes-back.ts";
import { hearsOnlyDisconnectFrame } from "./hears-only-disconnect-frame.ts";
import type { Mutant } from "./mutant.ts";

export const mutants: readonly Mutant[] = [
  hearsOnlyDisconnectFrame,
  announcesLeaveTwice,
  believesBodySessionId,
  ghostComesBack,
];

import type { Profile } from "../profile/profile.ts";

/** Need for a part of the profile about credentials. Its name is the profile's key. */
export type CredentialNeed = "refused" | "expires" | "logout";

const reasons: Readonly<Record<CredentialNeed, string>> = {
  refused: "the profile declares no credentials that the target refuses (`refused`)",
  expires: "the profile declares no credentials that expire (`expires`)",
  logout: "the profile describes no request that logs a client out (`logout`)",
};

/** Returns the reason why the profile does not meet the need; undefined if it does. */
export const whyNoCredentials = (need: CredentialNeed, profile: Profile): string | undefined =>
  profile[need] === undefined ? reasons[need] : undefined;

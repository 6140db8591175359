/**
 * Scenarios whose first case every mutant runs, with the reason. They reveal failures that the mutant does not
 * declare.
 */
export const smoke: Readonly<Record<string, string>> = {
  "leave/disconnect-with-receipt": "the goodbye, and the receipt for it",
  "leave/fin": "an end without any goodbye",
  "leave/polling-stops": "a session over HTTP, with ids and heartbeats of another kind",
  "silence/blackhole": "heartbeats, both ways, and an end that only they show",
  "presence/quiet": "somebody who says nothing and must not be given up",
  "identify/twice": "who a session is, where it says so more than once",
  "identify/never": "a session that nobody knows",
  "presence/two-sessions-of-one-person": "sessions that are alike, of which one goes",
};

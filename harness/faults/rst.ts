import type { MakeFault } from "./fault.ts";

/** The connection is reset, as by a firewall or a machine that lost its memory of it. */
export const rst: MakeFault = (actor) => ({
  name: "rst",
  actor,
  ends: "visibly",
  apply: async () => {
    const effectAtMs = actor.nowMs;
    const ended = await actor.proxy.reset();
    return ended === 0
      ? undefined
      : { words: `${ended} open connection(s) were reset towards the target`, effectAtMs };
  },
});

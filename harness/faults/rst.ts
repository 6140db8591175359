import type { MakeFault } from "./fault.ts";

/** The connection is reset, as by a crashed machine's successor or a firewall. */
export const rst: MakeFault = (actor) => ({
  name: "rst",
  actor,
  ends: "visibly",
  apply: async () => {
    const ended = await actor.proxy.reset();
    return ended === 0 ? undefined : `${ended} open connection(s) were reset towards the target`;
  },
});

import { close, defineScenario, disconnect, fin, mappingGoneAtNotice, rst } from "../../harness/index.ts";

const endings = { disconnect, close, fin, rst };

/** Needs its own target, since the probe counts other cases' mappings, too. */
export default defineScenario({
  title: "The session's mapping is removed before the leave notice is sent",
  needs: ["own-target", "probe", "websocket"],
  async run(stage) {
    const bob = await stage.connect("bob");
    await bob.subscribe();
    for (const [name, end] of Object.entries(endings)) {
      await stage.probe();
      const leaver = await stage.join(name, { subscribes: false });
      await stage.probe();
      await Promise.all([stage.probeAtLeave(leaver), stage.inject(end(leaver))]);
    }
  },
  checks: { "MAPPING-GONE-AT-NOTICE": Object.keys(endings).map(mappingGoneAtNotice) },
});

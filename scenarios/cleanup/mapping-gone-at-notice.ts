import { close, defineScenario, disconnect, fin, mappingGoneAtNotice, rst } from "../../harness/index.ts";

const endings = { disconnect, close, fin, rst };

/** Scenario with its own target, because the probe also counts the mappings of other cases. */
export default defineScenario({
  title: "The session's mapping is removed before the leave notice is sent",
  needs: ["own-target", "probe", "websocket"],
  async run(stage) {
    const bob = await stage.connect("bob");
    await bob.subscribe();
    for (const [name, end] of Object.entries(endings)) {
      await stage.target.probe();
      const leaver = await stage.join(name, { subscribes: false });
      await stage.target.probe();
      await Promise.all([stage.target.probeAtLeave(leaver), stage.inject(end(leaver))]);
    }
  },
  checks: { "MAPPING-GONE-AT-NOTICE": Object.keys(endings).map(mappingGoneAtNotice) },
});

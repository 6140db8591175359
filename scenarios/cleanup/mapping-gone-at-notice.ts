import { close, defineScenario, disconnect, fin, mappingGoneAtNotice, rst } from "../../harness/index.ts";

const endings = { disconnect, close, fin, rst };

/** Whatever others have stored would be counted, too: the case needs the target for itself. */
export default defineScenario({
  title: "When a leave is told, the mapping of that session is gone",
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

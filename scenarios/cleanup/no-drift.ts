import {
  close,
  defineScenario,
  disconnect,
  fin,
  noDrift,
  othersStayConnected,
  rst,
} from "../../harness/index.ts";

const endings = [disconnect, close, fin, rst];

/**
 * Number of rounds for a duration of about three seconds. Clients of a round run in parallel, so that ends and beginnings
 * overlap.
 */
const rounds = 20;
const sideBySide = 8;

export default defineScenario({
  title: "The target stores no more after many sessions than before them",
  needs: ["own-target", "probe", "websocket"],
  async run(stage) {
    const bob = await stage.connect("bob");
    await bob.subscribe();
    await stage.target.probe();
    await stage.join("carol", { subscribes: false });
    await stage.target.probe();
    for (let round = 0; round < rounds; round += 1) {
      const passing = Array.from({ length: sideBySide }, (_, place) =>
        stage.crowd.passBy(`passer-${round}-${place}`, endings[place % endings.length] ?? disconnect),
      );
      await Promise.all(passing);
    }
    await stage.settling.waitOut();
    await stage.target.probe();
  },
  checks: { "NO-DRIFT": [noDrift()], "OTHERS-STAY-CONNECTED": [othersStayConnected()] },
});

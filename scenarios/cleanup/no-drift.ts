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

/** So many pass by in about three seconds; side by side, so that their ends meet others' beginnings. */
const rounds = 20;
const sideBySide = 8;

export default defineScenario({
  title: "After many sessions have come and gone, the target stores as much as before",
  needs: ["own-target", "probe", "websocket"],
  async run(stage) {
    const bob = await stage.connect("bob");
    await bob.subscribe();
    await stage.probe();
    await stage.join("carol", { subscribes: false });
    await stage.probe();
    for (let round = 0; round < rounds; round += 1) {
      const passing = Array.from({ length: sideBySide }, (_, place) =>
        stage.passBy(`passer-${round}-${place}`, endings[place % endings.length] ?? disconnect),
      );
      await Promise.all(passing);
    }
    await stage.waitOut();
    await stage.probe();
  },
  checks: { "NO-DRIFT": [noDrift()], "OTHERS-STAY-CONNECTED": [othersStayConnected()] },
});

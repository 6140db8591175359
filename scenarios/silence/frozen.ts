import { asSilentDrop, defineScenario, stop } from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";
import { drop, dropChecks } from "../silent-drop.ts";

export default defineScenario({
  title: "A client that freezes while its connection stays open is reported gone",
  axes: { transport: transports },
  needs: (axes) => [...onTransport(axes), "signals"],
  waitsLong: true,
  run: (stage) => drop(stage, "process", (alice) => asSilentDrop(stop(alice), "frozen")),
  checks: dropChecks,
});

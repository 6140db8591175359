import { asSilentDrop, blackhole, defineScenario, packetLoss } from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";
import { drop, dropChecks } from "../silent-drop.ts";

/** Ways to lose a network without a packet. A proxy acknowledges packets for an unreachable client. */
const networks = ["packets-lost", "behind-proxy"] as const;

export default defineScenario({
  title: "A client that drops off the network without a packet is reported gone",
  axes: { network: networks, transport: transports },
  needs: (axes) => [
    ...onTransport(axes),
    ...(axes["network"] === "packets-lost" ? (["packet-loss"] as const) : []),
  ],
  waitsLong: true,
  run: (stage) =>
    drop(stage, "raw", (alice) =>
      stage.axes["network"] === "packets-lost"
        ? asSilentDrop(packetLoss(alice), "packets-lost")
        : asSilentDrop(blackhole(alice), "behind-proxy"),
    ),
  checks: dropChecks,
});

import {
  defineScenario,
  disconnect,
  fin,
  heardByAll,
  leftInsideWindow,
  othersStayConnected,
} from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

export default defineScenario({
  title: "A subscriber whose subscription was just confirmed receives the next leave",
  axes: { transport: transports },
  needs: (axes) => ["leave-notices", ...onTransport(axes)],
  races: true,
  async run(stage) {
    const { transport } = stage.axes;
    await stage.join("carol");
    const [alice, bob] = [await stage.join("alice"), await stage.join("bob")];
    const dave = await stage.connect("dave", { transport });
    await dave.subscribe();
    await Promise.all([stage.inject(fin(alice)), stage.inject(disconnect(bob))]);
    await stage.settle();
  },
  checks: {
    "CONFIRMED-SUBSCRIBER-HEARS": [heardByAll("alice"), heardByAll("bob")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice"), leftInsideWindow("bob")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});

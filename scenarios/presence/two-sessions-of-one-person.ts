import {
  defineScenario,
  disconnect,
  heardByAll,
  leftInsideWindow,
  noFalseLeave,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  title: "Two sessions of one person that end one after the other are announced by the declared policy",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const desk = await stage.join("desk", { as: "alice" });
    const phone = await stage.join("phone", { as: "alice" });
    await stage.inject(disconnect(desk));
    await stage.settle();
    await stage.inject(disconnect(phone));
    await stage.settle();
  },
  checks: {
    "SESSIONS-OF-ONE-PERSON": [heardByAll("desk"), heardByAll("phone"), noFalseLeave()],
    ...askedAlways,
    "LEAVE-IN-TIME": [leftInsideWindow("desk"), leftInsideWindow("phone")],
  },
});

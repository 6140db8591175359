import type { Actor } from "../../harness/stage/actor.ts";
import {
  close,
  defineScenario,
  disconnect,
  fin,
  heardByAll,
  leftInsideWindow,
  rst,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

const ends = [disconnect, close, fin, rst];
const leavers = ends.flatMap(({ name }) => [1, 2, 3].map((n) => `${name}-${n}`));

export default defineScenario({
  title: "Each of many clients that leave at the same moment is reported gone",
  races: true,
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const actors: Actor[] = [];
    for (const name of leavers) actors.push(await stage.join(name));
    await Promise.all(
      ends.flatMap((end) =>
        actors.filter(({ name }) => name.startsWith(`${end.name}-`)).map((actor) => stage.inject(end(actor))),
      ),
    );
    await stage.settle();
  },
  checks: {
    "ALL-AT-ONCE-ALL-TOLD": leavers.map(heardByAll),
    "LEAVE-IN-TIME": leavers.map(leftInsideWindow),
    ...askedAlways,
  },
});

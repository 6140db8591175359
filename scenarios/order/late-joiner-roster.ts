import {
  close,
  defineScenario,
  disconnect,
  fin,
  othersStayConnected,
  rosterWithout,
} from "../../harness/index.ts";

const ends = { disconnect, close, fin } as const;

export default defineScenario({
  title: "The roster that a late client reads lists those who stayed, and not the leaver",
  needs: ["roster"],
  axes: { end: Object.keys(ends) },
  async run(stage) {
    const { end } = stage.axes;
    const make = Object.entries(ends).find(([name]) => name === end)?.[1] ?? disconnect;
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice");
    await stage.inject(make(alice));
    await stage.settling.untilHeardOrOverdue();
    const late = await stage.connect("late");
    await late.readRoster();
    await stage.settle();
  },
  checks: {
    "ROSTER-WITHOUT-LEAVER": [rosterWithout("alice", "bob", "carol")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});

import { defineScenario, disconnect, framesSeen } from "../../harness/index.ts";

export default defineScenario({
  title: "An interceptor sees each frame of a session once, in order, with its headers",
  needs: ["frame-events"],
  async run(stage) {
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "raw", raw: { recordsFrames: true } });
    const [subscription = ""] = alice.raw.subscriptions;
    await alice.raw.stomp(`UNSUBSCRIBE\nid:${subscription}\n\n\0`);
    await stage.inject(disconnect(alice));
    await stage.settling.untilHeard();
    await stage.target.probe();
  },
  checks: { "INTERCEPTOR-SEES-FRAMES": [framesSeen("alice")] },
});

import { defineScenario, disconnect, framesSeen } from "../../harness/index.ts";

export default defineScenario({
  title: "An interceptor sees each frame of a session once, in order, with its headers",
  needs: ["frame-events"],
  async run(stage) {
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "speaker", speaker: { tellsFrames: true } });
    const [subscription = ""] = alice.speaker.subscriptions;
    await alice.speaker.stomp(`UNSUBSCRIBE\nid:${subscription}\n\n\0`);
    await stage.inject(disconnect(alice));
    await stage.untilHeard();
    await stage.probe();
  },
  checks: { "INTERCEPTOR-SEES-FRAMES": [framesSeen("alice")] },
});

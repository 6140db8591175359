import { connectEventCarries, defineScenario } from "../../harness/index.ts";

export default defineScenario({
  title: "The connect event carries the headers of CONNECT, and nothing that the client sends later",
  needs: ["connect-events", "identify-message"],
  async run(stage) {
    await stage.join("bob");
    const alice = await stage.connect("alice", { connectHeaders: { umbrella: "carried" } });
    await stage.identify(alice, "alice");
    await stage.target.probe();
  },
  checks: { "CONNECT-EVENT-CARRIES-HEADERS": [connectEventCarries("alice", "umbrella", "carried")] },
});

import { defineScenario } from "../../harness/index.ts";
import { interpret } from "./interpret.ts";
import { checks } from "./judge.ts";
import type { Plan } from "./plan.ts";

/** Default plan, with the best-known races. */
const usual: Plan = {
  clients: [
    { name: "alice", as: "alice", transport: "usual" },
    { name: "dave", as: "alice", transport: "usual" },
    { name: "erin", as: "erin", transport: "usual" },
  ],
  steps: [
    { who: "alice", does: "connect", waits: false },
    { who: "alice", does: "identify", waits: true },
    // Reload: the old session's end races with the new session's start.
    { who: "alice", does: "fin", waits: false },
    { who: "alice", does: "connect", waits: false },
    { who: "alice", does: "identify", waits: false },
    // Joins and leaves at once.
    { who: "erin", does: "connect", waits: false },
    { who: "erin", does: "identify", waits: false },
    { who: "erin", does: "close", waits: true },
    // Two sessions of one person end at the same time.
    { who: "dave", does: "connect", waits: false },
    { who: "dave", does: "identify", waits: true },
    { who: "alice", does: "disconnect", waits: false },
    { who: "dave", does: "rst", waits: false },
  ],
};

/** Property that holds for any history of a few clients. A run draws some histories. */
export default defineScenario({
  title: "In a random history of a few clients, each client that leaves is reported gone once",
  isProperty: true,
  needs: ["websocket", "named-notices"],
  run: (stage) => interpret(usual, stage),
  checks,
});

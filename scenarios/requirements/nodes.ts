import type { Subject } from "./subject.ts";

const oneInstance =
  "It needs a target of several nodes, and a profile that says how to start, kill and separate them. `start` knows one instance.";

export const nodes: Subject = {
  title: "Several servers that share a store",
  requirements: [
    {
      id: "NODE-KILLED-LEAVES-ONCE",
      level: "MUST",
      basis: "declared",
      text: "When a node is killed, the other nodes announce each of its sessions as gone, once, within the declared time.",
      citation: "The flow, “Leaving” (whatever the cause); the profile's deadlines",
      later: oneInstance,
    },
    {
      id: "PARTITION-HEALS-CLEAN",
      level: "MUST",
      basis: "flow",
      text: "A partition that heals causes no duplicate leave and no ghost.",
      citation: "The flow, “Where it goes wrong” (ghost)",
      later: oneInstance,
    },
    {
      id: "MOVED-SESSION-KEPT",
      level: "MUST",
      basis: "flow",
      text: "A late leave on one node does not erase the session that the client has begun on another node.",
      citation: "The flow, “Where it goes wrong” (reload)",
      later: oneInstance,
    },
  ],
};

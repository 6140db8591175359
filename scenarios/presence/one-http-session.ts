import { defineScenario } from "../../harness/index.ts";
import { checksOfHttpSession, inOneHttpSession } from "../sessions-of-one-http-session.ts";
import { endIn, endNames } from "../sessions-of-one-person.ts";

export default defineScenario({
  title: "Clients that share one HTTP session leave under their own names",
  axes: {
    // A client in a process of its own shares no cookie jar.
    end: endNames.filter((name) => name !== "killed"),
    order: ["older-first", "newer-first"],
  },
  needs: (axes) => ["named-notices", "shared-cookies", ...(endIn(axes).needs ?? [])],
  // A target that keeps one name for all clients would name a client of another case.
  needsQuiet: true,
  async run(stage) {
    const { fault, join: { heartbeats = false } = {} } = endIn(stage.axes);
    await inOneHttpSession(stage, {
      join: { by: "raw", heartbeats },
      fault,
      newerFirst: stage.axes["order"] === "newer-first",
    });
  },
  checks: (axes) => checksOfHttpSession(endIn(axes).requirement),
});

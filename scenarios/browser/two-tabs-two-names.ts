import { closeTab, defineScenario } from "../../harness/index.ts";
import { checksOfHttpSession, inOneHttpSession } from "../sessions-of-one-http-session.ts";

export default defineScenario({
  title: "Two tabs of one browser with different names leave under their own names",
  axes: { order: ["older-first", "newer-first"] },
  needs: ["named-notices", "shared-cookies", "browser"],
  run: (stage) =>
    inOneHttpSession(stage, {
      join: { by: "tab" },
      fault: closeTab,
      newerFirst: stage.axes["order"] === "newer-first",
    }),
  checks: checksOfHttpSession("LEAVE-ON-PAGE-GONE"),
});

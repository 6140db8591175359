import { close, defineScenario } from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";
import { checksOfHttpSession, inOneHttpSession } from "../sessions-of-one-http-session.ts";

export default defineScenario({
  title: "Clients that share one HTTP session on one transport leave under their own names",
  axes: { transport: transports },
  needs: (axes) => ["named-notices", "shared-cookies", ...onTransport(axes)],
  run: (stage) =>
    inOneHttpSession(stage, { join: { by: "raw", transport: stage.axes["transport"] }, fault: close }),
  checks: checksOfHttpSession("LEAVE-ON-CLOSE"),
});

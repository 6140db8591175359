import { connectedAtHighest, defineScenario } from "../../harness/index.ts";

/** `none` is a CONNECT without the header, as STOMP 1.0 clients send it. */
const offers = ["1.0", "none", "1.1", "1.2", "1.0,1.1", "1.1,1.2", "1.2,1.1,1.0"] as const;
const commands = ["CONNECT", "STOMP"] as const;

export default defineScenario({
  title: "A client is connected at the highest STOMP version that both sides support",
  axes: { offered: offers, command: commands },
  impossible: ({ offered, command }) =>
    command === "STOMP" && (offered === "1.0" || offered === "none")
      ? "STOMP is a name for CONNECT only since 1.1"
      : undefined,
  async run(stage) {
    const { offered, command } = stage.axes;
    const alice = await stage.connect("alice", { by: "raw", raw: { until: "opened" } });
    const headers = { "accept-version": offered === "none" ? undefined : offered };
    await alice.raw.stomp(
      alice.raw.connectFrame(
        headers,
        commands.find((one) => one === command),
      ),
    );
    await alice.until("an answer to CONNECT");
    await stage.settle();
  },
  checks: ({ offered = "none" }) => ({
    "CONNECT-HIGHEST-VERSION": [
      connectedAtHighest("alice", offered === "none" ? ["1.0"] : offered.split(",")),
    ],
  }),
});

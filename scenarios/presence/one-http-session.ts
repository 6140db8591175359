import { blackhole, close, defineScenario, disconnect, fin, rst } from "../../harness/index.ts";
import type { MakeFault } from "../../harness/stage/faults/fault.ts";
import type { Axes } from "../../harness/judge/judged-case.ts";
import type { Need } from "../../harness/scenario/scenario.ts";
import { checksOfHttpSession, inOneHttpSession } from "../sessions-of-one-http-session.ts";

interface End {
  readonly fault: MakeFault;
  readonly requirement: string;
  readonly heartbeats?: true;
  readonly needs?: readonly Need[];
}

const byDisconnect: End = { fault: disconnect, requirement: "LEAVE-ON-DISCONNECT" };

const ends: Readonly<Record<string, End>> = {
  disconnect: byDisconnect,
  close: { fault: close, requirement: "LEAVE-ON-CLOSE" },
  fin: { fault: fin, requirement: "LEAVE-ON-LOST-CONNECTION" },
  rst: { fault: rst, requirement: "LEAVE-ON-LOST-CONNECTION" },
  silence: {
    fault: blackhole,
    requirement: "LEAVE-ON-SILENCE",
    heartbeats: true,
    needs: ["heartbeats"],
  },
};

const endIn = ({ end = "" }: Axes): End => ends[end] ?? byDisconnect;

export default defineScenario({
  title: "Clients that share one HTTP session leave under their own names",
  axes: { end: Object.keys(ends), order: ["older-first", "newer-first"] },
  needs: (axes) => ["named-notices", "shared-cookies", ...(endIn(axes).needs ?? [])],
  // A target that keeps one name for all clients would name a client of another case.
  needsQuiet: true,
  async run(stage) {
    const { fault, heartbeats = false } = endIn(stage.axes);
    await inOneHttpSession(stage, {
      join: { by: "raw", heartbeats },
      fault,
      newerFirst: stage.axes["order"] === "newer-first",
    });
  },
  checks: (axes) => checksOfHttpSession(endIn(axes).requirement),
});

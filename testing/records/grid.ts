import type { AgainstBaseline, CaseRecord } from "../../harness/judge/record.ts";
import { phases } from "../../harness/history/phase.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, detectionsOf } from "./build.ts";
import { visibleEnd } from "./passing.ts";

const transports = ["websocket", "native", "xhr-streaming", "xhr-polling", "eventsource"] as const;

/** Cells of the grid without a pass. */
const exceptions: Readonly<Record<string, Verdict>> = {
  "leave/close websocket hearing": fail("bob hears that alice has left", "bob heard nothing", []),
  "leave/close native opened": inconclusive("nothing shows that close took effect on alice"),
  "leave/half-close eventsource identified": notApplicable("the target can't be half closed"),
};

function cell(scenario: string, transport: string, phase: string): CaseRecord {
  const verdict = exceptions[`${scenario} ${transport} ${phase}`] ?? pass([3]);
  return caseOf(
    `${scenario}[transport=${transport},phase=${phase}]`,
    "A client that leaves is reported gone",
    [checkOf("LEAVE-TRANSPORT-END", "heard-by-all(alice)", verdict)],
    {
      axes: { transport, phase },
      detections: verdict.kind === "pass" ? detectionsOf(scenario, visibleEnd, 1.4) : [],
    },
  );
}

/** Two endings on five transports in seven phases, without impossible cells, and one ending without phases. */
export const onGrid: readonly CaseRecord[] = [
  ...["leave/close", "leave/half-close"].flatMap((scenario) =>
    transports
      .filter((transport) => scenario !== "leave/close" || !transport.startsWith("xhr"))
      .flatMap((transport) => phases.map((phase) => cell(scenario, transport, phase))),
  ),
  ...[...transports, "jsonp-polling"].map((transport) =>
    caseOf(
      `leave/process-killed[transport=${transport}]`,
      "A client whose process is killed is reported gone",
      [checkOf("LEAVE-TRANSPORT-END", "heard-by-all(alice)", pass([3]))],
      { axes: { transport }, detections: detectionsOf("kill", visibleEnd, 9.7) },
    ),
  ),
];

export const someBaseline: AgainstBaseline = {
  file: "hangup.baseline.json",
  worse: [
    {
      case: "leave/rst[transport=xhr-streaming,phase=identified]",
      requirement: "LEAVE-TRANSPORT-END",
      why: "no entry of the baseline names this requirement in this case",
    },
  ],
  known: [
    {
      case: "leave/fin",
      requirement: "ONCE-PER-SESSION",
      reason: "The event comes twice; the listener is being rewritten.",
      owner: "presence team",
      expires: "2027-01-31",
    },
  ],
  obsolete: [
    {
      requirement: "STORE-CLEANED",
      cases: "store/*",
      kind: "passes",
      words: "store/mapping-gone passes; take the entry out",
    },
  ],
};

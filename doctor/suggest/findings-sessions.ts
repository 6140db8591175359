import { isOverHttp } from "../../harness/profile/transports.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import type { WholeSessions } from "../watch/whole-sessions.ts";
import { good, note, problem, type DoctorFinding } from "./finding.ts";

const subject = "whole sessions";

/** Returns the findings about whole sessions: the transports that carry one, and a problem for each other transport. */
export function sessionFindings(
  sessions: WholeSessions,
  given: Pick<ProfileInput, "transports">,
): DoctorFinding[] {
  const tried = Object.entries(sessions);
  const working = tried.filter(([, { works }]) => works).map(([name]) => name);
  const works =
    working.length === 0
      ? []
      : [good(subject, `connected, subscribed, received a message and ended on ${working.join(", ")}`)];
  const fails = tried.flatMap(([name, session]) =>
    session.works ? [] : [problem(subject, `${name}: ${session.why}`, mendOf(name, given))],
  );
  return [...works, ...fails];
}

/** Returns the finding for a target on which no whole session could be tried. */
export const untried = (why: string): DoctorFinding =>
  note(subject, `unknown: ${why}`, "the suggested transports are those that answered");

function mendOf(name: string, { transports = [] }: Pick<ProfileInput, "transports">): string {
  if (name === "native") return 'if pages do not use it, put "nativeWebSocket": false into the profile';
  const proxy = isOverHttp(name)
    ? ", and the proxies before it, which may hold responses back (nginx: `proxy_buffering off`)"
    : "";
  const isGiven = transports.some((one) => one === name);
  const now = isGiven ? `the given \`transports\` keep ${name}` : `the suggested profile leaves ${name} out`;
  return `${now}. If pages use it, look into the server${proxy}`;
}

import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { AdviceEntry, Link } from "./advice.ts";
import { circumstancesOf, type Circumstances } from "./circumstances.ts";
import { javaClasses } from "./java.generated.ts";
import { keyMembersOf } from "./key-members.ts";
import { limits } from "./limits.ts";
import { wrongLeaves } from "./presence.ts";
import { unnoticed } from "./unnoticed.ts";

/** Advice, in the order in which it is tried. The first that fits, and has words for the server, is given. */
export const adviceEntries: readonly AdviceEntry[] = [...unnoticed, ...wrongLeaves, ...limits];

/** Failures of one requirement that have one cause, as far as the report can tell. */
export interface Finding {
  /** Id of the requirement. */
  readonly requirement: string;
  /** Cases that failed it. Their timelines, latencies and transports choose the advice. */
  readonly cases: readonly CaseRecord[];
}

/** Change that may mend a finding. It has words for any server, a change for a Spring server, or both. */
export interface Advice {
  /** Equal for the same advice in one record. */
  readonly id: string;
  /** The change in one to three sentences that hold for any server. Undefined for a server that is Spring. */
  readonly general?: string;
  /** The change in a Spring server. Undefined for a server that is not Spring. */
  readonly spring?: SpringAdvice;
}

export interface SpringAdvice {
  /** Says whether the server is Spring, as far as hangup knows. */
  readonly heading: string;
  /** Explanation in one to three sentences. */
  readonly words: string;
  /** Java class to copy. Several pieces of advice can have the same class. */
  readonly code?: AdvisedClass;
  /** Section of Spring's reference. */
  readonly link?: Link;
  /** Disadvantages, as sentences. */
  readonly sideEffects: readonly string[];
}

/** Java class in advice. */
export interface AdvisedClass {
  readonly name: string;
  /** The members that make the difference, where the class has a lot around them. */
  readonly members?: string;
  /** The class without its package. Undefined where the report has it in another place. */
  readonly text?: string;
  /** Number of the group that has the text. */
  readonly at?: number;
}

/**
 * Returns the advice for a finding; undefined if no entry that fits the circumstances has words for the server.
 * @param record the whole run, whose `target.said` tells Spring from other servers
 */
export function adviceFor(
  { requirement, cases }: Finding,
  { target }: Pick<RunRecord, "target">,
): Advice | undefined {
  const circumstances = circumstancesOf(cases, target);
  for (const entry of adviceEntries) {
    if (!entry.requirements.includes(requirement) || entry.fits?.(circumstances) === false) continue;
    const isOther = entry.ofSimpleBroker === true && circumstances.namesServer;
    const advice = asAdvice(entry, isOther ? "other" : circumstances.stack);
    if (advice !== undefined) return advice;
  }
  return undefined;
}

const headings = { spring: "In this Spring server", unknown: "If this is a Spring server" } as const;

function asAdvice({ id, general, spring }: AdviceEntry, stack: Circumstances["stack"]): Advice | undefined {
  if (stack === "other") return general === undefined ? undefined : { id, general };
  const { code, sideEffects = [], ...change } = spring;
  return {
    id,
    ...(stack === "spring" || general === undefined ? {} : { general }),
    spring: {
      heading: headings[stack],
      ...change,
      ...(code === undefined ? {} : { code: classOf(code) }),
      sideEffects,
    },
  };
}

function classOf(name: keyof typeof javaClasses): AdvisedClass {
  const members = keyMembersOf(name);
  return { name, ...(members === undefined ? {} : { members }), text: javaClasses[name] };
}

/** Returns the same items with the text and the side effects of each class once. Later advice names the class only. */
export function eachClassOnce<Item extends { readonly advice?: Advice }>(items: readonly Item[]): Item[] {
  const shown = new Set<string>();
  return items.map((item) => {
    const { advice } = item;
    if (advice?.spring?.code === undefined) return item;
    const { spring } = advice;
    const { name } = advice.spring.code;
    if (shown.has(name))
      return { ...item, advice: { ...advice, spring: { ...spring, code: { name }, sideEffects: [] } } };
    shown.add(name);
    return item;
  });
}

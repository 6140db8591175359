import { judgeCase } from "../../harness/judge/attempts/judge-case.ts";
import { judgeAttempt, saysNothing, type Attempt } from "../../harness/judge/attempts/judged-attempt.ts";
import { closedLiving, unrepeatedCloses } from "../../harness/judge/attempts/unrepeated-closes.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import type { CaseRecord, CheckRecord } from "../../harness/judge/record.ts";
import type { FinishedCase } from "../../harness/run/runner.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { worst } from "../../harness/judge/verdict.ts";

/** Attempts at one case, counted. */
interface AttemptTally {
  /** Per check, the last attempt with its worst verdict. The verdicts of the case come from these attempts. */
  readonly kept: readonly Attempt[];
  /** Number of other attempts, and for each check (by `keyOf`) the number of failures among them. */
  readonly dropped: number;
  readonly failed: ReadonlyMap<string, number>;
  /** Number of other attempts in which everything passed. */
  readonly passed: number;
}

const nothing: AttemptTally = { kept: [], dropped: 0, failed: new Map(), passed: 0 };

const keyOf = ({ requirement, check }: Pick<CheckRecord, "requirement" | "check">): string =>
  `${requirement} ${check}`;

/** Results of many rounds of the same cases. Its size does not grow with the rounds. */
export class SoakRounds {
  readonly #cases: readonly Case[];
  readonly #profile: Profile;
  readonly #tallies = new Map<string, AttemptTally>();
  readonly #notAsked = new Map<string, CaseRecord>();

  constructor(cases: readonly Case[], profile: Profile) {
    this.#cases = cases;
    this.#profile = profile;
  }

  /** Adds one round. Cases may be missing from it. */
  add(finished: readonly FinishedCase[]): void {
    const byId = new Map(finished.map((one) => [one.record.id, one]));
    for (const one of this.#cases) {
      const { record, attempts = [] } = byId.get(one.id) ?? {};
      if (attempts.length > 0) this.#tallies.set(one.id, this.#tallied(one, attempts));
      else if (record !== undefined) this.#notAsked.set(one.id, record);
    }
  }

  /** Returns each case, judged by all its attempts, in the order of the given cases. */
  finished(): FinishedCase[] {
    return this.#cases.flatMap((one) => {
      const tally = this.#tallies.get(one.id);
      const record = this.#notAsked.get(one.id);
      if (tally !== undefined) return [{ record: this.#recordOf(one, tally), attempts: tally.kept }];
      return record === undefined ? [] : [{ record, attempts: [] }];
    });
  }

  #tallied(one: Case, attempts: readonly Attempt[]): AttemptTally {
    const { kept, dropped, failed, passed } = this.#tallies.get(one.id) ?? nothing;
    // A later round does not show whether this one's closes repeat.
    const inRound = attempts.map((attempt) => judgeAttempt(one, attempt, this.#profile));
    const unrepeated = unrepeatedCloses(one, inRound, this.#profile);
    const counted = attempts.filter((_, place) => !unrepeated.some((each) => each === inRound[place]));
    const judged = [...kept, ...counted].map((attempt) => ({
      attempt,
      kinds: new Map(judgeCase(one, [attempt], this.#profile).verdicts.map((own) => [keyOf(own), own.kind])),
    }));
    const telling = judged.filter(({ attempt }) => !saysNothing(one, attempt, this.#profile));
    const relevant = telling.length > 0 ? telling : judged.slice(-1);
    const keys = new Set(relevant.flatMap(({ kinds }) => [...kinds.keys()]));
    const worstAt = [...keys].map((key) => {
      const kind = worst(relevant.flatMap(({ kinds }) => kinds.get(key) ?? []));
      return relevant.findLast(({ kinds }) => kinds.get(key) === kind);
    });
    const others = relevant.filter((each) => !worstAt.includes(each));
    return {
      kept: closesLast(
        one,
        relevant.filter((each) => worstAt.includes(each)).map(({ attempt }) => attempt),
        this.#profile,
      ),
      dropped: dropped + others.length,
      passed: passed + others.filter(({ kinds }) => worst([...kinds.values()]) === "pass").length,
      failed: new Map(
        [...keys].map((key) => [
          key,
          (failed.get(key) ?? 0) + others.filter(({ kinds }) => kinds.get(key) === "fail").length,
        ]),
      ),
    };
  }

  #recordOf(one: Case, { kept, dropped, failed, passed }: AttemptTally): CaseRecord {
    const record = judgeCase(one, kept, this.#profile);
    return {
      ...record,
      verdicts: record.verdicts.map((verdict) => {
        const attempts = verdict.attempts + dropped;
        const failedAttempts = verdict.failedAttempts + (failed.get(keyOf(verdict)) ?? 0);
        const passedAttempts = (verdict.passedAttempts ?? 0) + passed;
        const rate = failedAttempts > 0 && attempts > 1 ? { passedAttempts } : {};
        return { ...verdict, attempts, failedAttempts, ...rate };
      }),
    };
  }
}

/** Puts closes of living clients last: an attempt of another round does not show that they don't repeat. */
const closesLast = (one: Case, attempts: readonly Attempt[], profile: Profile): Attempt[] => {
  const closes = (attempt: Attempt) => Number(closedLiving(judgeAttempt(one, attempt, profile)));
  return attempts.toSorted((a, b) => closes(a) - closes(b));
};

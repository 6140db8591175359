import { judgeCase } from "../../harness/judge/attempts.ts";
import { saysNothing, type Attempt } from "../../harness/judge/judged-attempt.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import type { CaseRecord, CheckRecord } from "../../harness/judge/record.ts";
import type { FinishedCase } from "../../harness/run/runner.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { worst } from "../../harness/judge/verdict.ts";

/** What the attempts at one case come to. */
interface Tally {
  /** Of each check the last attempt at which it came out worst: the verdicts rest on these. */
  readonly kept: readonly Attempt[];
  /** How many others there were, and at how many of these each check failed, by `keyOf`. */
  readonly dropped: number;
  readonly failed: ReadonlyMap<string, number>;
  /** At how many of those others everything passed. */
  readonly passed: number;
}

const nothing: Tally = { kept: [], dropped: 0, failed: new Map(), passed: 0 };

const keyOf = ({ requirement, check }: Pick<CheckRecord, "requirement" | "check">): string =>
  `${requirement} ${check}`;

/** What many rounds of the same cases come to, in a space that does not grow with the rounds. */
export class Rounds {
  readonly #cases: readonly Case[];
  readonly #profile: Profile;
  readonly #tallies = new Map<string, Tally>();
  readonly #notAsked = new Map<string, CaseRecord>();

  constructor(cases: readonly Case[], profile: Profile) {
    this.#cases = cases;
    this.#profile = profile;
  }

  /** Takes in one round, of which cases may be missing. */
  add(finished: readonly FinishedCase[]): void {
    const byId = new Map(finished.map((one) => [one.record.id, one]));
    for (const one of this.#cases) {
      const { record, attempts = [] } = byId.get(one.id) ?? {};
      if (attempts.length > 0) this.#tallies.set(one.id, this.#tallied(one, attempts));
      else if (record !== undefined) this.#notAsked.set(one.id, record);
    }
  }

  /** Each case as all its attempts judge it, in the order in which cases were given. */
  finished(): FinishedCase[] {
    return this.#cases.flatMap((one) => {
      const tally = this.#tallies.get(one.id);
      const record = this.#notAsked.get(one.id);
      if (tally !== undefined) return [{ record: this.#recordOf(one, tally), attempts: tally.kept }];
      return record === undefined ? [] : [{ record, attempts: [] }];
    });
  }

  #tallied(one: Case, attempts: readonly Attempt[]): Tally {
    const { kept, dropped, failed, passed } = this.#tallies.get(one.id) ?? nothing;
    const judged = [...kept, ...attempts].map((attempt) => ({
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
    const others = relevant.filter((one) => !worstAt.includes(one));
    return {
      kept: relevant.filter((one) => worstAt.includes(one)).map(({ attempt }) => attempt),
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

  #recordOf(one: Case, { kept, dropped, failed, passed }: Tally): CaseRecord {
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

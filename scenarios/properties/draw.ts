import { array, Arbitrary, constantFrom, nat, record, sample, Stream, Value, type Random } from "fast-check";
import { after, endings, names, type Act, type Plan, type ClientState, type PlanStep } from "./plan.ts";

/** Plan with the context that fast-check needs to shrink it. */
export type Drawn = Value<Plan>;

/** True in `rare` of ten draws. Shrinks to false. */
const rarely = (rare: number) => nat({ max: 9 }).map((number) => number >= 10 - rare);

/** Endings. Quick endings are drawn more often, because a target needs seconds to notice silence. */
const ending = constantFrom(...endings, ...endings.filter((how) => how !== "fall-silent"));

/** One turn of a client. An absent client joins; a present client leaves or identifies anew. */
const turn = record({
  who: nat({ max: names.length - 1 }),
  /** Joins and leaves at once, or leaves and joins again at once. */
  twice: rarely(4),
  /** Starts the next turn before the notices of this turn arrive. */
  hurries: rarely(5),
  anew: rarely(1),
  staysNobody: rarely(1),
  subscribes: constantFrom("never", "before", "after"),
  how: ending,
});

const client = record({ isFirst: rarely(4), natively: rarely(4) });

/** Two to four clients, mostly in a hurry, because the property looks for races. Some clients may have no turn. */
const draft = record({
  clients: array(client, { minLength: 2, maxLength: names.length, size: "max" }),
  turns: array(turn, { minLength: 1, maxLength: 8, size: "max" }),
  /** True if all present clients leave at the same moment in the end. Otherwise they stay. */
  allGo: nat({ max: 3 }).map((number) => number > 0),
  how: array(ending, { minLength: names.length, maxLength: names.length }),
});

type Drafted<A> = A extends Arbitrary<infer T> ? T : never;
type Turn = Drafted<typeof turn>;

const plans: Arbitrary<Plan> = draft.map(planOf);

function planOf({ clients, turns, allGo, how }: Drafted<typeof draft>): Plan {
  const all = clients.map(({ isFirst, natively }, place) => {
    const name = names[place] ?? names[0];
    return { name, as: isFirst ? names[0] : name, transport: natively ? "native" : "usual" } as const;
  });
  const script = new StepWriter();
  for (const turn of turns) {
    const { name = names[0] } = all[turn.who % all.length] ?? {};
    const goes = script.isThere(name);
    if (turn.anew && script.add(name, "identify-anew", !turn.hurries)) continue;
    script.toggle(name, goes, turn, !turn.hurries && !turn.twice);
    if (turn.twice) script.toggle(name, !goes, turn, !turn.hurries);
  }
  const there = all.filter(({ name }) => script.isThere(name));
  if (allGo)
    for (const [place, { name }] of there.entries()) script.add(name, how[place] ?? "disconnect", false);
  const steps = script.steps;
  return { clients: all.filter(({ name }) => steps.some(({ who }) => who === name)), steps };
}

/** Writes steps, each from its client's current state. */
class StepWriter {
  readonly steps: PlanStep[] = [];
  readonly #standings = new Map<string, ClientState>();

  isThere(who: string): boolean {
    return (this.#standings.get(who) ?? "away") !== "away";
  }

  /** @returns false for an impossible step, which is not written */
  add(who: PlanStep["who"], does: Act, waits: boolean): boolean {
    const next = after(this.#standings.get(who) ?? "away", does);
    if (next === undefined) return false;
    this.#standings.set(who, next);
    this.steps.push({ who, does, waits });
    return true;
  }

  toggle(who: PlanStep["who"], goes: boolean, { how, subscribes, staysNobody }: Turn, waits: boolean): void {
    const coming: Act[] = ["connect", ...(staysNobody ? [] : (["identify"] as const))];
    if (subscribes === "before") coming.splice(1, 0, "subscribe");
    if (subscribes === "after") coming.push("subscribe");
    const does = goes ? [how] : coming;
    for (const [place, act] of does.entries()) this.add(who, act, waits && place === does.length - 1);
  }
}

/** Arbitrary that keeps the shrink context of each value. `sample` alone drops it. */
class WithContext<T> extends Arbitrary<Value<T>> {
  readonly #plain: Arbitrary<T>;

  constructor(plain: Arbitrary<T>) {
    super();
    this.#plain = plain;
  }

  // Unbiased: small plans are frequent anyway, and races need more than one step.
  generate(random: Random): Value<Value<T>> {
    return new Value(this.#plain.generate(random, undefined), undefined);
  }

  canShrinkWithoutContext(_value: unknown): _value is Value<T> {
    return false;
  }

  shrink(): Stream<Value<Value<T>>> {
    return Stream.nil();
  }
}

/** Returns the first `count` plans of a seed. The same seed gives the same plans. */
export const drawPlans = (seed: number, count: number): Drawn[] =>
  sample(new WithContext(plans), { seed, numRuns: count });

/** Returns plans with one smaller part, the smallest first. */
export const smallerThan = ({ value, context }: Drawn): Iterable<Drawn> => plans.shrink(value, context);

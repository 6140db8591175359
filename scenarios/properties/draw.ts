import { array, Arbitrary, constantFrom, nat, record, sample, Stream, Value, type Random } from "fast-check";
import { after, endings, names, type Act, type Plan, type Standing, type Step } from "./plan.ts";

/** A plan, and what it takes to find smaller ones like it. */
export type Drawn = Value<Plan>;

/** `rare` of ten draws are true; it shrinks to false. */
const rarely = (rare: number) => nat({ max: 9 }).map((number) => number >= 10 - rare);

/** All are drawn, the quick ones more often: silence takes seconds to be noticed. */
const ending = constantFrom(...endings, ...endings.filter((how) => how !== "fall-silent"));

/** What one client does in one go: it comes if it is away; otherwise it goes, or tells another name. */
const turn = record({
  who: nat({ max: names.length - 1 }),
  /** Comes and goes at once, or goes and is back at once. */
  twice: rarely(4),
  /** The next turn begins before anybody has heard of this one. */
  hurries: rarely(5),
  anew: rarely(1),
  staysNobody: rarely(1),
  subscribes: constantFrom("never", "before", "after"),
  how: ending,
});

const client = record({ isFirst: rarely(4), natively: rarely(4) });

/**
 * Two clients to four, of which some may find nothing to do. They come and go, mostly in a hurry: races are what is looked
 * for.
 */
const draft = record({
  clients: array(client, { minLength: 2, maxLength: names.length, size: "max" }),
  turns: array(turn, { minLength: 1, maxLength: 8, size: "max" }),
  /** Whether at the end all who are still there go at the same moment; otherwise they have to stay. */
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
  const script = new Script();
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

/** Steps as they are written down, each from where its client then stands. */
class Script {
  readonly steps: Step[] = [];
  readonly #standings = new Map<string, Standing>();

  isThere(who: string): boolean {
    return (this.#standings.get(who) ?? "away") !== "away";
  }

  /** @returns false where that would make no sense; nothing is written then */
  add(who: Step["who"], does: Act, waits: boolean): boolean {
    const next = after(this.#standings.get(who) ?? "away", does);
    if (next === undefined) return false;
    this.#standings.set(who, next);
    this.steps.push({ who, does, waits });
    return true;
  }

  toggle(who: Step["who"], goes: boolean, { how, subscribes, staysNobody }: Turn, waits: boolean): void {
    const coming: Act[] = ["connect", ...(staysNobody ? [] : (["identify"] as const))];
    if (subscribes === "before") coming.splice(1, 0, "subscribe");
    if (subscribes === "after") coming.push("subscribe");
    const does = goes ? [how] : coming;
    for (const [place, act] of does.entries()) this.add(who, act, waits && place === does.length - 1);
  }
}

/** Gives each value together with what it takes to shrink it, which `sample` would drop. */
class WithContext<T> extends Arbitrary<Value<T>> {
  readonly #plain: Arbitrary<T>;

  constructor(plain: Arbitrary<T>) {
    super();
    this.#plain = plain;
  }

  // Unbiased: small plans come by themselves, and races take more than one step.
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

/** The first `count` plans of a seed: the same each time, however many are drawn. */
export const drawPlans = (seed: number, count: number): Drawn[] =>
  sample(new WithContext(plans), { seed, numRuns: count });

/** Plans that are smaller than this one in one place, the smallest first. */
export const smallerThan = ({ value, context }: Drawn): Iterable<Drawn> => plans.shrink(value, context);

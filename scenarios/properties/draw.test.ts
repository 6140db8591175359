import { expect, test } from "vitest";
import { drawPlans, smallerThan } from "./draw.ts";
import { endings, isEnding, parsePlan, type Plan } from "./plan.ts";

const valuesOf = (seed: number, count: number): Plan[] => drawPlans(seed, count).map(({ value }) => value);
const drawn = valuesOf(1, 300);
const shareOf = (holds: (plan: Plan) => boolean) => drawn.filter(holds).length / drawn.length;

/** Returns the client's next act after a step, if there is no wait between them. */
const nextAtOnce = ({ steps }: Plan, place: number) => {
  const { who, waits = true } = steps[place] ?? {};
  const rest = steps.slice(place + 1);
  const next = rest.findIndex((step) => step.who === who);
  return waits || rest.slice(0, Math.max(0, next)).some((step) => step.waits) ? undefined : rest[next]?.does;
};
const has = (plan: Plan, is: (does: string, next: string | undefined) => boolean) =>
  plan.steps.some(({ does }, place) => is(does, nextAtOnce(plan, place)));

test("the same seed gives the same plans, however many are drawn; another gives others", () => {
  expect(valuesOf(1, 300)).toEqual(drawn);
  expect(valuesOf(1, 7)).toEqual(drawn.slice(0, 7));
  expect(valuesOf(2, 300)).not.toEqual(drawn);
});

test("every plan makes sense, as plain data too", () => {
  for (const plan of drawn) expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
});

test("each of the known races is in many plans, and each act in some", () => {
  const ends = (next: string | undefined) => endings.some((ending) => ending === next);
  expect(shareOf((plan) => has(plan, (does, next) => does === "identify" && ends(next)))).toBeGreaterThan(
    0.3,
  );
  expect(shareOf((plan) => has(plan, (does, next) => ends(does) && next === "connect"))).toBeGreaterThan(0.2);
  const people = ({ clients }: Plan) => new Set(clients.map(({ as }) => as)).size;
  expect(shareOf((plan) => people(plan) < plan.clients.length)).toBeGreaterThan(0.2);
  expect(shareOf(({ clients }) => clients.length >= 2)).toBeGreaterThan(0.6);
  const acts = new Set(drawn.flatMap(({ steps }) => steps.map(({ does }) => does)));
  expect([...acts].sort()).toEqual(["connect", "identify", "identify-anew", "subscribe", ...endings].sort());
  expect(shareOf(({ steps }) => steps.filter(({ does }) => isEnding(does)).length > 1)).toBeGreaterThan(0.5);
});

test("what is smaller makes sense, and the smallest there is comes and does no more", () => {
  const [first] = drawPlans(1, 1);
  let smallest = first;
  for (let next = first; next !== undefined;) {
    smallest = next;
    [next] = [...smallerThan(next)].filter(
      ({ value }) => JSON.stringify(value) !== JSON.stringify(smallest?.value),
    );
    if (next !== undefined) parsePlan(next.value);
  }
  expect(smallest?.value).toEqual({
    clients: [{ name: "alice", as: "alice", transport: "usual" }],
    steps: [
      { who: "alice", does: "connect", waits: false },
      { who: "alice", does: "identify", waits: true },
    ],
  });
});

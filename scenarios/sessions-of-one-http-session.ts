import { CookieJar } from "../harness/clients/cookie-jar.ts";
import { heardByAll, leftInsideWindow } from "../harness/index.ts";
import type { Checks } from "../harness/judge/judged-case.ts";
import type { JoinOptions } from "../harness/stage/actor/actor-options.ts";
import type { MakeFault } from "../harness/stage/faults/fault.ts";
import type { Stage } from "../harness/stage/stage.ts";
import { askedAlways } from "./always.ts";

interface HttpSessionOptions {
  /** Options of both clients. */
  readonly join: JoinOptions;
  readonly fault: MakeFault;
  readonly newerFirst?: boolean;
}

/** Joins alice and then dave with the cookies of one browser. They leave one after the other. */
export async function inOneHttpSession(
  stage: Stage,
  { join, fault, newerFirst = false }: HttpSessionOptions,
): Promise<void> {
  const options = { ...join, cookieJar: new CookieJar() };
  await stage.join("carol");
  await stage.join("bob", { heartbeats: join.heartbeats ?? false });
  const alice = await stage.join("alice", options);
  const dave = await stage.join("dave", options);
  const [first, second] = newerFirst ? [dave, alice] : [alice, dave];
  await stage.inject(fault(first));
  await stage.settle();
  await stage.inject(fault(second));
  await stage.settle();
}

/** Returns the checks of such a scenario. */
export const checksOfHttpSession = (requirement: string): Checks => ({
  [requirement]: ["alice", "dave"].map(heardByAll),
  "LEAVE-IN-TIME": ["alice", "dave"].map(leftInsideWindow),
  ...askedAlways,
});

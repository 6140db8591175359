import { transportsOf, type ClientKind } from "../profile/transports.ts";

/** @throws Error that lists what a client of that kind can use, if it can't use `transport` */
export function assertPossible(by: ClientKind, transport: string): void {
  const possible: readonly string[] = transportsOf(by);
  if (possible.includes(transport)) return;
  throw new Error(`an actor by: "${by}" can't do ${transport}; it can do ${possible.join(", ")}`);
}

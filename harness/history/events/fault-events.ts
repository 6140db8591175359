import * as z from "zod";
import { eventKind, ms, quantity } from "./event-kind.ts";
import { amount, atProxy, name, say, time, words } from "./phrase.ts";

/**
 * Ways in which a fault ends a session: `visibly` by a frame or the transport's end; `silently`, so that the target only misses
 * something; `with-target`, so that the target can announce it only after its restart; or `not`: the session has to go on.
 */
const ends = z.enum(["visibly", "silently", "with-target", "not"]);

export type Ends = z.infer<typeof ends>;

const consequences: Readonly<Record<Ends, string>> = {
  visibly: "which the target can see",
  silently: "which the target can only infer from a missing heartbeat or answer",
  "with-target": "which the target can announce only after its restart",
  not: "which its session has to survive",
};

/** Events of the faults, at the actor's proxy. */
export const faultEvents = {
  /** The identify message arrived at the actor's proxy. The proxy forwards it when the next fault begins, or later. */
  "identify-held": eventKind(
    { bytes: quantity },
    {
      sentence: ({ bytes }) =>
        say`has its identify message (${amount(bytes, "byte")}) held by its proxy until the next fault begins`,
      arrow: () => atProxy`identify is held until a fault begins`,
    },
  ),
  /** A fault begins, or the client begins to leave. `ends` says if the session may end, and how the target can notice it. */
  "fault-injected": eventKind(
    { fault: z.string(), ends },
    {
      sentence: (event) => say`suffers ${words(event.fault)}, ${[consequences[event.ends]]}`,
      arrow: ({ fault }) => atProxy`fault: ${name(fault)}`,
    },
  ),
  /**
   * Proof that the fault took effect, from another source than the code that injected it. `effectAtMs` is when the effect
   * reached the target, as the proxy saw it.
   */
  "fault-witnessed": eventKind(
    { fault: z.string(), witness: z.string(), effectAtMs: ms },
    {
      sentence: ({ fault, witness }) => say`${words(fault)} took effect: ${words(witness)}`,
      arrow: ({ witness }) => atProxy`witness: ${words(witness)}`,
    },
  ),
  /** The connection had ended before the fault began. */
  "fault-forestalled": eventKind(
    { fault: z.string() },
    {
      sentence: ({ fault }) => say`had lost its connection before ${words(fault)} began`,
      arrow: ({ fault }) => atProxy`no connection left for ${name(fault)}`,
    },
  ),
  /** A lasting fault is over. */
  "fault-healed": eventKind(
    { fault: z.string() },
    {
      sentence: ({ fault }) => say`${words(fault)} is over`,
      arrow: ({ fault }) => atProxy`${name(fault)} is over`,
    },
  ),
  /** The last byte that the target can have received from this actor, as the proxy forwarded it. */
  "last-byte-forwarded": eventKind(
    { forwardedAtMs: z.number() },
    {
      sentence: ({ forwardedAtMs }) =>
        say`sent the last byte that the target can have received, forwarded at ${time(forwardedAtMs)}`,
      arrow: () => atProxy`last byte`,
    },
  ),
};
